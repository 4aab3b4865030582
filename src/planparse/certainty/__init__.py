"""How likely it is that every field of a measure is exact. The door is ``confidence``."""

from __future__ import annotations
