"""What the stages hand on. Imports only pydantic and the standard library."""

from __future__ import annotations
