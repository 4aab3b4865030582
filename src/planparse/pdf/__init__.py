"""Stage 1: a file becomes a SourceDocument."""

from __future__ import annotations
