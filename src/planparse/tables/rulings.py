"""Ruling pieces become lines, and the lines of a page groups that touch: one per table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planparse.model.page import Axis, Ruling, Run

# Pieces of one line, in points: off by this much across it, apart by this much along it. A fifth
# less or more reads alike.
_ACROSS = 1.2
_APART = 3.0
# A line shorter than this, in points, borders no cell: corner squares, bars of drawn characters.
_SHORTEST = 8.0
# Lines that end this near to each other, in points, touch: Word leaves a corner square between
# pieces.
TOUCH = 4.0

# So many lines down the page of one height, met by none across, are one row of a table of three
# columns or more: spreadsheets leave a page open that one row fills. Two may be a page's border.
_FEWEST_OPEN = 4

# An underline stands this far below the em box of its text, in font sizes: from the base line on.
# Cells leave more room above their lower border.
_UNDER_FROM, _UNDER_TO = -0.14, 0.2
# It begins and ends with the glyphs, and spaces in it are at most so wide, in font sizes.
_UNDER_BEYOND, _UNDER_GAP = 0.6, 1.1


class Line(NamedTuple):
    """A whole line: ``position`` across it, ``start`` to ``end`` along it, in points."""

    position: float
    start: float
    end: float


def _merged(group: Sequence[Ruling]) -> list[Line]:
    """Return the lines that the pieces of one position make along their axis."""
    position = sum(ruling.position for ruling in group) / len(group)
    lines: list[Line] = []
    for ruling in sorted(group, key=lambda piece: piece.start):
        if lines and ruling.start <= lines[-1].end + _APART:
            lines[-1] = lines[-1]._replace(end=max(lines[-1].end, ruling.end))
        else:
            lines.append(Line(position, ruling.start, ruling.end))
    return [line for line in lines if line.end - line.start >= _SHORTEST]


def merge_rulings(rulings: Iterable[Ruling], axis: Axis) -> list[Line]:
    """Return the whole lines of one axis, by position."""
    pieces = [ruling for ruling in rulings if ruling.axis is axis]
    groups: list[list[Ruling]] = []
    for ruling in sorted(pieces, key=lambda piece: piece.position):
        if groups and ruling.position - groups[-1][0].position <= _ACROSS:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return [line for group in groups for line in _merged(group)]


def _meets_wall(line: Line, end: float, verticals: Sequence[Line]) -> bool:
    return any(
        abs(wall.position - end) <= TOUCH
        and wall.start - TOUCH <= line.position <= wall.end + TOUCH
        for wall in verticals
    )


def _is_underline(line: Line, verticals: Sequence[Line], runs: Iterable[Run]) -> bool:
    """Return True if text of a line's own extent stands right above it; a border meets walls."""
    above = [
        run
        for run in runs
        if not run.turn
        and _UNDER_FROM * run.font_size <= line.position - run.bottom <= _UNDER_TO * run.font_size
    ]
    edges = sorted(
        (left, right, run.font_size)
        for run in above
        for left, right in zip(run.lefts, run.rights, strict=True)
        if right > line.start and left < line.end
    )
    if not edges or edges[0][0] > line.start + _UNDER_BEYOND * edges[0][2]:
        return False
    if all(_meets_wall(line, end, verticals) for end in (line.start, line.end)):
        return False
    reached = edges[0][1]
    for left, right, size in edges:
        if left > reached + _UNDER_GAP * size:
            return False
        reached = max(reached, right)
    return line.end <= reached + _UNDER_BEYOND * edges[-1][2]


def without_underlines(
    horizontals: Iterable[Line], verticals: Sequence[Line], runs: Sequence[Run]
) -> list[Line]:
    """Return the level lines that are no underlines: a border meets walls at both ends."""
    return [line for line in horizontals if not _is_underline(line, verticals, runs)]


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


def connected_groups(horizontals: list[Line], verticals: list[Line]) -> list[LineGroup]:
    """Return the groups of lines that touch; lines of one axis alone are no table.

    Merged columns of a table that is open at the page's ends are met by no line across. Their
    borders are known by running from the same height to the same height as the others.
    """
    groups = [LineGroup([line], []) for line in horizontals]
    for vertical in verticals:
        joined, apart = LineGroup([], [vertical]), []
        for group in groups:
            if any(_touch(line, vertical) for line in group.horizontals) or any(
                _same_stretch(line, vertical) for line in group.verticals
            ):
                joined = LineGroup(
                    joined.horizontals + group.horizontals, group.verticals + joined.verticals
                )
            else:
                apart.append(group)
        groups = [*apart, joined]
    closed = [_with_ends(group) for group in groups]
    return [group for group in closed if group.horizontals and group.verticals]


def _with_ends(group: LineGroup) -> LineGroup:
    """Return a group with borders above and below a page that one open row of a table fills."""
    verticals = group.verticals
    if group.horizontals or len(verticals) < _FEWEST_OPEN:
        return group
    top, bottom = verticals[0].start, verticals[0].end
    left = min(line.position for line in verticals)
    right = max(line.position for line in verticals)
    return LineGroup([Line(top, left, right), Line(bottom, left, right)], verticals)
