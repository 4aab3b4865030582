"""From the lines of one table to its cells: positions, walls between places, spans.

Rows too low for text are what page breaks leave of cells, no rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planparse.model.slots_record import slots_record
from planparse.model.table import TextLine
from planparse.tables.rulings import Line, LineGroup

# Double and triple rulings: lines this near are one border. No row or column is so narrow.
_SAME_BORDER = 4.5
# A wall stands where lines cover this part of the side between two places.
_COVERED = 0.7
# Lines that reach this far beyond the last crossing line leave the table open there.
_OPEN = 6.0


@slots_record
class Region:
    """A cell as places of the lattice."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The grid of one table on one page.

    ``xs`` and ``ys`` are the positions of its borders in points; ``regions`` its cells in reading
    order; ``owner[row][column]`` the index of the region that covers a place. ``open_below`` are
    the columns that no line closes at the lower end.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    owner: tuple[tuple[int, ...], ...]
    open_below: frozenset[int] = frozenset()


def _clusters(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines of one axis that are one border."""
    groups: list[list[Line]] = []
    for line in sorted(lines):
        if groups and line.position - groups[-1][-1].position <= _SAME_BORDER:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _position(group: list[Line]) -> float:
    return (group[0].position + group[-1].position) / 2


def _open_ends(positions: list[float], crossing: Sequence[Line]) -> tuple[list[float], int]:
    """Add a border where lines run on beyond the first or last one: tables open at a page end.

    Gives the positions and how many were added at the start.
    """
    added = 0
    before = [line.start for line in crossing if line.start < positions[0] - _OPEN]
    after = [line.end for line in crossing if line.end > positions[-1] + _OPEN]
    # One line across is enough where there is no other: the last row of a table on its last page.
    enough = min(2, len(crossing))
    if len(before) >= enough:
        positions = [min(before), *positions]
        added = 1
    if len(after) >= enough:
        positions = [*positions, max(after)]
    return positions, added


def _walls(
    groups: list[list[Line]], shift: int, count: int, along: list[float]
) -> list[list[bool]]:
    """Tell for each inner border and each stretch of ``along`` whether a line covers it.

    ``count`` borders in all, the groups being borders ``shift`` … ; others have no wall.
    """
    walls = [[False] * (len(along) - 1) for _ in range(count)]
    for at, group in enumerate(groups):
        for line in group:
            for place in range(len(along) - 1):
                low, high = along[place], along[place + 1]
                shared = min(high, line.end) - max(low, line.start)
                if shared >= _COVERED * (high - low):
                    walls[at + shift][place] = True
    return walls


def _grow(
    row: int, column: int, owner: list[list[int]], right: list[list[bool]], below: list[list[bool]]
) -> tuple[int, int]:
    """Give the spans of the cell that starts at a place: as wide, then as high as no wall is met.

    ``right[border][row]`` and ``below[border][column]`` are the walls.
    """
    rows, columns = len(owner), len(owner[0])
    width = 1
    while (
        column + width < columns
        and owner[row][column + width] < 0
        and not right[column + width][row]
    ):
        width += 1
    height = 1
    while row + height < rows:
        under = row + height
        inside = range(column, column + width)
        if any(below[under][at] or owner[under][at] >= 0 for at in inside):
            break
        if any(right[at][under] for at in range(column + 1, column + width)):
            break
        # A row below that runs on to the right belongs to a wider cell: not this rectangle.
        end = column + width
        if end < columns and not right[end][under] and owner[under][end] < 0:
            break
        height += 1
    return height, width


def build_lattice(group: LineGroup) -> Lattice | None:
    """Build the lattice of one group of lines; None where it has no two borders each way."""
    columns = _clusters(group.verticals)
    rows = _clusters(group.horizontals)
    xs, x_shift = _open_ends([_position(lines) for lines in columns], group.horizontals)
    ys, y_shift = _open_ends([_position(lines) for lines in rows], group.verticals)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = _walls(columns, x_shift, len(xs), ys)
    below = _walls(rows, y_shift, len(ys), xs)
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    regions: list[Region] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if owner[row][column] >= 0:
                continue
            height, width = _grow(row, column, owner, right, below)
            for r in range(row, row + height):
                for c in range(column, column + width):
                    owner[r][c] = len(regions)
            regions.append(Region(row, column, height, width))
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(regions),
        tuple(tuple(line) for line in owner),
        frozenset(column for column, closed in enumerate(below[-1]) if not closed),
    )


# A row lower than this part of the font size holds no line.
_TOO_LOW = 0.9

Lines = tuple[TextLine, ...]


def _slivers(lattice: Lattice, cells: Sequence[Lines]) -> list[int]:
    ys = lattice.ys
    size = min((line.font_size for lines in cells for line in lines), default=0.0)
    low = [row for row in range(len(ys) - 1) if ys[row + 1] - ys[row] < _TOO_LOW * size]
    if not low:
        return []
    told = {
        region.row
        for region, lines in zip(lattice.regions, cells, strict=True)
        if region.row_span == 1 and lines
    }
    return [row for row in low if row not in told]


def without_slivers(lattice: Lattice, cells: Sequence[Lines]) -> tuple[Lattice, list[Lines]]:
    """Give a table without its slivers: what stands below one, or above the last, is higher."""
    gone = _slivers(lattice, cells)
    rows = len(lattice.ys) - 1
    if not gone or len(gone) == rows:
        return lattice, list(cells)
    left = [row for row in range(rows) if row not in gone]
    places = {row: sum(1 for other in left if other < row) for row in range(rows + 1)}
    regions: list[Region] = []
    kept: list[Lines] = []
    for region, lines in zip(lattice.regions, cells, strict=True):
        start, end = places[region.row], places[region.row + region.row_span]
        if end > start:
            regions.append(Region(start, region.column, end - start, region.column_span))
            kept.append(lines)
    columns = len(lattice.xs) - 1
    owner = [[0] * columns for _ in left]
    for at, region in enumerate(regions):
        for row in range(region.row, region.row + region.row_span):
            owner[row][region.column : region.column + region.column_span] = [
                at
            ] * region.column_span
    # A row begins where the sliver above it did; the last one ends with the table.
    ys = [lattice.ys[0], *(lattice.ys[row + 1] for row in left[:-1]), lattice.ys[-1]]
    found = replace(
        lattice,
        ys=tuple(ys),
        regions=tuple(regions),
        owner=tuple(tuple(line) for line in owner),
    )
    return found, kept
