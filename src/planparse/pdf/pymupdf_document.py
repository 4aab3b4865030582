"""Read a file with PyMuPDF: the default extractor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from planparse.errors import DocumentError
from planparse.model.problem import ProblemCode

NAME = "pymupdf"
# A plan has five to twenty pages; a file of thousands is something else, or means harm.
MOST_PAGES = 2000
#: Text is read with its ligatures and white space. ActualText is ignored: where a producer's tags
#: replace a compatibility ideograph, MuPDF would give the character twice.
TEXT_FLAGS = (
    pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
)
#: What MuPDF raises where a file is not as it should be: its own errors are no RuntimeError.
PDF_ERRORS: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    pymupdf.mupdf.FzErrorBase,
)


def _is_pdf(content: bytes) -> bool:
    """Return True if a file claims to be a PDF: readers accept its mark in the first kilobyte."""
    return b"%PDF-" in content[:1024]


def check_memory(error: Exception | str) -> None:
    """Raise MemoryError where MuPDF was refused memory: that is no fault of the page."""
    message = str(error)
    if "alloc" in message and "failed" in message:
        raise MemoryError(message)


def _pages_of(document: pymupdf.Document, password: str) -> int:
    if document.needs_pass and not document.authenticate(password):
        raise DocumentError(
            ProblemCode.NEEDS_PASSWORD, "encrypted; give the password by --password-file"
        )
    return int(document.page_count)


@contextmanager
def open_document(content: bytes, password: str = "") -> Iterator[pymupdf.Document]:
    """Open a PDF held in memory; DocumentError if it is none, damaged or locked."""
    if not _is_pdf(content):
        raise DocumentError(
            ProblemCode.NOT_A_PDF, "not a PDF file; give a file that starts with %PDF-"
        )
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=content, filetype="pdf")
        count = _pages_of(document, password)
    except PDF_ERRORS as error:
        check_memory(error)
        raise DocumentError(
            ProblemCode.DAMAGED, f"damaged PDF ({error}); get the file again from its publisher"
        ) from error
    with document:
        if count == 0:
            raise DocumentError(ProblemCode.DAMAGED, "damaged PDF: it has no pages")
        if count > MOST_PAGES:
            raise DocumentError(
                ProblemCode.TOO_LARGE, f"{count} pages; no plan has more than {MOST_PAGES}"
            )
        yield document


def read_bytes(path: Path) -> bytes:
    """Read a file; DocumentError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            ProblemCode.DAMAGED, f"cannot read the file: {error.strerror or error}"
        ) from error
