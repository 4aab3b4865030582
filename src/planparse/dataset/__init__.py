"""Stage 4: parsed plans become the dataset."""

from __future__ import annotations
