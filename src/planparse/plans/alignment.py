"""Assign entries of a side column (departments, periods) to the measures that they stand beside.

An alignment by dynamic programming: entries and measures are both in order from top to bottom, so
entries are assigned to measures without crossing. An entry costs what it is off from the first line
of its measure; entries below each other belong together for nothing, over a gap at a cost; a
measure that gets none costs a fixed sum. So positions decide where they are clear, and order and
count where they drift by a line or so. The margin between the best and the next best assignment of
an entry shows whether it is certain at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.model.slots_record import slots_record

_INFINITE = float("inf")
# All costs are in lines: what it costs that an entry is a line below its measure's first line is
# the unit. docs/census.md has the plans that change when one of these numbers moves.
_BELOW = 1.0
# A line above it.
_ABOVE = 1.4
# A line of white space between two entries of one measure.
GAP = 1.1
# A measure without an entry, where every measure of the column has one.
NONE = 2.2
# An entry on a page where its measure goes on from the page before; a line lower there, where the
# column stands exact.
_CONTINUED, _LATER = 0.2, 0.5
# Entries off by less stand on the first line (line heights).
_ALIGNED = 0.35
# No single entry costs more: beyond that, how far it is off shows nothing.
_FAR = 8.0
# Parting an entry from the one before although a separator joins them.
LISTED = 1.5
# Where a column stands exactly beside its measures elsewhere, being off counts this much more.
_EXACT = 2.5
# Lines further apart than this, in line heights, do not stand together.
TOGETHER = 1.35
# An assignment that is cheaper than any other by less is uncertain.
CLEAR = 0.45


@slots_record
class Slot:
    """A measure's presence on a page: the middle of its first line there, in points.

    ``continued``: the measure started on an earlier page, so it may have its entries there;
    ``first_cost`` is what a first entry on this page then costs, in lines, if it stands above
    ``until`` (points).
    """

    top: float
    continued: bool
    first_cost: float = _CONTINUED
    until: float = _INFINITE


@dataclass(frozen=True, slots=True)
class Assignment:
    """``slots[entry]`` is the index of its measure; ``unclear[entry]`` where that is uncertain."""

    slots: tuple[int, ...]
    unclear: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Spacing:
    """How a column is set: the ``height`` of a line in points, whether it stands ``exact``.

    ``filled``: how many entries it has for each measure, 1 at most. Of a column of co-departments
    most measures have none: then one more without is no sign of anything.
    """

    height: float
    exact: bool = False
    filled: float = 1.0

    @property
    def none(self) -> float:
        """The cost of a measure without an entry, in lines."""
        return NONE * self.filled


def is_aligned(entry: float, slot: Slot, height: float) -> bool:
    """Return True if an entry stands on the first line of a measure."""
    return abs(entry - slot.top) <= _ALIGNED * height


@slots_record
class Standing:
    """Where an entry stands: the middles of its first and last line, in points.

    ``listed``: a separator before it joins it to the entry before.
    """

    first: float
    last: float
    listed: bool = False


def _off(entry: Standing, slot: Slot, spacing: Spacing) -> float:
    """Return the cost of an entry as the first of its measure."""
    lines = (entry.first - slot.top) / spacing.height
    listed = LISTED if entry.listed else 0.0
    if slot.continued:
        if entry.first >= slot.until - _ALIGNED * spacing.height:
            return _FAR
        if lines <= -_ALIGNED:
            return listed + slot.first_cost - lines * _ABOVE
        # A list that goes on over the page break does so at the top of the page, beside its text.
        later = spacing.exact and slot.top > 0
        return (
            listed + slot.first_cost + (min(max(lines - 2.0, 0.0) * _LATER, NONE) if later else 0.0)
        )
    if abs(lines) <= _ALIGNED:
        return listed
    cost = lines * _BELOW if lines > 0 else -lines * _ABOVE
    return listed + min(cost * _EXACT if spacing.exact else cost, _FAR)


def _after(entry: Standing, before: Standing, spacing: Spacing) -> float:
    """Return the cost of an entry as a further one of the measure of the entry before."""
    lines = (entry.first - before.last) / spacing.height
    if lines <= TOGETHER:
        return 0.0
    cost = (lines - 1) * GAP
    return min(cost * _EXACT if spacing.exact else cost, _FAR)


def _skips(slots: Sequence[Slot], none: float) -> list[float]:
    """Return the running costs of measures without an entry: skips[k] for the first k."""
    total = [0.0]
    for slot in slots:
        total.append(total[-1] + (0.0 if slot.continued else none))
    return total


def _forward(
    entries: Sequence[Standing], slots: Sequence[Slot], spacing: Spacing
) -> list[list[float]]:
    """Return the least costs [i][j] of entries 0 … i with entry i assigned to measure j."""
    skips = _skips(slots, spacing.none)
    best = [[_off(entries[0], slot, spacing) + skips[at] for at, slot in enumerate(slots)]]
    for i in range(1, len(entries)):
        stay = _after(entries[i], entries[i - 1], spacing)
        row = []
        least = _INFINITE
        for j, slot in enumerate(slots):
            # best over measures before j, with the measures between left out
            move = least + skips[j] + _off(entries[i], slot, spacing)
            row.append(min(best[i - 1][j] + stay, move))
            least = min(least, best[i - 1][j] - skips[j + 1])
        best.append(row)
    return best


def _backward(
    entries: Sequence[Standing], slots: Sequence[Slot], spacing: Spacing
) -> list[list[float]]:
    """Return the least costs [i][j] of entries i + 1 … with entry i assigned to measure j."""
    skips = _skips(slots, spacing.none)
    count = len(slots)
    rest = [[0.0] * count for _ in entries]
    rest[-1] = [skips[count] - skips[j + 1] for j in range(count)]
    for i in range(len(entries) - 2, -1, -1):
        stay = _after(entries[i + 1], entries[i], spacing)
        least = _INFINITE
        for j in range(count - 1, -1, -1):
            rest[i][j] = min(rest[i + 1][j] + stay, least - skips[j + 1])
            start = _off(entries[i + 1], slots[j], spacing)
            least = min(least, rest[i + 1][j] + start + skips[j])
    return rest


def _exactly(
    entries: Sequence[Standing], slots: Sequence[Slot], spacing: Spacing
) -> tuple[int, ...] | None:
    """Return the assignment that costs nothing, where there is one; most cells of most plans.

    Every measure has an entry on its first line, and every other entry stands below one.
    """
    chosen: list[int] = []
    at = -1
    for entry in entries:
        ahead = at + 1
        begins = ahead < len(slots) and not entry.listed
        if begins and is_aligned(entry.first, slots[ahead], spacing.height):
            at = ahead
        elif not chosen or _after(entry, entries[len(chosen) - 1], spacing) > 0:
            return None
        chosen.append(at)
    return tuple(chosen) if at == len(slots) - 1 else None


def align(entries: Sequence[Standing], slots: Sequence[Slot], spacing: Spacing) -> Assignment:
    """Return each entry to a measure."""
    if not entries or len(slots) <= 1:
        return Assignment((0,) * len(entries), (False,) * len(entries))
    if not any(slot.continued for slot in slots):
        exactly = _exactly(entries, slots, spacing)
        if exactly is not None:
            return Assignment(exactly, (False,) * len(entries))
    forward = _forward(entries, slots, spacing)
    backward = _backward(entries, slots, spacing)
    chosen: list[int] = []
    unclear: list[bool] = []
    for i, (ahead, behind) in enumerate(zip(forward, backward, strict=True)):
        costs = [a + b for a, b in zip(ahead, behind, strict=True)]
        if i:
            # Of two assignments that cost the same, the one is followed that was begun.
            at = _follow(entries[i - 1 : i + 1], slots, spacing, chosen[-1], behind)
        else:
            at = min(range(len(costs)), key=costs.__getitem__)
        others = [cost for j, cost in enumerate(costs) if j != at]
        chosen.append(at)
        unclear.append(min(others) - costs[at] < CLEAR)
    return Assignment(tuple(chosen), tuple(unclear))


def _follow(
    entries: Sequence[Standing],
    slots: Sequence[Slot],
    spacing: Spacing,
    before: int,
    rest: Sequence[float],
) -> int:
    """Return the cheapest measure for the second of two entries; ``before`` has the first."""
    best, least = before, _after(entries[1], entries[0], spacing) + rest[before]
    between = 0.0
    for at in range(before + 1, len(slots)):
        cost = between + _off(entries[1], slots[at], spacing) + rest[at]
        if cost < least:
            best, least = at, cost
        between += 0.0 if slots[at].continued else spacing.none
    return best
