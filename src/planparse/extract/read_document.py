"""The door of stage 1: a file becomes a SourceDocument."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pymupdf

from planparse.datamodel.page import Page, SourceDocument
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage
from planparse.errors import DocumentError
from planparse.extract import pymupdf_document
from planparse.extract.pymupdf_page import read_page


def _page_failed(number: int, error: Exception) -> Problem:
    return Problem(
        ProblemCode.UNREADABLE_PAGE,
        Severity.REFUSED,
        Stage.EXTRACT,
        f"page {number} cannot be read ({error}); get the file again from its publisher",
        page=number,
    )


def read_pages(document: pymupdf.Document) -> tuple[list[Page], list[Problem]]:
    """Read every page of an opened file; a page that cannot be read becomes a Problem."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for index in range(document.page_count):
        try:
            pages.append(read_page(document[index], index + 1))
        except (RuntimeError, ValueError) as error:
            problems.append(_page_failed(index + 1, error))
    return pages, problems


def read_document(path: Path, password: str = "") -> SourceDocument:
    """Read a file; DocumentError if it is no PDF, damaged or locked."""
    content = pymupdf_document.read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    with pymupdf_document.open_document(content, password) as document:
        pages, problems = read_pages(document)
    if not pages:
        raise DocumentError(ProblemCode.DAMAGED, "damaged PDF: no page of it can be read")
    return SourceDocument(
        path.name, digest, tuple(pages), pymupdf_document.NAME, problems=tuple(problems)
    )
