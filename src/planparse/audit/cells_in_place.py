"""The cells of tables are where their text is: lines inside boxes, boxes in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.audit.findings import Check, Finding, shown
from planparse.audit.page_glyphs import stands_before
from planparse.model.geometry import Place
from planparse.model.table import Cell, Layout, Table, TextLine

# Points by which lines and boxes may overlap: borders are thick, double rulings are one border.
# Seen in digital plans: lines start 0.9 inside their cell, or more.
_SLACK = 3.0
# Font sizes of a line's start that must stand inside: text may hang out of its cell to the right.
_START = 0.5


def _line_in_cell(line: TextLine, cell: Cell) -> bool:
    start, middle = line.left + _START * line.font_size, line.runs[0].middle
    return any(
        place.page == line.page and place.box.holds(start, middle, _SLACK) for place in cell.boxes
    )


def _strays(cell: Cell) -> Iterator[Finding]:
    for line in cell.lines:
        if not _line_in_cell(line, cell):
            message = (
                f"the cell in row {cell.row + 1}, column {cell.column + 1} holds "
                f"{shown(line.glyphs)}, which stands outside it on page {line.page}"
            )
            yield Finding(Check.OUT_OF_CELL, message, line.page, line.box)


def _lines_in_order(cell: Cell) -> Iterator[Finding]:
    for above, below in pairwise(cell.lines):
        if stands_before(below.runs[0], above.runs[0]):
            message = (
                f"{shown(below.glyphs)} of page {below.page} stands above {shown(above.glyphs)}, "
                "which the cell puts before it"
            )
            yield Finding(Check.OUT_OF_ORDER, message, below.page, below.box)


def _out_of_place(cell: Cell, place: Place, beside: str) -> Finding:
    message = (
        f"the cell in row {cell.row + 1}, column {cell.column + 1}, {shown(cell.text)}, "
        f"stands {beside} on page {place.page}"
    )
    return Finding(Check.CELL_OUT_OF_PLACE, message, place.page, place.box)


def _rows_in_order(table: Table) -> Iterator[Finding]:
    """Yield cells below another one in the table, but not on the pages."""
    lowest: list[tuple[int, float]] = [(0, 0.0)] * (table.row_count + 1)
    for cell in table.cells:
        end = min(cell.row + cell.row_span, table.row_count)
        last = cell.boxes[-1]
        lowest[end] = max(lowest[end], (last.page, last.box.bottom))
    for row in range(table.row_count):
        lowest[row + 1] = max(lowest[row], lowest[row + 1])
    for cell in table.cells:
        first = cell.boxes[0]
        page, bottom = lowest[cell.row]
        if (first.page, first.box.top + _SLACK) < (page, bottom):
            yield _out_of_place(cell, first, "above the row before")


def _columns_in_order(table: Table) -> Iterator[Finding]:
    """Yield cells of one row and page that do not stand from left to right."""
    rightmost: dict[tuple[int, int], tuple[int, float]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        place = cell.boxes[0]
        key = (cell.row, place.page)
        if key in rightmost and place.box.left + _SLACK < rightmost[key][1]:
            yield _out_of_place(cell, place, "left of the column before")
        rightmost[key] = (cell.column, place.box.right)


def check_cells(layout: Layout) -> list[Finding]:
    """Return cells whose text or box is not where the table has it."""
    found: list[Finding] = []
    for table in layout.blocks:
        if isinstance(table, Table):
            found += _rows_in_order(table)
            found += _columns_in_order(table)
            for cell in table.cells:
                found += _strays(cell)
                found += _lines_in_order(cell)
    return found
