"""Stage 1: a file becomes a SourceDocument."""
