"""Stage 4: parsed plans become the data set."""

from __future__ import annotations
