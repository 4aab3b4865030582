"""Read a file with PyMuPDF: the default extractor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from planparse.datamodel.problem import ProblemCode
from planparse.errors import DocumentError

NAME = "pymupdf"


def _is_pdf(content: bytes) -> bool:
    """Tell whether a file claims to be a PDF: readers accept its mark in the first kilobyte."""
    return b"%PDF-" in content[:1024]


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
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError) as error:
        raise DocumentError(
            ProblemCode.DAMAGED, f"damaged PDF ({error}); get the file again from its publisher"
        ) from error
    with document:
        if document.needs_pass and not document.authenticate(password):
            raise DocumentError(
                ProblemCode.NEEDS_PASSWORD, "encrypted; give the password by --password-file"
            )
        if document.page_count == 0:
            raise DocumentError(ProblemCode.DAMAGED, "damaged PDF: it has no pages")
        yield document


def read_bytes(path: Path) -> bytes:
    """Read a file; DocumentError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(
            ProblemCode.DAMAGED, f"cannot read the file: {error.strerror or error}"
        ) from error
