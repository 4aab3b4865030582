"""Cells that begin in a table's heading row and are merged downwards: their text is the body's.

Minutes and forms print a label beside all of a table, from its heading row to its last: the heading
is the heading row alone, and what stands beside the label are rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.lexicon.headings import role_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine, join_lines
from planparse.plans.column_roles import heading_row


def _heading_end(rules: Rules, table: Table, row: int) -> int:
    """Return the first row below the headings in a row: the practice column's ends it."""
    return max(
        cell.row + cell.row_span
        for cell in table.cells
        if cell.row == row and role_of_heading(rules.headings, cell.text) is ColumnRole.PRACTICE
    )


def _heading_lines(rules: Rules, lines: Sequence[TextLine]) -> int:
    """Return how many lines of a merged cell are a known heading: all, the first ones or none."""
    return next(
        (
            count
            for count in range(len(lines), 0, -1)
            if role_of_heading(rules.headings, join_lines(list(lines[:count]))) is not None
        ),
        0,
    )


def pare_headings(rules: Rules, table: Table) -> tuple[Table, list[Cell]]:
    """Return a table whose heading cells end with its heading rows, and the labels cut from them.

    The part of a cell below them is a cell of the body, with the lines that are no heading. It is
    a label where no line is one.
    """
    row = heading_row(rules, table)
    if row is None:
        return table, []
    end = _heading_end(rules, table, row)
    cells: list[Cell] = []
    labels: list[Cell] = []
    for cell in table.cells:
        if not row <= cell.row < end < cell.row + cell.row_span:
            cells.append(cell)
            continue
        count = _heading_lines(rules, cell.lines)
        upper = replace(cell, row_span=end - cell.row, lines=cell.lines[:count])
        rest = cell.row + cell.row_span - end
        lower = replace(cell, row=end, row_span=rest, lines=cell.lines[count:])
        cells += [upper, lower]
        if lower.lines and not upper.lines:
            labels.append(lower)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(table, cells=tuple(cells)), labels
