"""The ledger: prove that nothing of a document was lost, moved or made up."""

from __future__ import annotations
