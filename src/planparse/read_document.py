"""The door of stage 1: a file becomes a SourceDocument."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path

import pymupdf

from planparse.errors import DocumentError
from planparse.model.page import Origin, SourceDocument
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.ocr import OcrReading, read_if_scanned
from planparse.pdf import (
    NAME,
    PDF_ERRORS,
    check_memory,
    open_document,
    read_bytes,
    read_page,
    report_unseen,
    restore_lone_lines,
    upright,
)
from planparse.process import gc_paused

# A full page of a plan has two thousand characters and a thousand pieces of line.
MOST_MARKS = 100_000


def _page_failed(number: int, error: Exception) -> Problem:
    return Problem(
        ProblemCode.UNREADABLE_PAGE,
        Severity.REFUSED,
        Stage.EXTRACT,
        f"page {number} cannot be read ({error}); get the file again from its publisher",
        page=number,
    )


def _read_page(document: pymupdf.Document, index: int) -> OcrReading:
    """Read one page: its text layer, or by OCR where the layer will not do."""
    page = document.load_page(index)
    layer = read_page(page, index + 1)
    marks = layer.glyph_count + len(layer.rulings or ())
    if marks > MOST_MARKS:
        raise DocumentError(
            ProblemCode.TOO_LARGE,
            f"page {index + 1} has {marks} characters and lines; no plan's has more than"
            f" {MOST_MARKS}",
        )
    return read_if_scanned(page, layer) or OcrReading(upright(layer), (), ())


def read_pages(document: pymupdf.Document) -> tuple[list[OcrReading], list[Problem]]:
    """Read every page of an opened file; a page that cannot be read becomes a Problem."""
    pages: list[OcrReading] = []
    problems: list[Problem] = []
    with gc_paused():
        for index in range(document.page_count):
            try:
                pages.append(_read_page(document, index))
            except PDF_ERRORS as error:
                check_memory(error)
                problems.append(_page_failed(index + 1, error))
                continue
            if pages[-1].page.origin is Origin.OCR:
                # Its engine may leave pictures in cycles; one page's are all that may wait.
                gc.collect()
    return pages, problems


def read_document(path: Path, password: str = "") -> SourceDocument:
    """Read a file; DocumentError if it is no PDF, damaged or locked."""
    content = read_bytes(path)
    digest = hashlib.sha256(content).hexdigest()
    with open_document(content, password) as document:
        pages, problems = read_pages(document)
    # What it swallows it warns of: a page that lacks a part for want of memory is no page.
    check_memory(pymupdf.TOOLS.mupdf_warnings())
    if not pages:
        raise DocumentError(ProblemCode.DAMAGED, "damaged PDF: no page of it can be read")
    problems += [problem for read in pages for problem in read.problems]
    restored = tuple(restore_lone_lines([read.page for read in pages]))
    problems += report_unseen(restored)
    return SourceDocument(
        path.name,
        digest,
        restored,
        NAME,
        tuple(repair for read in pages for repair in read.repairs),
        tuple(problems),
    )
