"""Restore the outer columns of a page's part whose borders only the page before shows.

A table without outer rulings that is open at the page's ends shows no border at all of a first
column whose one cell runs through the page: its text would stand outside the table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from planparse.model.table import TextLine
from planparse.tables.lattice import Lattice, Region
from planparse.tables.page_joins import SAME_EDGE
from planparse.tables.page_tables import PageBlocks, PageTable

# Lines further apart than this part of the font size are two labels. 0.72 and 1.08 read alike.
_APART = 0.9


def _missing(theirs: Sequence[float], table: PageTable) -> tuple[list[float], list[float]]:
    """Return the borders left and right of the part that only the parts before have."""
    ours = table.lattice.xs
    shared = [x for x in ours if any(abs(x - edge) <= SAME_EDGE for edge in theirs)]
    if len(shared) < len(ours) - 1 or len(ours) < 3:
        return [], []
    left = [x for x in theirs if x < ours[0] - SAME_EDGE]
    right = [x for x in theirs if x > ours[-1] + SAME_EDGE]
    return left, right


def _stray(blocks: PageBlocks, table: PageTable, low: float, high: float) -> list[TextLine]:
    """Return the lines beside the part that stand wholly between two positions."""
    top, bottom = table.lattice.ys[0], table.lattice.ys[-1]
    return [
        line
        for line in blocks.lines
        if top <= line.middle <= bottom and low - SAME_EDGE <= line.left and line.right <= high
    ]


def _labels(lines: Sequence[TextLine], ys: Sequence[float]) -> list[tuple[int, list[TextLine]]]:
    """Return a column's lines by the label that they print, with the row that each starts in.

    A label at the top of a row starts there: what is above goes on from the page before. One that
    does not stand at the top of a row is taken to hold for all rows from the one before it.
    """
    found: list[tuple[int, list[TextLine]]] = [(0, [])]
    for line in lines:
        row = min(max(bisect_right(ys, line.middle) - 1, 0), len(ys) - 2)
        group = found[-1][1]
        apart = not group or line.top - group[-1].bottom > _APART * line.font_size
        if row > found[-1][0] and apart and line.top - ys[row] <= line.font_size:
            found.append((row, [line]))
        else:
            group.append(line)
    return found


def _widened(
    table: PageTable, left: list[float], right: list[float], lines: list[TextLine]
) -> PageTable:
    """Add the missing columns, and put the lines into them."""
    old = table.lattice
    xs = (*left, *old.xs, *right)
    rows = len(old.ys) - 1
    cells = [
        (Region(region.row, region.column + len(left), region.row_span, region.column_span), inside)
        for region, inside in table.cells
    ]
    added = (*range(len(left)), *range(len(xs) - 1 - len(right), len(xs) - 1))
    for column in added:
        inside = [
            line for line in lines if bisect_right(xs, (line.left + line.right) / 2) - 1 == column
        ]
        labels = _labels(inside, old.ys)
        ends = [row for row, _ in labels[1:]] + [rows]
        cells += [
            (Region(row, column, end - row, 1), tuple(label))
            for (row, label), end in zip(labels, ends, strict=True)
        ]
    cells.sort(key=lambda cell: (cell[0].row, cell[0].column))
    lattice = Lattice(
        xs,
        old.ys,
        tuple(region for region, _ in cells),
        # A column whose borders are not drawn has none below either.
        frozenset((*added, *(column + len(left) for column in old.open_below))),
    )
    return PageTable(table.page, lattice, tuple(inside for _, inside in cells))


def restore_borders(pages: Sequence[PageBlocks]) -> list[PageBlocks]:
    """Widen the first table of each page where text stands in a column that lost its borders."""
    found: list[PageBlocks] = []
    borders: tuple[float, ...] = ()
    for blocks in pages:
        widened = _restored(borders, blocks) if borders and blocks.tables else blocks
        found.append(widened)
        if widened.tables:
            last = widened.tables[-1]
            left, right = _missing(borders, last)
            # A page that shows fewer borders, and no text beyond them, hides what was known.
            borders = (*left, *last.lattice.xs, *right)
        else:
            borders = ()
    return found


def _restored(borders: Sequence[float], blocks: PageBlocks) -> PageBlocks:
    table = blocks.tables[0]
    left, right = _missing(borders, table)
    lines: list[TextLine] = []
    if left:
        lines += _stray(blocks, table, left[0], table.lattice.xs[0])
    if right:
        lines += _stray(blocks, table, table.lattice.xs[-1], right[-1])
    if not lines:
        return blocks
    taken = {id(line) for line in lines}
    rest = tuple(line for line in blocks.lines if id(line) not in taken)
    tables = (_widened(table, left, right, lines), *blocks.tables[1:])
    return PageBlocks(blocks.page, tables, rest)
