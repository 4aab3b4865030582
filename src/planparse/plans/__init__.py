"""Stage 3: a layout becomes a plan, by rules that are data."""

from __future__ import annotations
