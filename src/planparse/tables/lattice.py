"""From the lines of one table to its cells: positions, walls between places, spans.

Rows too low for text are what page breaks leave of cells, no rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from planparse.model.geometry import Box
from planparse.model.slots_record import slots_record
from planparse.model.table import TextLine
from planparse.tables.rulings import Line, LineGroup

# Double and triple rulings: lines this near, in points, are one border; no row or column is so
# narrow. 3.6 and 5.4 change the problems of one plan each, no row.
_SAME_BORDER = 4.5
# A wall stands where lines cover this part of the side between two places. 0.7 to 0.84 read alike;
# at 0.56 two plans have other problems.
_COVERED = 0.7
# Lines that reach this far, in points, beyond the last crossing line leave the table open there. 5
# and 7 read alike: a line is up to 3 wide, a row 12 high and more.
_OPEN = 6.0


@slots_record
class Region:
    """A cell as places of the lattice."""

    row: int
    column: int
    row_span: int
    column_span: int

    @property
    def row_end(self) -> int:
        """The row below the last one that the cell covers."""
        return self.row + self.row_span

    @property
    def column_end(self) -> int:
        """The column right of the last one that the cell covers."""
        return self.column + self.column_span


@dataclass(frozen=True, slots=True)
class Lattice:
    """The grid of one table on one page.

    ``xs`` and ``ys`` are the positions of its borders in points; ``regions`` its cells in reading
    order; ``open_below`` are the columns that no line closes at the lower end.
    ``owner[row][column]`` is the index of the region that covers a place.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    open_below: frozenset[int] = frozenset()
    owner: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        owner = [[0] * (len(self.xs) - 1) for _ in self.ys[1:]]
        for at, region in enumerate(self.regions):
            for row in range(region.row, region.row_end):
                owner[row][region.column : region.column_end] = [at] * region.column_span
        object.__setattr__(self, "owner", tuple(map(tuple, owner)))

    @property
    def box(self) -> Box:
        """Box around the borders."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def _clusters(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of one axis by the border that they are."""
    groups: list[list[Line]] = []
    for line in sorted(lines):
        if groups and line.position - groups[-1][-1].position <= _SAME_BORDER:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _positions(borders: list[list[Line]], crossing: Sequence[Line]) -> list[float]:
    """Return the borders' positions.

    An empty border is added to ``borders`` where lines run on beyond the first or the last one:
    tables are open at a page's end.
    """
    positions = [(lines[0].position + lines[-1].position) / 2 for lines in borders]
    before = [line.start for line in crossing if line.start < positions[0] - _OPEN]
    after = [line.end for line in crossing if line.end > positions[-1] + _OPEN]
    # One line across is enough where there is no other: the last row of a table on its last page.
    enough = min(2, len(crossing))
    if len(before) >= enough:
        positions.insert(0, min(before))
        borders.insert(0, [])
    if len(after) >= enough:
        positions.append(max(after))
        borders.append([])
    return positions


Walls = AbstractSet[tuple[int, int]]


def _walls(borders: Sequence[Sequence[Line]], along: Sequence[float]) -> Walls:
    """Return (border, place) wherever a line covers the side between two places.

    ``along`` are the positions between which the places of the other axis lie.
    """
    walls = set()
    for border, lines in enumerate(borders):
        for line, place in product(lines, range(len(along) - 1)):
            low, high = along[place], along[place + 1]
            if min(high, line.end) - max(low, line.start) >= _COVERED * (high - low):
                walls.add((border, place))
    return walls


def _cell_at(row: int, column: int, free: Walls, right: Walls, below: Walls) -> Region:
    """Return the cell that starts at a place: as wide, then as high as no wall is met.

    ``free`` are the places of no cell yet; ``right`` has (border, row), ``below`` (border, column).
    """
    end = column + 1
    while (row, end) in free and (end, row) not in right:
        end += 1
    low = row + 1
    while all((low, at) in free and (low, at) not in below for at in range(column, end)):
        if any((at, low) in right for at in range(column + 1, end)):
            break
        # A row below that runs on to the right belongs to a wider cell: not this rectangle.
        if (end, low) not in right and (low, end) in free:
            break
        low += 1
    return Region(row, column, low - row, end - column)


def build_lattice(group: LineGroup) -> Lattice | None:
    """Build the lattice of one group of lines; None where it has no two borders each way."""
    columns, rows = _clusters(group.verticals), _clusters(group.horizontals)
    xs = _positions(columns, group.horizontals)
    ys = _positions(rows, group.verticals)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right, below = _walls(columns, ys), _walls(rows, xs)
    places = list(product(range(len(ys) - 1), range(len(xs) - 1)))
    free = set(places)
    regions: list[Region] = []
    for row, column in places:
        if (row, column) in free:
            region = _cell_at(row, column, free, right, below)
            free -= set(product(range(row, region.row_end), range(column, region.column_end)))
            regions.append(region)
    closed = {column for border, column in below if border == len(ys) - 1}
    return Lattice(tuple(xs), tuple(ys), tuple(regions), frozenset(range(len(xs) - 1)) - closed)


# A row lower than this part of the font size holds no line. 0.72 to 1.08 read alike.
_TOO_LOW = 0.9

Lines = tuple[TextLine, ...]


def _row_remnants(lattice: Lattice, cells: Sequence[Lines]) -> set[int]:
    """Return the rows too low for a line that have no text of their own."""
    size = min((line.font_size for lines in cells for line in lines), default=0.0)
    low = {
        row
        for row, (top, bottom) in enumerate(pairwise(lattice.ys))
        if bottom - top < _TOO_LOW * size
    }
    filled = zip(lattice.regions, cells, strict=True)
    return low - {region.row for region, lines in filled if region.row_span == 1 and lines}


def without_row_remnants(lattice: Lattice, cells: list[Lines]) -> tuple[Lattice, list[Lines]]:
    """Return a table without its empty remnants of rows, and the lines of its cells."""
    return without_rows(lattice, cells, _row_remnants(lattice, cells))


def without_rows(
    lattice: Lattice, cells: list[Lines], gone: AbstractSet[int]
) -> tuple[Lattice, list[Lines]]:
    """Return a table without some rows, and the lines of its cells; all of them if none is left.

    What stands below such a row, or above the last one, becomes higher.
    """
    left = [row for row in range(len(lattice.ys) - 1) if row not in gone]
    if not gone or not left:
        return lattice, cells
    regions: list[Region] = []
    kept: list[Lines] = []
    for region, lines in zip(lattice.regions, cells, strict=True):
        start, end = bisect_left(left, region.row), bisect_left(left, region.row_end)
        if end > start:
            regions.append(Region(start, region.column, end - start, region.column_span))
            kept.append(lines)
    # A row begins where the remnant above it did; the last one ends with the table.
    ys = (lattice.ys[0], *(lattice.ys[row + 1] for row in left[:-1]), lattice.ys[-1])
    return replace(lattice, ys=ys, regions=tuple(regions)), kept
