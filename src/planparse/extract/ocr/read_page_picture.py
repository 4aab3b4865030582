"""From the picture of a page to its Page: the one way that every scan takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planparse.datamodel.geometry import Box
from planparse.datamodel.page import Origin, Page
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage
from planparse.extract.ocr.answers import Engine
from planparse.extract.ocr.crops import cut_line
from planparse.extract.ocr.lines import MOST_LINES, LineBox, find_lines, find_writing
from planparse.extract.ocr.picture import PagePicture, Pixels, find_ink, level_paper
from planparse.extract.ocr.placing import PlacedLine, place_glyphs
from planparse.extract.ocr.reading import OcrReading
from planparse.extract.ocr.repair import repair_lines
from planparse.extract.ocr.rulings import PageRulings, find_rulings
from planparse.extract.ocr.runs import to_runs
from planparse.extract.ocr.signs import repairs_of, to_signs
from planparse.extract.ocr.upright import find_turn, quarter_turn, turn_picture

SAMPLE = 10
"""Lines that are read to tell whether the page stands upright and is writing at all."""

UPRIGHT = 0.80
"""Mean chance of the sample's characters from which no other way up is tried."""

WRITING = 0.60
"""Mean chance below which a page is no writing: noise, a photograph, another script."""

UNREAD = 0.25
"""Ems of ink without a character that are worth a Problem."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A page turned upright: its picture, what stands on it, and the turn that was made."""

    picture: PagePicture
    turn: float
    writing: Pixels
    rulings: PageRulings
    lines: list[LineBox]


def read_page_picture(
    picture: PagePicture, number: int, engine: Engine, *, why: str | None = None, first: int = 0
) -> OcrReading:
    """Read the picture of page ``number``; ``first`` is the ordinal of its first glyph."""
    standing = _stand_up(picture, 0)
    problem = _not_a_page(standing, number)
    if problem is None:
        standing, chance = _best_way_up(picture, standing, engine)
        problem = _not_a_page(standing, number)
        if problem is None and chance < WRITING:
            problem = _unreadable(number, "what is on it is no writing that can be read")
    if problem is not None:
        standing = replace(standing, lines=[])
    placed = _read(standing, standing.lines, engine)
    lines = repair_lines([to_signs(line, standing.writing) for line in placed])
    scale = standing.picture.scale
    runs = to_runs(lines, number, first, scale)
    page = Page(
        number,
        round(standing.picture.width, 2),
        round(standing.picture.height, 2),
        runs,
        standing.rulings.rulings,
        (),
        first + sum(len(run.text) for run in runs),
        Origin.OCR,
        why,
        turn=standing.turn,
    )
    problems = [_unread_ink(line, page, scale) for line in placed if _has_unread(line)]
    repairs = [repair for line in lines for repair in repairs_of(line, page, scale)]
    return OcrReading(
        page, tuple(repairs), tuple(problems if problem is None else [problem, *problems])
    )


def _stand_up(picture: PagePicture, quarters: int) -> _Standing:
    """Turn the picture by quarters, then by the degree that it is askew, and find its lines."""
    if quarters:
        picture = quarter_turn(picture, quarters)
    ink = find_ink(level_paper(picture.pixels))
    turn = find_turn(ink)
    if turn:
        picture = turn_picture(picture, turn)
        ink = find_ink(level_paper(picture.pixels))
    rulings = find_rulings(ink, picture.scale)
    writing = find_writing(ink, rulings.pixels, picture.scale)
    lines = find_lines(writing, rulings.walls, picture.scale)
    return _Standing(picture, turn + 90.0 * quarters, writing, rulings, lines)


def _best_way_up(
    picture: PagePicture, standing: _Standing, engine: Engine
) -> tuple[_Standing, float]:
    """Try the other ways up where a sample of lines makes no sense."""
    best, chance = standing, _sample_chance(standing, engine)
    if chance < UPRIGHT:
        for quarters in (2, 1, 3):
            other = _stand_up(picture, quarters)
            if not other.lines or len(other.lines) > MOST_LINES:
                continue
            found = _sample_chance(other, engine)
            if found > chance:
                best, chance = other, found
    return best, chance


def _sample_chance(standing: _Standing, engine: Engine) -> float:
    """Give the mean chance of the characters in some of the longest lines."""
    longest = sorted(standing.lines, key=lambda line: (line.left - line.right, line.top))
    placed = _read(standing, longest[: 3 * SAMPLE : 3], engine)
    chances = [glyph.glyph.rivals[0][1] for line in placed for glyph in line.glyphs]
    return float(np.mean(chances)) if chances else 0.0


def _read(standing: _Standing, lines: Sequence[LineBox], engine: Engine) -> list[PlacedLine]:
    crops = [cut_line(standing.picture.pixels, line) for line in lines]
    answers = engine.read(crops) if crops else []
    return [
        place_glyphs(answer, crop, standing.writing)
        for answer, crop in zip(answers, crops, strict=True)
    ]


def _unreadable(number: int, what: str) -> Problem:
    return Problem(
        ProblemCode.UNREADABLE_PAGE,
        Severity.WARNING,
        Stage.EXTRACT,
        f"page {number}: {what}; look at the page and scan it again if writing is missing",
        page=number,
    )


def _not_a_page(standing: _Standing, number: int) -> Problem | None:
    if not standing.lines:
        return _unreadable(number, "no line of writing is on its picture")
    if len(standing.lines) > MOST_LINES:
        return _unreadable(number, f"more than {MOST_LINES} lines: noise, not writing")
    return None


def _has_unread(line: PlacedLine) -> bool:
    em = line.crop.box.em
    return any(right - left >= UNREAD * em for left, right in line.unread)


def _unread_ink(line: PlacedLine, page: Page, scale: float) -> Problem:
    left = min(left for left, _ in line.unread)
    right = max(right for _, right in line.unread)
    box = line.crop.box
    place = Box(left / scale, box.top / scale, right / scale, box.bottom / scale)
    return Problem(
        ProblemCode.LOW_OCR_CONFIDENCE,
        Severity.WARNING,
        Stage.EXTRACT,
        f"page {page.number}: ink that was read as no character; compare with the picture",
        page=page.number,
        box=page.displayed(place),
    )
