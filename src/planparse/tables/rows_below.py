"""Text of cells that stands below the rules of a page: the next page draws their borders alone.

Browsers set a merged cell's first line at a page's end although all that stands beside it, and
every border, goes to the next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from planparse.lexicon.headings import is_footnote, is_turned_over
from planparse.model.page import Run
from planparse.model.table import TextLine
from planparse.tables.lattice import Lattice, Region
from planparse.tables.page_joins import shift_between
from planparse.tables.page_tables import PageBlocks, PageTable
from planparse.tables.text_lines import group_lines

# Lines of a cell, and its first one and the border, are no further apart, in font sizes: what
# stands further below a table is text.
_NEXT_LINE = 1.0
# Glyphs reach over a border by so many points at most.
_BESIDE = 1.0


def take_rows_below(pages: Sequence[PageBlocks]) -> list[PageBlocks]:
    """Return the pages, with text right below a page's last table in the cells that it belongs to.

    It does only where the table goes on, and each text below it stands in a column of its own.
    """
    found = list(pages)
    for at, (before, after) in enumerate(pairwise(pages)):
        if not before.tables or not after.tables or not _goes_on(before, after):
            continue
        below = _lines_below(before)
        columns = _columns(before.tables[-1], below)
        if columns and set(columns) != {0}:
            found[at] = _with_text(before, below, columns)
    return found


def _goes_on(before: PageBlocks, after: PageBlocks) -> bool:
    earlier, later = before.tables[-1].lattice, after.tables[0].lattice
    return (
        after.page.number == before.page.number + 1
        and shift_between(earlier.xs, later.xs) is not None
    )


def _lines_below(blocks: PageBlocks) -> list[TextLine]:
    """Return the lines that follow a page's last table line by line; none if other text does."""
    bottom = blocks.tables[-1].box.bottom
    lines = sorted(
        (line for line in blocks.lines if line.middle > bottom and not is_turned_over(line.glyphs)),
        key=lambda line: line.top,
    )
    for line in lines:
        if line.top - bottom > _NEXT_LINE * line.font_size or is_footnote(line.glyphs):
            return []
        bottom = max(bottom, line.bottom)
    return lines


def _columns(table: PageTable, lines: Sequence[TextLine]) -> list[int]:
    """Return the columns in which the lines' runs stand; none if one stands in no column."""
    xs = table.lattice.xs
    found: list[int] = []
    for run in (run for line in lines for run in line.runs):
        within = [
            at
            for at, (left, right) in enumerate(pairwise(xs))
            if left - _BESIDE <= run.left and run.right <= right + _BESIDE
        ]
        if not within:
            return []
        found += within[:1]
    return found


def _with_text(blocks: PageBlocks, below: Sequence[TextLine], columns: Sequence[int]) -> PageBlocks:
    """Return a page whose last table holds the runs below it, which stand in these columns.

    No line ends an open cell: they are its text. Below a closed one they begin a further row.
    """
    table = blocks.tables[-1]
    lattice = table.lattice
    bottom = max(line.bottom for line in below)
    regions, lines = list(lattice.regions), list(table.lines)
    ys = (*lattice.ys[:-1], bottom)
    begun = not lattice.open_below.issuperset(columns)
    if begun:
        ys = (*lattice.ys, bottom)
        row = len(lattice.ys) - 1
        for at, region in enumerate(lattice.regions):
            if region.row_end == row and region.column in lattice.open_below:
                regions[at] = replace(region, row_span=region.row_span + 1)
        closed = [at for at in range(len(lattice.xs) - 1) if not _is_open(lattice, at)]
        regions += [Region(row, at, 1, 1) for at in closed]
        lines += [()] * len(closed)
    longer = replace(lattice, ys=ys, regions=tuple(regions))
    for column in sorted(set(columns)):
        cell = longer.owner[-1][column]
        lines[cell] += tuple(group_lines(_runs_in(below, columns, column)))
    taken = replace(table, lattice=longer, lines=tuple(lines), begun_below=begun)
    gone = {id(line) for line in below}
    rest = tuple(line for line in blocks.lines if id(line) not in gone)
    return replace(blocks, tables=(*blocks.tables[:-1], taken), lines=rest)


def _is_open(lattice: Lattice, column: int) -> bool:
    """Return True if no line ends the cell of a column in the last row."""
    return lattice.regions[lattice.owner[-1][column]].column in lattice.open_below


def _runs_in(below: Sequence[TextLine], columns: Sequence[int], column: int) -> list[Run]:
    runs = [run for line in below for run in line.runs]
    return [run for run, own in zip(runs, columns, strict=True) if own == column]
