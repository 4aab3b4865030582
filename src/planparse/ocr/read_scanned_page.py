"""The door: a page of a PDF that OCR must read, as a Page."""

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
from planparse.ocr.choose import Choice, choose_ocr, is_better
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
    """Read the page by OCR if its text layer ``layer`` will not do; None if the layer stays."""
    choice = choose_ocr(page, layer)
    if choice is None:
        return None
    try:
        found = read_scanned_page(page, layer.number, choice, layer)
    except EngineMissingError as error:
        unread = replace(layer, needs_ocr=True, why=f"{choice.why}; {error}")
        return OcrReading(unread, (), ())
    if not choice.sure and not is_better(layer, found.page):
        return None
    return found


def read_scanned_page(
    page: pymupdf.Page, number: int, choice: Choice, layer: Page | None = None
) -> OcrReading:
    """Read page ``number`` by OCR; EngineMissingError. Its text layer's glyphs are dropped."""
    from planparse.ocr.picture import PictureTooLargeError, take_picture
    from planparse.ocr.read_page_picture import read_page_picture

    dropped = () if layer is None else _replaced(layer)
    first = 0 if layer is None else layer.glyph_count
    try:
        picture = take_picture(page)
    except PictureTooLargeError as error:
        return _too_large(page, number, choice, dropped, first, str(error))
    with _engine_for(picture.pixels) as engine:
        found = read_page_picture(picture, number, engine, why=choice.why, first=first)
    return replace(found, page=replace(found.page, dropped=dropped))


@contextmanager
def _engine_for(pixels: Pixels) -> Iterator[Engine]:
    """Return the engine for one page; what RapidOCR reads is kept in the user's cache."""
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


def _replaced(layer: Page) -> tuple[DroppedRun, ...]:
    runs = (DroppedRun(run, DropReason.REPLACED_BY_OCR) for run in layer.runs)
    return (*layer.dropped, *runs)


def _too_large(
    page: pymupdf.Page,
    number: int,
    choice: Choice,
    dropped: tuple[DroppedRun, ...],
    count: int,
    what: str,
) -> OcrReading:
    empty = Page(
        number,
        page.rect.width,
        page.rect.height,
        (),
        None,
        dropped,
        count,
        Origin.OCR,
        choice.why,
    )
    problem = Problem(
        ProblemCode.UNREADABLE_PAGE,
        Severity.WARNING,
        Stage.EXTRACT,
        f"page {number}: its picture is too large to be read ({what}); scan it at 300 dpi",
        page=number,
    )
    return OcrReading(empty, (), (problem,))
