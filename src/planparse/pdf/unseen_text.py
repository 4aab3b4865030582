"""Text that stands in a file, but not for its reader; both readers of PDFs ask this module.

Such text is of its ground's colour, or covered by what is painted later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from planparse.model.geometry import Box
from planparse.model.page import DroppedRun, DropReason, Origin, Page, Run
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.pdf.glyphs import rgb

WHITE = 0xFFFFFF
# Parts of a colour, 0 to 255, by which text and ground differ at most for the eye to see nothing.
# A watermark of the palest grey in use (#eeeeee) is 17 off white.
NO_CONTRAST = 12
# An area covers a glyph if it covers this part of its em box, up and down from the middle, and of
# its width. Shading behind the next row may reach a tenth of the size into a line.
_COVERED_HEIGHT, _COVERED_WIDTH = 0.35, 0.4

Bounds = tuple[float, float, float, float]


class Area(NamedTuple):
    """A filled area: its box in points, how many marks were painted before it.

    ``color`` is 0xRRGGBB, None if it is not known. ``hides``: nothing below it shines through.
    """

    box: Bounds
    color: int | None
    order: int
    hides: bool = True


class Ink(NamedTuple):
    """How glyphs are painted, from the one with ordinal ``first`` on: as ``Area``."""

    first: int
    color: int | None
    order: int


#: Looks at the page again; False where a run's glyphs can be seen after all.
Confirm = Callable[[Run, DropReason], bool]


def is_like(one: int, other: int) -> bool:
    """Return True if two colours cannot be told from each other."""
    return all(abs(a - b) <= NO_CONTRAST for a, b in zip(rgb(one), rgb(other), strict=True))


def _ground(x: float, y: float, order: int, areas: Sequence[Area]) -> int | None:
    """Return the colour on which a glyph is painted; None if it is not known."""
    for area in reversed(areas):
        left, top, right, bottom = area.box
        if area.order < order and left <= x <= right and top <= y <= bottom:
            return area.color
    return WHITE


def _is_covered(run: Run, at: int, order: int, areas: Sequence[Area]) -> bool:
    middle, center = run.middle, (run.lefts[at] + run.rights[at]) / 2
    half = (run.bottom - run.top) * _COVERED_HEIGHT
    wide = (run.rights[at] - run.lefts[at]) * _COVERED_WIDTH
    return any(
        area.hides
        and area.order > order
        and area.box[0] <= center - wide
        and area.box[2] >= center + wide
        and area.box[1] <= middle - half
        and area.box[3] >= middle + half
        for area in areas
    )


def _unseen_reasons(
    run: Run, inks: Sequence[Ink], areas: Sequence[Area]
) -> list[DropReason | None]:
    reasons: list[DropReason | None] = []
    for at, (left, right) in enumerate(zip(run.lefts, run.rights, strict=True)):
        ink = inks[bisect_right(inks, run.first + at, key=attrgetter("first")) - 1]
        ground = _ground((left + right) / 2, run.middle, ink.order, areas)
        if ink.color is not None and ground is not None and is_like(ink.color, ground):
            reasons.append(DropReason.SAME_COLOR)
        else:
            covered = _is_covered(run, at, ink.order, areas)
            reasons.append(DropReason.COVERED if covered else None)
    return reasons


Parted = tuple[list[Run], list[DroppedRun]]


def _part(run: Run, reasons: Sequence[DropReason | None], confirm: Confirm) -> Parted:
    """Part a run by the reasons of its glyphs."""
    kept: list[Run] = []
    dropped: list[DroppedRun] = []
    start = 0
    for reason, group in groupby(reasons):
        stop = start + len(list(group))
        piece = run.slice(start, stop)
        start = stop
        if reason is not None and confirm(piece, reason):
            dropped.append(DroppedRun(piece, reason))
        else:
            kept.append(piece)
    return kept, dropped


def _sure(_run: Run, _reason: DropReason) -> bool:
    return True


def without_unseen(
    runs: Iterable[Run], inks: Sequence[Ink], areas: Iterable[Area], confirm: Confirm = _sure
) -> Parted:
    """Part the runs into those to see, and those of the colour of their ground or covered.

    ``inks`` are in the order of their ordinals.
    """
    painted = sorted(areas, key=attrgetter("order"))
    kept: list[Run] = []
    dropped: list[DroppedRun] = []
    for run in runs:
        reasons = _unseen_reasons(run, inks, painted)
        if not any(reasons):
            kept.append(run)
            continue
        seen, unseen = _part(run, reasons, confirm)
        kept += seen
        dropped += unseen
    return kept, dropped


# The reasons of which a reader of the data must know, in words. Of a page that OCR has read, the
# text layer counts for nothing.
_TOLD = {
    DropReason.INVISIBLE: "is invisible",
    DropReason.SAME_COLOR: "has the colour of what it stands on",
    DropReason.COVERED: "is covered by an area",
    DropReason.STRUCK_OUT: "is struck out",
    DropReason.ANNOTATION: "belongs to an annotation",
}


def report_unseen(pages: Sequence[Page]) -> list[Problem]:
    """Return a note per page and reason why text is not shown, and a warning of lost signs.

    Clipped text that a page beside shows is no matter: a merged cell is drawn on each page.
    """
    around = ["", *("".join(run.text for run in page.runs) for page in pages), ""]
    found = []
    for at, page in enumerate(pages):
        by_reason: dict[DropReason, list[Run]] = {}
        for drop in page.dropped if page.origin is Origin.TEXT_LAYER else ():
            beside = drop.run.text in around[at] or drop.run.text in around[at + 2]
            if drop.reason is not DropReason.INVISIBLE or not beside:
                by_reason.setdefault(drop.reason, []).append(drop.run)
        found += [
            _problem(ProblemCode.TEXT_NOT_SHOWN, Severity.NOTE, words, by_reason[reason])
            for reason, words in _TOLD.items()
            if reason in by_reason
        ]
        if signs := by_reason.get(DropReason.UNMAPPED_SYMBOL):
            words = "stands for no character that its symbol font names"
            found.append(_problem(ProblemCode.UNMAPPED_GLYPHS, Severity.WARNING, words, signs))
    return found


def _problem(code: ProblemCode, severity: Severity, words: str, runs: Sequence[Run]) -> Problem:
    quoted = "".join(f"\u300c{run.text}\u300d" for run in runs)
    page = runs[0].page
    message = f"text of page {page} {words}, and is in no field: {quoted}"
    box = Box.around(run.box for run in runs)
    return Problem(code, severity, Stage.EXTRACT, message, page=page, box=box)
