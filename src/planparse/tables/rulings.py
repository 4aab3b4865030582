"""Merge ruling pieces into lines, and part the lines of a page into connected groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planparse.model.page import Axis, Ruling

# Pieces of one line: off by this much across it, apart by this much along it.
_ACROSS = 1.2
_APART = 3.0
# A shorter line borders no cell: corner squares, the bars of a drawn character.
_SHORTEST = 8.0
# Lines that end this near to each other touch: Word leaves a corner square between pieces.
TOUCH = 4.0

# So many lines down the page of one height, met by none across, are one row of a table.
_FEWEST_OPEN = 4


class Line(NamedTuple):
    """A whole line: ``position`` across it, ``start`` to ``end`` along it, in points."""

    position: float
    start: float
    end: float


def _merged(group: list[Ruling]) -> list[Line]:
    """Merge the pieces of one position along their axis."""
    position = sum(ruling.position for ruling in group) / len(group)
    lines: list[Line] = []
    start, end = group[0].start, group[0].end
    for ruling in group[1:]:
        if ruling.start <= end + _APART:
            end = max(end, ruling.end)
        else:
            lines.append(Line(position, start, end))
            start, end = ruling.start, ruling.end
    lines.append(Line(position, start, end))
    return [line for line in lines if line.end - line.start >= _SHORTEST]


def merge_rulings(rulings: Iterable[Ruling], axis: Axis) -> list[Line]:
    """Give the whole lines of one axis, by position."""
    pieces = sorted(
        [ruling for ruling in rulings if ruling.axis is axis], key=lambda ruling: ruling.position
    )
    lines: list[Line] = []
    group: list[Ruling] = []
    for ruling in pieces:
        if group and ruling.position - group[0].position > _ACROSS:
            group.sort(key=lambda piece: piece.start)
            lines += _merged(group)
            group = []
        group.append(ruling)
    if group:
        group.sort(key=lambda piece: piece.start)
        lines += _merged(group)
    return lines


class LineGroup(NamedTuple):
    """Lines that touch each other: the borders of one table."""

    horizontals: list[Line]
    verticals: list[Line]


def _touch(horizontal: Line, vertical: Line) -> bool:
    return (
        horizontal.start - TOUCH <= vertical.position <= horizontal.end + TOUCH
        and vertical.start - TOUCH <= horizontal.position <= vertical.end + TOUCH
    )


def _same_stretch(one: Line, other: Line) -> bool:
    return abs(one.start - other.start) <= TOUCH and abs(one.end - other.end) <= TOUCH


def _find(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _linked(horizontals: list[Line], verticals: list[Line]) -> list[int]:
    """Give for each line (horizontals first) a line of its group, the same for the whole group."""
    offset = len(horizontals)
    parents = list(range(offset + len(verticals)))
    for at, horizontal in enumerate(horizontals):
        for other, vertical in enumerate(verticals):
            if _touch(horizontal, vertical):
                parents[_find(parents, at)] = _find(parents, offset + other)
    # Merged columns of a table that is open at the page's ends are met by no line across: their
    # borders are known by running from the same height to the same height as the others.
    for at, vertical in enumerate(verticals):
        for other in range(at):
            if _same_stretch(vertical, verticals[other]):
                parents[_find(parents, offset + at)] = _find(parents, offset + other)
    return [_find(parents, at) for at in range(len(parents))]


def connected_groups(horizontals: list[Line], verticals: list[Line]) -> list[LineGroup]:
    """Part lines into groups that touch; a group without both axes is no table and left out."""
    offset = len(horizontals)
    groups: dict[int, LineGroup] = {}
    for at, root in enumerate(_linked(horizontals, verticals)):
        group = groups.setdefault(root, LineGroup([], []))
        if at < offset:
            group.horizontals.append(horizontals[at])
        else:
            group.verticals.append(verticals[at - offset])
    closed = [_with_ends(group) for group in groups.values()]
    return [group for group in closed if group.horizontals and group.verticals]


def _with_ends(group: LineGroup) -> LineGroup:
    """Close a page that one row of a table fills, open above and below."""
    verticals = group.verticals
    if group.horizontals or len(verticals) < _FEWEST_OPEN:
        return group
    top, bottom = verticals[0].start, verticals[0].end
    left = min(line.position for line in verticals)
    right = max(line.position for line in verticals)
    return LineGroup([Line(top, left, right), Line(bottom, left, right)], verticals)
