"""From the picture of a page to its Page: the one way that every scan takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planparse.model.geometry import Box
from planparse.model.page import Origin, Page, Ruling
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.ocr.glyph_boxes import PlacedLine, place_glyphs
from planparse.ocr.glyph_candidates import repairs_of, to_signs
from planparse.ocr.latin import read_words_again
from planparse.ocr.lines import MOST_LINES, LineBox, find_lines, find_writing, without_edges
from planparse.ocr.marks import read_marks
from planparse.ocr.orientation import find_turn, quarter_turn, turn_picture
from planparse.ocr.picture import PagePicture, Pixels, find_ink, level_paper
from planparse.ocr.recognition import Engine, OcrReading, cut_line
from planparse.ocr.repair import repair_lines
from planparse.ocr.rulings import find_rulings
from planparse.ocr.runs import to_runs
from planparse.ocr.watermark import without_watermark

SAMPLE = 10
"""Lines that are read to tell whether the page stands upright and is writing at all."""

UPRIGHT = 0.93
"""Sense (see ``_sense``) of a sample from which no other way up is tried."""

FLOWING = 4.0
"""Characters that a sampled line has at least, on the mean, where writing runs along it."""

WRITING = 0.60
"""Sense below which a page is no writing: noise, a photograph, another script."""

EVEN, DARK = 12.0, 100.0
"""Grey levels: the paper of a blank page varies less, noise more; a black page is darker."""

DOUBTFUL = 0.85
"""Sense below which the page as a whole gets a Problem."""

MOST_PROBLEMS = 20
"""Problems of one page about single places; a page with more has one about itself."""

UNREAD, UNREAD_STROKE = 0.25, 0.55
"""Ems: ink without a character that is so wide, or so high, is worth a Problem."""


@dataclass(frozen=True, slots=True)
class _Standing:
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
    picture = PagePicture(without_watermark(picture.pixels, picture.scale), picture.scale)
    standing = _stand_up(picture, 0)
    placed: list[PlacedLine] = []
    sense = 0.0
    if 0 < len(standing.lines) <= MOST_LINES:
        standing, sense = _best_way_up(picture, standing, engine)
    if sense >= WRITING:
        placed = _read(standing, standing.lines, engine)
        placed = read_words_again(placed, standing.picture.pixels, standing.writing, engine)
        sense = _sense(placed)
    if sense < WRITING:
        placed = []
        standing = replace(standing, picture=picture, turn=0.0, rulings=())
    signs = [to_signs(line, standing.writing) for line in placed]
    signs, placed = read_marks(signs, placed, standing.writing)
    lines = repair_lines(signs)
    scale = standing.picture.scale
    runs = to_runs(lines, number, first, scale)
    page = Page(
        number,
        round(standing.picture.width, 2),
        round(standing.picture.height, 2),
        runs,
        standing.rulings,
        (),
        first + sum(len(run.text) for run in runs),
        Origin.OCR,
        why,
        turn=standing.turn,
    )
    repairs = [repair for line in lines for repair in repairs_of(line, page, scale)]
    problems = [
        *_about_page(standing, page, sense),
        *_about_ink(placed, page, standing.writing, scale),
    ]
    return OcrReading(page, tuple(repairs), tuple(problems))


def _stand_up(picture: PagePicture, quarters: int) -> _Standing:
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
    return _Standing(picture, turn + 90.0 * quarters, writing, rulings.rulings, lines)


def _best_way_up(
    picture: PagePicture, standing: _Standing, engine: Engine
) -> tuple[_Standing, float]:
    """Try the other ways up where a sample of lines makes no sense; give the sense as well."""
    best, sample = standing, _sample(standing, engine)
    sense = _sense(sample) * _flow(sample)
    if sense < UPRIGHT:
        for quarters in (2, 1, 3):
            other = _stand_up(picture, quarters)
            if not 0 < len(other.lines) <= MOST_LINES:
                continue
            found = _sample(other, engine)
            if _sense(found) * _flow(found) > sense:
                best, sample = other, found
                sense = _sense(found) * _flow(found)
    return best, _sense(sample)


def _sample(standing: _Standing, engine: Engine) -> list[PlacedLine]:
    """Read some of the longest lines."""
    longest = sorted(standing.lines, key=lambda line: (line.left - line.right, line.top))
    return _read(standing, longest[: 3 * SAMPLE : 3], engine)


def _flow(placed: Sequence[PlacedLine]) -> float:
    """Give 1 for lines of some characters, less for single ones.

    The engine reads many a character that lies on its side; but then each is a line of its own.
    """
    counts = [len(line.glyphs) for line in placed]
    return min(float(np.mean(counts)) / FLOWING, 1.0) if counts else 0.0


def _sense(placed: Sequence[PlacedLine]) -> float:
    """Give the mean chance of the characters, times the part of the ink that they explain."""
    chances = [glyph.glyph.rivals[0][1] for line in placed for glyph in line.glyphs]
    read = sum(glyph.right - glyph.left for line in placed for glyph in line.glyphs)
    unread = sum(right - left for line in placed for left, right in line.unread)
    return float(np.mean(chances)) * read / (read + unread) if chances else 0.0


def _read(standing: _Standing, lines: Sequence[LineBox], engine: Engine) -> list[PlacedLine]:
    crops = [cut_line(standing.picture.pixels, line) for line in lines]
    answers = engine.read(crops) if crops else []
    return [
        place_glyphs(answer, crop, standing.writing)
        for answer, crop in zip(answers, crops, strict=True)
    ]


def _about_page(standing: _Standing, page: Page, sense: float) -> list[Problem]:
    """Say where a page holds no writing, or none that is read well."""
    code, severity = ProblemCode.UNREADABLE_PAGE, Severity.WARNING
    if not standing.lines:
        paper = standing.picture.pixels[::4, ::4]
        blank = float(paper.std()) < EVEN and float(paper.mean()) > DARK
        severity = Severity.NOTE if blank else severity
        what = "it is blank" if blank else "no line of writing is on its picture"
    elif len(standing.lines) > MOST_LINES:
        what = f"its picture shows more than {MOST_LINES} lines: noise, not writing"
    elif sense < WRITING:
        what = "what its picture shows is no writing that can be read"
    elif sense < DOUBTFUL:
        code = ProblemCode.LOW_OCR_CONFIDENCE
        what = f"it was read with a mean confidence of {sense:.2f} only"
    else:
        return []
    message = f"page {page.number}: {what}; look at the page, scan it again if writing is lost"
    return [Problem(code, severity, Stage.EXTRACT, message, page=page.number)]


def _is_writing(writing: Pixels, box: LineBox, left: float, right: float) -> bool:
    """Tell whether unread ink is as wide or as high as a letter."""
    part = writing[box.ceiling : box.floor, int(left) : int(right) + 1]
    high = int((part > 0).any(axis=1).sum())
    return right - left >= UNREAD * box.em or high >= UNREAD_STROKE * box.em


def _about_ink(
    placed: Sequence[PlacedLine], page: Page, writing: Pixels, scale: float
) -> list[Problem]:
    """Say where ink was read as no character."""
    found = []
    for line in placed:
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
