"""Rows too low for a line that hold no text: no rows, but what page breaks leave of cells.

Browsers that draw each cell with a border of its own cut each cell by itself: what is left of it on
top of a page may be lower than a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.datamodel.layout import TextLine
from planparse.grid.lattice import Lattice, Region

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
