"""A page of a PDF that OCR must read, as a Page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.model.page import DroppedRun, DropReason, Origin, Page
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.ocr.choose import choose_ocr, is_better
from planparse.ocr.recognition import EngineMissingError, OcrReading

if TYPE_CHECKING:
    import pymupdf

    from planparse.ocr.picture import Pixels
    from planparse.ocr.recognition import Engine

ANSWERS = "PLANPARSE_OCR_ANSWERS"
"""Environment variable: a folder of recorded answers that are used before the engine is."""

_ENGINE: ContextVar[Engine | None] = ContextVar("engine", default=None)


@contextmanager
def reading_with(engine: Engine) -> Iterator[None]:
    """Read scans with this engine instead of RapidOCR and its cache: for tests and recordings."""
    token = _ENGINE.set(engine)
    try:
        yield
    finally:
        _ENGINE.reset(token)


def read_if_scanned(page: pymupdf.Page, layer: Page) -> OcrReading | None:
    """Return the page read by OCR if its text layer ``layer`` will not do; None if it stays.

    A page that needs OCR where no engine is installed comes back with ``needs_ocr``.
    """
    choice = choose_ocr(page, layer)
    if choice is None:
        return None
    try:
        found = _read(page, layer, choice.why)
    except EngineMissingError as error:
        unread = replace(layer, needs_ocr=True, why=f"{choice.why}; {error}")
        return OcrReading(unread, (), ())
    if not choice.sure and not is_better(layer, found.page):
        return None
    return found


def _read(page: pymupdf.Page, layer: Page, why: str) -> OcrReading:
    """Read a page by OCR; EngineMissingError. Its text layer's glyphs are dropped."""
    from planparse.ocr.picture import PictureTooLargeError, take_picture
    from planparse.ocr.read_page_picture import read_page_picture

    replaced = (DroppedRun(run, DropReason.REPLACED_BY_OCR) for run in layer.runs)
    dropped = (*layer.dropped, *replaced)
    try:
        picture = take_picture(page)
    except PictureTooLargeError as error:
        empty = replace(layer, runs=(), rulings=None, dropped=dropped, origin=Origin.OCR, why=why)
        return OcrReading(empty, (), (_too_large(layer.number, error),))
    with _engine_for(picture.pixels) as engine:
        found = read_page_picture(picture, layer.number, engine, why=why, first=layer.glyph_count)
    return replace(found, page=replace(found.page, dropped=dropped))


def _too_large(number: int, error: Exception) -> Problem:
    return Problem(
        ProblemCode.UNREADABLE_PAGE,
        Severity.WARNING,
        Stage.EXTRACT,
        f"page {number}: its picture is too large to be read ({error}); scan it at 300 dpi",
        page=number,
    )


@contextmanager
def _engine_for(pixels: Pixels) -> Iterator[Engine]:
    """Yield the engine for one page; what RapidOCR reads is kept in the user's cache."""
    chosen = _ENGINE.get()
    if chosen is not None:
        yield chosen
        return
    from planparse.ocr.cache import CachedEngine
    from planparse.ocr.engine import rapidocr_engine

    recordings = os.environ.get(ANSWERS)
    if recordings:
        yield _recorded(recordings)
        return
    cached = CachedEngine(rapidocr_engine(), pixels)
    yield cached
    cached.save()


@cache
def _recorded(folder: str) -> Engine:
    from planparse.ocr.engine import rapidocr_engine
    from planparse.ocr.recorded import RecordedEngine

    return RecordedEngine(sorted(Path(folder).glob("*.json.gz")), rapidocr_engine)
