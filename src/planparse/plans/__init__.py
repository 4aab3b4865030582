"""Tables become a plan. The doors are ``segment_plan`` and, for typed values, ``add_values``."""

from __future__ import annotations
