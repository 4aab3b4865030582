"""Find a table's heading rows, and end the heading cells that are merged down beside the body.

Minutes and forms print a label beside all of a table, from its heading row to its last: the heading
is the heading row alone, and what stands beside the label are rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.lexicon.headings import LONGEST_HEADING, role_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import find_label, is_counter
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine, join_lines

# Headings stand in the first rows; a title row and a row of sub-headings may be among them.
_SEARCHED_ROWS = 5
# Roles that a heading row names at least, that of the practices among them.
FEWEST_ROLES = 2
# Columns that a row of new words must head at least.
_FEWEST_NOVEL = 3
# A row that counts the columns, all of them, and at least so many.
_FEWEST_COUNTED = 3


def heading_row(rules: Rules, table: Table) -> int | None:
    """Return the row that names most columns, one of practices among them; None without one."""
    best: tuple[int, int] | None = None
    for row in range(min(_SEARCHED_ROWS, table.row_count)):
        roles = {role_of_heading(rules.headings, cell.text) for cell in _filled(table, row)}
        roles.discard(None)
        enough = max(FEWEST_ROLES, 0 if best is None else best[0] + 1)
        if ColumnRole.PRACTICE in roles and len(roles) >= enough:
            best = (len(roles), row)
    return None if best is None else best[1]


def novel_heading_row(rules: Rules, table: Table) -> int | None:
    """Return the row that may head columns in words that no rule knows; None without one.

    It is the one that names a column of practices, else the first that has a short text without
    a number above each column.
    """
    rows = range(min(_SEARCHED_ROWS, table.row_count - 1))
    for row in rows:
        cells = _filled(table, row)
        roles = [role_of_heading(rules.headings, cell.text) for cell in cells]
        if len(cells) > 1 and ColumnRole.PRACTICE in roles:
            return row
    return next((row for row in rows if _may_head(rules, table, _filled(table, row))), None)


def _filled(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row == row and cell.lines]


def _may_head(rules: Rules, table: Table, cells: Sequence[Cell]) -> bool:
    if len(cells) < _FEWEST_NOVEL or sum(cell.column_span for cell in cells) < table.column_count:
        return False
    return all(
        len(text) <= LONGEST_HEADING
        and text[-1] not in SENTENCE_ENDS
        and find_label(rules.numbering, text) is None
        for text in ("".join(line.glyphs for line in cell.lines) for cell in cells)
    )


def stack(upper: Table, lower: Table, heading: int) -> Table:
    """Return a table with the rows of two; ``heading``: the lower one's begin below that row."""
    body = [cell for cell in lower.cells if cell.row > heading]
    moved = tuple(replace(cell, row=cell.row + upper.row_count) for cell in body)
    count = upper.row_count + lower.row_count
    return replace(upper, row_count=count, cells=upper.cells + moved)


def body_row(rules: Rules, table: Table, row: int) -> int:
    """Return the first row below the headings.

    Below wide headings (承辦部門) a row may name their columns, with nothing beside it.
    """
    heads = [cell for cell in table.cells if cell.row == row]
    end = max(cell.row + cell.row_span for cell in heads)
    wide = {
        column
        for cell in heads
        if cell.column_span > 1
        and role_of_heading(rules.headings, cell.text) is not ColumnRole.PRACTICE
        for column in range(cell.column, cell.column + cell.column_span)
    }
    below = {cell.column for cell in _filled(table, end)}
    named = len(below) > 1 and below <= wide and end + 1 < table.row_count
    return end + 1 if named else end


def counters(table: Table, row: int) -> list[Cell]:
    """Return the cells of a row below the headings that only counts the columns: (A) (B) (C)."""
    cells = [cell for cell in table.cells if cell.row == row]
    texts = {cell.text for cell in cells}
    counted = all(is_counter(text) for text in texts)
    alone = all(cell.row_span == 1 for cell in cells)
    return cells if counted and alone and len(texts) == len(cells) >= _FEWEST_COUNTED else []


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
