"""The command line."""

from planparse.cli.app import main

__all__ = ["main"]
