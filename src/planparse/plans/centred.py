"""Return entries to measures where a column is set in the middle of rows that no ruling parts.

Browsers and word processors set departments and periods in the middle beside each measure; without
rulings the cells of several measures are one. Then neither first line nor order shows where a
measure's entries begin, but their middle does: entries are parted, in order, so that each part's
middle is as near as can be to the middle of its measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import pairwise

from planparse.plans.alignment import (
    CLEAR,
    GAP,
    LISTED,
    NONE,
    TOGETHER,
    Assignment,
    Slot,
    Standing,
    is_aligned,
)
from planparse.plans.builders import MeasureBuilder
from planparse.plans.side_cells import SideCell, builders_beside, groups_of, slots_on
from planparse.plans.side_columns import Aligner

_INFINITE = float("inf")
# Cost of a line between the two middles; the other costs are those of entries beside first lines.
_AWAY = 1.5
# Rows that a page break cuts are set from their top.
_TOP = 0.5
# A group stands in the middle if it is off by no more than this; drifting ones are off by more.
_NEAR = 0.08
# A column is centred where this part of its groups stands so, of at least so many that show it.
_MOSTLY, _ENOUGH = 0.7, 4
# More entries beside one cell than any plan has: the search would take long.
_MOST = 40


class Centre(StrEnum):
    """What the middle is taken of: of a measure's own lines, or of its row with the room below."""

    TEXT = "text"
    ROW = "row"


def _lines_on(builder: MeasureBuilder, page: int) -> tuple[float, float]:
    """Return the middles of the first and the last line that a measure has on a page."""
    middles = [line.middle for line in builder.anchor_lines() if line.page == page]
    return middles[0], middles[-1]


def centres(
    builders: Sequence[MeasureBuilder], side: SideCell, page: int, centre: Centre
) -> dict[int, float]:
    """Return the middles, in points, of the measures that stand on a page, by their place."""
    present = [at for at, builder in enumerate(builders) if page in builder.tops()]
    spans = {at: _lines_on(builders[at], page) for at in present}
    if centre is Centre.TEXT:
        return {at: (first + last) / 2 for at, (first, last) in spans.items()}
    boxes = [place.box for place in side.cell.boxes if place.page == page]
    if not boxes or not present:
        return {}
    half = side.height / 2
    padding = max(spans[present[0]][0] - half - boxes[0].top, 0.0)
    starts = [spans[at][0] - half - padding for at in present]
    ends = [*starts[1:], max(boxes[-1].bottom, starts[-1])]
    return {at: (start + end) / 2 for at, start, end in zip(present, starts, ends, strict=True)}


def find_centre(builders: Sequence[MeasureBuilder], sides: Iterable[SideCell]) -> Centre | None:
    """Return True if cells beside several measures are set in the middle of each; None if not."""
    shown = 0
    hits = dict.fromkeys(Centre, 0)
    for side in sides:
        beside = builders_beside(builders, side.cell)
        if len(beside) < 2:
            continue
        groups = groups_of(side)
        for group in groups if len(groups) > 1 else ():
            first, last = group[0][0], group[-1][-1]
            low = last.middle - first.middle > TOGETHER * side.height
            if low or first.page != last.page:
                continue
            _, slots = slots_on(beside, first.page)
            if any(is_aligned(first.middle, slot, side.height) for slot in slots):
                continue
            shown += 1
            middle = (first.middle + last.middle) / 2
            for centre in Centre:
                places = centres(beside, side, first.page, centre).values()
                hits[centre] += any(abs(middle - at) <= _NEAR * side.height for at in places)
    best = max(Centre, key=lambda centre: hits[centre])
    return best if shown >= _ENOUGH and hits[best] >= _MOSTLY * shown else None


class _Parting:
    """The costs of assigning entries start … end - 1 to one measure, all on one page."""

    def __init__(
        self,
        entries: Sequence[Standing],
        slots: Sequence[Slot],
        middles: Sequence[float | None],
        height: float,
    ) -> None:
        self._entries = entries
        self._slots = slots
        self._middles = middles
        self._height = height
        self._gaps = [0.0]
        for above, below in pairwise(entries):
            lines = (below.first - above.last) / height
            cost = (lines - 1) * GAP if lines > TOGETHER else 0.0
            self._gaps.append(self._gaps[-1] + cost)

    def cost(self, at: int, start: int, end: int) -> float:
        """Return the cost in lines; a measure that goes on may have its entries a page before."""
        slot = self._slots[at]
        if start == end:
            return 0.0 if slot.continued else NONE
        first, last = self._entries[start], self._entries[end - 1]
        middle = self._middles[at]
        off = abs(first.first - slot.top) + _TOP * self._height
        if middle is not None:
            off = min(off, abs((first.first + last.last) / 2 - middle))
        listed = LISTED if first.listed and start > 0 else 0.0
        return _AWAY * off / self._height + self._gaps[end - 1] - self._gaps[start] + listed


def _tables(parting: _Parting, slots: int, entries: int) -> tuple[list[list[float]], ...]:
    """Return the least costs of all entries and slots before each, and of those after it."""
    ahead = [[_INFINITE] * (entries + 1) for _ in range(slots + 1)]
    behind = [[_INFINITE] * (entries + 1) for _ in range(slots + 1)]
    ahead[0][0] = behind[slots][entries] = 0.0
    for at in range(slots):
        for end in range(entries + 1):
            ahead[at + 1][end] = min(
                ahead[at][start] + parting.cost(at, start, end) for start in range(end + 1)
            )
    for at in reversed(range(slots)):
        for start in range(entries + 1):
            behind[at][start] = min(
                parting.cost(at, start, end) + behind[at + 1][end]
                for end in range(start, entries + 1)
            )
    return ahead, behind


def align_centred(
    entries: Sequence[Standing],
    slots: Sequence[Slot],
    middles: Sequence[float | None],
    height: float,
) -> Assignment:
    """Return each entry to a measure; ``middles`` are None for those that are not on the page."""
    count = len(entries)
    if count > _MOST:
        return Assignment((0,) * count, (True,) * count)
    parting = _Parting(entries, slots, middles, height)
    ahead, behind = _tables(parting, len(slots), count)
    costs = [[_INFINITE] * len(slots) for _ in entries]
    for at in range(len(slots)):
        for start in range(count):
            for end in range(start + 1, count + 1):
                total = ahead[at][start] + parting.cost(at, start, end) + behind[at + 1][end]
                for entry in range(start, end):
                    costs[entry][at] = min(costs[entry][at], total)
    chosen = _least(costs)
    unclear = [
        min((cost for at, cost in enumerate(row) if at != best), default=_INFINITE) - row[best]
        < CLEAR
        for row, best in zip(costs, chosen, strict=True)
    ]
    return Assignment(tuple(chosen), tuple(unclear))


def _least(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return each entry the measure that costs least, none before that of the entry above."""
    chosen: list[int] = []
    for row in costs:
        low = chosen[-1] if chosen else 0
        chosen.append(min(range(low, len(row)), key=row.__getitem__))
    return chosen


def centring_aligner(centre: Centre) -> Aligner:
    """Return what aligns the entries of one page by the middles of measures."""

    def aligned(
        builders: Sequence[MeasureBuilder],
        slots: Sequence[Slot],
        side: SideCell,
        page: int,
        entries: Sequence[Standing],
    ) -> Assignment:
        middles = centres(builders, side, page, centre)
        places = [middles.get(at) for at in range(len(builders))]
        return align_centred(entries, slots, places, side.height)

    return aligned
