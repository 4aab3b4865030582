"""Folders of files: each is parsed and published by itself."""
