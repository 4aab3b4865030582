"""Proof that nothing of a document was lost, moved or made up. The door is ``audit_plan``."""

from __future__ import annotations
