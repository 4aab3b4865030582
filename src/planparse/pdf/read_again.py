"""The cross-check's door: a file that was read already is read by pdfplumber as well."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from planparse.errors import DocumentError
from planparse.model.page import Origin, Page, SourceDocument
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.pdf.clipped_lines import restore_lone_lines
from planparse.pdf.pdfminer_page import read_page_again
from planparse.pdf.upright import upright

NAME = "pdfplumber"
# What the parser raises on files that other readers take: it checks little before it computes.
_FAILURES = (
    *(PSException, PdfminerException, ValueError, TypeError, KeyError, IndexError),
    *(AttributeError, AssertionError, RecursionError, OverflowError, struct.error),
)


def _failed(number: int, error: BaseException) -> Problem:
    return Problem(
        ProblemCode.EXTRACTOR_DISAGREEMENT,
        Severity.WARNING,
        Stage.EXTRACT,
        f"{NAME} cannot read page {number} ({type(error).__name__}); it has no second opinion",
        page=number,
    )


def _read(source: PDF, first: Page) -> tuple[Page, Problem | None]:
    """Read a page again; one that was read by OCR stays as it is: pdfplumber sees no pictures."""
    if first.origin is Origin.OCR or first.needs_ocr:
        return first, None
    try:
        return upright(read_page_again(source.pages[first.number - 1], first.number)), None
    except _FAILURES as error:
        return first, _failed(first.number, error)


def read_again(path: Path, first: SourceDocument, password: str = "") -> SourceDocument:
    """Read a file a second time, with pdfplumber; DocumentError if it cannot open it."""
    pages: list[Page] = []
    problems: list[Problem] = []
    try:
        content = path.read_bytes()
        with pdfplumber.open(io.BytesIO(content), password=password) as source:
            for page in first.pages:
                again, problem = _read(source, page)
                pages.append(again)
                problems += [] if problem is None else [problem]
    except (OSError, *_FAILURES) as error:
        message = f"{NAME} cannot open the file ({type(error).__name__}: {error})"
        raise DocumentError(ProblemCode.DAMAGED, message) from error
    restored = tuple(restore_lone_lines(pages))
    return SourceDocument(first.name, first.sha256, restored, NAME, first.repairs, tuple(problems))
