"""Stage 2: pages become text lines and tables whose cells know their spans."""

from __future__ import annotations
