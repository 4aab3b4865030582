"""Text that a line strikes out: the line runs through the glyphs and ends with them.

Both readers of PDFs ask this module. Such a line is no ruling of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from planparse.model.page import Axis, DroppedRun, DropReason, Ruling, Run
from planparse.pdf.glyphs import cut_by_marks, without_overprint
from planparse.pdf.stamps import without_stamps

# A line strikes out glyphs if it runs this near to the middle of their em box, in font sizes.
# Seen: 0.06 above it (Writer) to 0.13 below it (Word, Latin letters); underlines: 0.36 and more.
_STRUCK = 0.2
# Thicker than this part of the font size is a bar over the text: what lies under it is covered.
_STRIKE_THICKNESS = 0.25
# It begins and ends with the glyphs: so many font sizes before, behind or between them at most.
# Rulings run on through the padding of their cells, and spaces may be struck as well.
_STRIKE_BEYOND, _STRIKE_GAP = 0.6, 1.1
# Part of a glyph's width over which a line strikes it out.
_STRIKE_PART = 0.6
# Whole points between a strike and the middle of glyphs of up to 15 points, at most.
_REACH = range(-3, 4)
# Points by which pieces of one strike differ across, and are apart along the line.
_ONE_STRIKE, _STRIKE_JOINT = 0.6, 1.0
# Points within which a line ends at an upright one: then both are borders.
_AT_BORDER = 0.6


class _Strike(NamedTuple):
    """A level line that may strike out text, with the pieces that it is made of."""

    pieces: list[Ruling]

    @property
    def start(self) -> float:
        return min(piece.start for piece in self.pieces)

    @property
    def end(self) -> float:
        return max(piece.end for piece in self.pieces)

    @property
    def y(self) -> float:
        return self.pieces[0].position


def _near_middles(runs: Sequence[Run], rulings: Sequence[Ruling]) -> list[Ruling]:
    """Return the level rulings that run through a run's middle: on most pages there is none."""
    # Whole points are compared first: pages have hundreds of pieces at few heights.
    heights = {int(one.position) for one in rulings if one.axis is Axis.HORIZONTAL}
    around = {y + off for y in heights for off in _REACH}
    near: dict[int, list[Run]] = {}
    for run in runs:
        middle = int((run.top + run.bottom) / 2)
        if middle in around and not run.turn:
            for off in _REACH:
                near.setdefault(middle + off, []).append(run)
    if not near:
        return []
    return [
        ruling
        for ruling in rulings
        if ruling.axis is Axis.HORIZONTAL
        and any(_strikes(ruling, run) for run in near.get(int(ruling.position), ()))
    ]


def _strikes(ruling: Ruling, run: Run) -> bool:
    """Return True if a ruling runs through the middle of a run's glyphs."""
    size = run.font_size
    return (
        abs(ruling.position - run.middle) <= _STRUCK * size
        and ruling.thickness <= _STRIKE_THICKNESS * size
        and ruling.start < run.rights[-1]
        and ruling.end > run.lefts[0]
    )


def _whole_strikes(rulings: Iterable[Ruling]) -> list[_Strike]:
    """Join the pieces of one line: a strike comes run by run, or glyph by glyph."""
    strikes: list[_Strike] = []
    for ruling in sorted(rulings, key=attrgetter("start")):
        for strike in strikes:
            if (
                abs(strike.y - ruling.position) <= _ONE_STRIKE
                and ruling.start <= strike.end + _STRIKE_JOINT
            ):
                strike.pieces.append(ruling)
                break
        else:
            strikes.append(_Strike([ruling]))
    return strikes


def _is_border(strike: _Strike, uprights: Sequence[Ruling]) -> bool:
    """Return True if a line ends at upright lines on both sides."""
    return all(
        any(
            abs(upright.position - end) <= _AT_BORDER
            and upright.start - _AT_BORDER <= strike.y <= upright.end + _AT_BORDER
            for upright in uprights
        )
        for end in (strike.start, strike.end)
    )


def _goes_with(strike: _Strike, struck: Sequence[Run]) -> bool:
    """Return True if a line begins and ends with glyphs, and no wide gap is between them."""
    size = max(run.font_size for run in struck)
    edges = sorted(
        (left, right)
        for run in struck
        for left, right in zip(run.lefts, run.rights, strict=True)
        if right > strike.start and left < strike.end
    )
    if not edges or edges[0][0] > strike.start + _STRIKE_BEYOND * size:
        return False
    reached = edges[0][1]
    for left, right in edges:
        if left > reached + _STRIKE_GAP * size:
            return False
        reached = max(reached, right)
    return strike.end <= reached + _STRIKE_BEYOND * size


def without_struck(
    runs: list[Run], rulings: list[Ruling]
) -> tuple[list[Run], list[DroppedRun], list[Ruling]]:
    """Part the runs into those to keep and those struck out; the lines that do so are no rulings.

    A strike begins and ends with the glyphs that it runs through. A border does not.
    """
    near = _near_middles(runs, rulings)
    if not near:
        return runs, [], rulings
    uprights = [ruling for ruling in rulings if ruling.axis is Axis.VERTICAL]
    struck: dict[int, list[_Strike]] = {}
    gone: set[int] = set()
    for strike in _whole_strikes(near):
        through = [run for run in runs if not run.turn and _strikes(_as_ruling(strike), run)]
        if through and _goes_with(strike, through) and not _is_border(strike, uprights):
            gone |= {id(piece) for piece in strike.pieces}
            for run in through:
                struck.setdefault(run.first, []).append(strike)
    kept: list[Run] = []
    dropped: list[DroppedRun] = []
    for run in runs:
        seen, out = cut_by_marks(run, _struck_marks(run, struck.get(run.first, ())))
        kept += seen
        dropped += [DroppedRun(piece, DropReason.STRUCK_OUT) for piece in out]
    return kept, dropped, [ruling for ruling in rulings if id(ruling) not in gone]


def _as_ruling(strike: _Strike) -> Ruling:
    thickness = max(piece.thickness for piece in strike.pieces)
    return Ruling(Axis.HORIZONTAL, strike.y, strike.start, strike.end, thickness)


def _struck_marks(run: Run, strikes: Sequence[_Strike]) -> list[bool]:
    return [
        any(
            min(right, strike.end) - max(left, strike.start) >= _STRIKE_PART * (right - left)
            for strike in strikes
        )
        for left, right in zip(run.lefts, run.rights, strict=True)
    ]


def without_struck_or_doubled(
    runs: list[Run], rulings: list[Ruling], *, spread: bool | None = None
) -> tuple[list[Run], list[DroppedRun], list[Ruling]]:
    """Return the runs to keep, those struck out, stamped or printed twice, and the other rulings.

    ``spread``: as ``without_overprint`` takes it.
    """
    runs, dropped, rulings = without_struck(runs, rulings)
    runs, stamped, rulings = without_stamps(runs, rulings)
    dropped += stamped
    runs, doubles = without_overprint(runs, spread=spread)
    dropped += [DroppedRun(run, DropReason.DUPLICATE_OVERPRINT) for run in doubles]
    return runs, dropped, rulings
