"""A PDF's text layer and vectors become pages; ``read_again`` reads them a second time.

``read_again`` stays a module of its own: only the cross-check loads pdfplumber.
"""

from __future__ import annotations

from planparse.pdf.clipped_lines import restore_lone_lines
from planparse.pdf.pymupdf_document import (
    NAME,
    PDF_ERRORS,
    check_memory,
    open_document,
    read_bytes,
)
from planparse.pdf.pymupdf_page import read_page
from planparse.pdf.unseen_text import report_unseen
from planparse.pdf.upright import upright

__all__ = [
    "NAME",
    "PDF_ERRORS",
    "check_memory",
    "open_document",
    "read_bytes",
    "read_page",
    "report_unseen",
    "restore_lone_lines",
    "upright",
]
