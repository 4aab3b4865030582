"""From the picture of a page to its Page: the one way that every scan takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planparse.model.geometry import Box
from planparse.model.page import Origin, Page, Ruling
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.ocr.glyph_boxes import BoxedLine, box_glyphs
from planparse.ocr.glyph_candidates import repairs_of, to_candidates, to_runs
from planparse.ocr.lines import MOST_LINES, LineBox, find_lines, find_writing, without_edges
from planparse.ocr.missed_glyphs import read_marks, read_words_again
from planparse.ocr.picture import (
    PagePicture,
    Pixels,
    find_ink,
    find_turn,
    level_paper,
    quarter_turn,
    turn_picture,
    without_foreign_ink,
)
from planparse.ocr.recognition import Engine, OcrReading, cut_line
from planparse.ocr.repair import repair_lines
from planparse.ocr.rulings import find_rulings

SAMPLE = 10
"""Lines that are read to find out whether the page stands upright and is writing at all."""

SURELY_UPRIGHT = 0.93
"""Legibility (see ``_legibility``) of a sample from which no other way up is tried."""

FLOWING = 4.0
"""Characters that a sampled line has at least, on the mean, where writing runs along it."""

WRITING = 0.60
"""Legibility below which a page is no writing: noise, a photograph, another script."""

EVEN, DARK = 12.0, 100.0
"""Grey levels: the paper of a blank page varies less, noise more; a black page is darker."""

DOUBTFUL = 0.85
"""Legibility below which the page as a whole gets a Problem."""

MOST_PROBLEMS = 20
"""Problems of one page about single places; a page with more has one about itself."""

UNREAD, UNREAD_STROKE = 0.25, 0.55
"""Ems: ink without a character that is so wide, or so high, is worth a Problem."""


@dataclass(frozen=True, slots=True)
class _OrientedPage:
    """A page turned upright: its picture, what stands on it, and the turn that was made."""

    picture: PagePicture
    turn: float
    writing: Pixels
    rulings: tuple[Ruling, ...]
    lines: list[LineBox]


def read_page_picture(
    picture: PagePicture, number: int, engine: Engine, *, why: str | None = None, first: int = 0
) -> OcrReading:
    """Read the picture of page ``number``; ``first`` is the ordinal of its first glyph."""
    picture = without_foreign_ink(picture)
    oriented = _orient(picture, 0)
    boxed: list[BoxedLine] = []
    legibility = 0.0
    if 0 < len(oriented.lines) <= MOST_LINES:
        oriented, legibility = _best_orientation(picture, oriented, engine)
    if legibility >= WRITING:
        boxed = _read(oriented, oriented.lines, engine)
        boxed = read_words_again(boxed, oriented.picture.pixels, oriented.writing, engine)
        legibility = _legibility(boxed)
    if legibility < WRITING:
        boxed = []
        oriented = replace(oriented, picture=picture, turn=0.0, rulings=())
    candidates = [to_candidates(line, oriented.writing) for line in boxed]
    candidates, boxed = read_marks(candidates, boxed, oriented.writing)
    lines = repair_lines(candidates)
    scale = oriented.picture.scale
    runs = to_runs(lines, number, first, scale)
    page = Page(
        number,
        round(oriented.picture.width, 2),
        round(oriented.picture.height, 2),
        runs,
        oriented.rulings,
        (),
        first + sum(len(run.text) for run in runs),
        Origin.OCR,
        why,
        turn=oriented.turn,
    )
    repairs = [repair for line in lines for repair in repairs_of(line, page, scale)]
    problems = [
        *_about_page(oriented, page, legibility),
        *_about_ink(boxed, page, oriented.writing, scale),
    ]
    return OcrReading(page, tuple(repairs), tuple(problems))


def _orient(picture: PagePicture, quarters: int) -> _OrientedPage:
    """Turn the picture by quarters, then by the degree that it is askew, and find its lines."""
    if quarters:
        picture = quarter_turn(picture, quarters)
    levelled = level_paper(picture.pixels)
    ink = find_ink(levelled)
    turn = find_turn(without_edges(ink))
    if turn:
        picture = turn_picture(picture, turn)
        levelled = level_paper(picture.pixels)
        ink = find_ink(levelled)
    rulings = find_rulings(ink, picture.scale, levelled)
    writing = find_writing(ink, rulings.pixels, picture.scale)
    lines = find_lines(writing, rulings.walls, picture.scale)
    return _OrientedPage(picture, turn + 90.0 * quarters, writing, rulings.rulings, lines)


def _best_orientation(
    picture: PagePicture, oriented: _OrientedPage, engine: Engine
) -> tuple[_OrientedPage, float]:
    """Return the page the way up in which a sample of lines is most legible, and how much."""
    best, sample = oriented, _sample(oriented, engine)
    legibility = _legibility(sample) * _flow(sample)
    if legibility < SURELY_UPRIGHT:
        for quarters in (2, 1, 3):
            other = _orient(picture, quarters)
            if not 0 < len(other.lines) <= MOST_LINES:
                continue
            found = _sample(other, engine)
            if _legibility(found) * _flow(found) > legibility:
                best, sample = other, found
                legibility = _legibility(found) * _flow(found)
    return best, _legibility(sample)


def _sample(oriented: _OrientedPage, engine: Engine) -> list[BoxedLine]:
    """Read some of the longest lines."""
    longest = sorted(oriented.lines, key=lambda line: (line.left - line.right, line.top))
    return _read(oriented, longest[: 3 * SAMPLE : 3], engine)


def _flow(boxed: Sequence[BoxedLine]) -> float:
    """Return 1 for lines of some characters, less for single ones.

    The engine reads many a character that lies on its side; but then each is a line of its own.
    """
    counts = [len(line.glyphs) for line in boxed]
    return min(float(np.mean(counts)) / FLOWING, 1.0) if counts else 0.0


def _legibility(boxed: Sequence[BoxedLine]) -> float:
    """Return the mean chance of the characters, times the part of the ink that they explain."""
    chances = [glyph.glyph.chance for line in boxed for glyph in line.glyphs]
    read = sum(glyph.right - glyph.left for line in boxed for glyph in line.glyphs)
    unread = sum(right - left for line in boxed for left, right in line.unread)
    return float(np.mean(chances)) * read / (read + unread) if chances else 0.0


def _read(oriented: _OrientedPage, lines: Sequence[LineBox], engine: Engine) -> list[BoxedLine]:
    crops = [cut_line(oriented.picture.pixels, line) for line in lines]
    recognitions = engine.read(crops) if crops else []
    return [
        box_glyphs(recognition, crop, oriented.writing)
        for recognition, crop in zip(recognitions, crops, strict=True)
    ]


def _about_page(oriented: _OrientedPage, page: Page, legibility: float) -> list[Problem]:
    """Return a problem where a page holds no writing, or none that is read well."""
    code, severity = ProblemCode.UNREADABLE_PAGE, Severity.WARNING
    if not oriented.lines:
        paper = oriented.picture.pixels[::4, ::4]
        blank = float(paper.std()) < EVEN and float(paper.mean()) > DARK
        severity = Severity.NOTE if blank else severity
        what = "it is blank" if blank else "no line of writing is on its picture"
    elif len(oriented.lines) > MOST_LINES:
        what = f"its picture shows more than {MOST_LINES} lines: noise, not writing"
    elif legibility < WRITING:
        what = "what its picture shows is no writing that can be read"
    elif legibility < DOUBTFUL:
        code = ProblemCode.LOW_OCR_CONFIDENCE
        what = f"it was read with a mean confidence of {legibility:.2f} only"
    else:
        return []
    message = f"page {page.number}: {what}; look at the page, scan it again if writing is lost"
    return [Problem(code, severity, Stage.EXTRACT, message, page=page.number)]


def _is_writing(writing: Pixels, box: LineBox, left: float, right: float) -> bool:
    """Return True if unread ink is as wide or as high as a letter."""
    part = writing[box.ceiling : box.floor, int(left) : int(right) + 1]
    high = int((part > 0).any(axis=1).sum())
    return right - left >= UNREAD * box.em or high >= UNREAD_STROKE * box.em


def _about_ink(
    boxed: Sequence[BoxedLine], page: Page, writing: Pixels, scale: float
) -> list[Problem]:
    """Return a problem for each place where ink was read as no character."""
    found = []
    for line in boxed:
        box = line.crop.box
        for left, right in line.unread:
            if not _is_writing(writing, box, left, right):
                continue
            place = Box(left / scale, box.top / scale, right / scale, box.bottom / scale)
            found.append(
                Problem(
                    ProblemCode.LOW_OCR_CONFIDENCE,
                    Severity.WARNING,
                    Stage.EXTRACT,
                    f"page {page.number}: ink that is no character; compare with the picture",
                    page=page.number,
                    box=page.displayed(place),
                )
            )
    return found[:MOST_PROBLEMS]
