"""What every worker needs, loaded once and shared by all: see ``isolation``.

Nothing here may start a thread: a fork takes none along.
"""

from __future__ import annotations

from planparse.batch import parse_file
from planparse.datamodel.page import SourceDocument
from planparse.pipeline import parse_document
from planparse.store.arrow_schema import arrow_schema
from planparse.store.tables import PLAN_TABLES

__all__ = ["parse_file"]

# A document without pages loads the rules.
parse_document(SourceDocument("", "", (), ""))
for _table in PLAN_TABLES:
    arrow_schema(_table)
