"""Confidence: how likely it is that every field of a measure is exact."""

from __future__ import annotations
