"""Cells that begin in a table's heading row and are merged downwards: their text is the body's.

Minutes and forms print a label beside all of a table, from its heading row to its last: the heading
is the heading row alone, and what stands beside the label are rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planparse.lexicon.headings import LONGEST_HEADING, role_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import find_label
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.table import Cell, Table, TextLine, join_lines
from planparse.plans.column_roles import Heading, heading_row

# Beyond so many glyphs a heading holds text of the body. The longest of the known plans, with its
# sub-headings and counters, has 12; headings in two languages have up to 40.
_MOST_GLYPHS = 60


@dataclass(frozen=True, slots=True)
class ParedTable:
    """A table whose headings end with its heading rows; ``labels`` are the cells that were cut."""

    table: Table
    labels: tuple[Cell, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """The columns that have a label instead of a heading."""
        return [
            Problem(
                ProblemCode.HEADING_UNKNOWN,
                Severity.WARNING,
                Stage.SEGMENT,
                f"the column of 「{cell.text}」 has no heading: its cell begins beside headings "
                "and goes on beside the rows; its text is kept in extras",
                page=cell.lines[0].page,
                box=cell.lines[0].box,
            )
            for cell in self.labels
        ]


def _is_sub_heading(rules: Rules, cell: Cell, headings: Sequence[Cell]) -> bool:
    """Return True if a cell may be a heading under a wider one: 主辦｜協辦 under 承辦部門."""
    text = cell.text
    if role_of_heading(rules.headings, text) is not None:
        return True
    if len(text) > LONGEST_HEADING or text[-1] in SENTENCE_ENDS:
        return False
    if find_label(rules.numbering, text) is not None:
        return False
    over = [one for one in headings if one.column <= cell.column < one.column + one.column_span]
    return any(one.column_span > cell.column_span for one in over)


def _heading_end(rules: Rules, table: Table, row: int) -> int:
    """Return the first row below the headings that begin in a row.

    The practice column's heading ends it, but for rows of sub-headings beside higher headings.
    """
    headings = [cell for cell in table.cells if cell.row == row]
    practice = [
        cell
        for cell in headings
        if role_of_heading(rules.headings, cell.text) is ColumnRole.PRACTICE
    ]
    end = max(cell.row + cell.row_span for cell in practice)
    last = max(cell.row + cell.row_span for cell in headings)
    while end < last:
        below = [cell for cell in table.cells if cell.row == end and cell.lines]
        if not all(_is_sub_heading(rules, cell, headings) for cell in below):
            break
        end += 1
    return end


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


def pare_headings(rules: Rules, table: Table) -> ParedTable:
    """Return a table whose heading cells end with its heading rows.

    The part of a cell below them is a cell of the body, with the lines that are no heading.
    """
    row = heading_row(rules, table)
    if row is None:
        return ParedTable(table)
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
    if len(cells) == len(table.cells):
        return ParedTable(table)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return ParedTable(replace(table, cells=tuple(cells)), tuple(labels))


def long_heading_problems(headings: Sequence[Heading]) -> list[Problem]:
    """Return a problem for each heading that holds so much text that it must be the body's."""
    problems = []
    for heading in headings:
        glyphs = sum(len(line.glyphs) for line in heading.lines)
        if glyphs > _MOST_GLYPHS:
            # All of it: this message is the only place of the dataset that keeps it.
            text = join_lines(list(heading.lines))
            message = f"「{text}」 is taken for a heading and is in no record; look at the page"
            problems.append(
                Problem(
                    ProblemCode.TEXT_OUTSIDE_CELL,
                    Severity.WARNING,
                    Stage.SEGMENT,
                    message,
                    page=heading.lines[0].page,
                    box=heading.lines[0].box,
                )
            )
    return problems
