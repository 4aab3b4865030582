"""The lowest heading above each column of a table: the role that it names, and what it heads.

One heading may stand over several columns: tasks and practices, numbers and their texts, the
departments or the quarters among which marks choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planparse.lexicon.departments import is_known
from planparse.lexicon.headings import NESTED_ROLES, role_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.marks import times_of_headings
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.column_contents import Content, column_content

# A column of numbers holds hardly anything else; nor does one of marks.
_MOSTLY = 0.9
_DEPARTMENTS = (ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT)


@dataclass(frozen=True, slots=True)
class Choice:
    """A column whose cells choose what its heading names by a mark: a department or a time."""

    role: ColumnRole
    lines: tuple[TextLine, ...]


@dataclass(slots=True)
class Leaf:
    """A column and its lowest heading cell with text (None: it has none).

    ``own`` is the role that this cell names, ``higher`` that of the cells above it, the lowest of
    which is ``over``. ``parted``: body cells part the column from the next one under the cell.
    ``learned``: another table of the document shows what the heading means.
    ``numbers``: it holds the numbers of the texts to its right.
    """

    cell: Cell | None
    over: Cell | None
    own: ColumnRole | None
    higher: ColumnRole | None
    content: Content
    parted: bool = False
    learned: bool = False
    choice: Choice | None = None
    numbers: bool = False

    @property
    def named(self) -> ColumnRole | None:
        """The role that its headings name, the lowest that names one; None if none does."""
        return self.own or self.higher

    @property
    def text(self) -> str:
        """The text of its lowest heading, empty where there is none."""
        return "" if self.cell is None else self.cell.text


def _end(cell: Cell) -> int:
    return cell.column + cell.column_span


def over(cells: Iterable[Cell], column: int) -> list[Cell]:
    """Return the cells with text above a column, from top to bottom."""
    found = [cell for cell in cells if cell.lines and cell.column <= column < _end(cell)]
    return sorted(found, key=lambda cell: cell.row)


def read_leaves(rules: Rules, table: Table, cells: Sequence[Cell], first_row: int) -> list[Leaf]:
    """Return the leaf of each column; ``cells`` are those of the heading rows."""
    body = [cell for cell in table.cells if cell.row >= first_row]
    leaves: list[Leaf] = []
    for column in range(table.column_count):
        above = over(cells, column)
        roles = [role_of_heading(rules.headings, cell.text) for cell in above]
        leaf = above[-1] if above else None
        end = column + 1 if leaf is None else _end(leaf)
        own = [cell for cell in body if cell.column == column and _end(cell) <= end]
        start = column if leaf is None else leaf.column
        parted = any(cell.lines and cell.column == start and _end(cell) < end for cell in body)
        if parted and column < end - 1:
            own = [cell for cell in own if _end(cell) < end]
        leaves.append(
            Leaf(
                leaf,
                above[-2] if len(above) > 1 else None,
                roles[-1] if roles else None,
                next((role for role in reversed(roles[:-1]) if role is not None), None),
                column_content(rules, own),
                parted and column < end - 1,
                leaf is not None and rules.headings.is_learned(leaf.text),
            )
        )
    _part_practice(leaves)
    _find_departments(rules, leaves)
    _find_times(rules, leaves)
    return leaves


def _part_practice(leaves: Sequence[Leaf]) -> None:
    """Part the columns under one heading, and keep the last of several practice headings.

    具體作法 may stand over numbers and texts, or over the task and the practice proper. Columns
    without text of their own are remnants, or belong to rows of another kind: 申請單位｜…公司.
    """
    for leaf, right in pairwise(leaves):
        one = leaf.parted or leaf.cell is None
        if right.named not in NESTED_ROLES or not _numbers_texts(leaf.content, right.content):
            one = False
        if one:
            leaf.own, leaf.numbers = right.named, True
        elif leaf.parted and leaf.named is ColumnRole.PRACTICE:
            leaf.own = ColumnRole.TASK
    practice = [leaf for leaf in leaves if leaf.named is ColumnRole.PRACTICE and not leaf.numbers]
    for leaf in practice:
        if leaf.cell is not None and leaf.cell is not practice[-1].cell:
            leaf.own = ColumnRole.TASK


def _numbers_texts(numbers: Content, texts: Content) -> bool:
    return numbers.numbers >= _MOSTLY and not numbers.marks and texts.numbers < 1 - _MOSTLY


def _find_departments(rules: Rules, leaves: Sequence[Leaf]) -> None:
    """Note the columns under the names of departments, among which marks choose."""
    found = [
        leaf
        for leaf in leaves
        if leaf.own is None
        and leaf.cell is not None
        and (leaf.content.marks >= _MOSTLY or not leaf.content.cells)
        and (
            leaf.higher in _DEPARTMENTS
            or (leaf.higher is None and is_known(rules.departments, leaf.text))
        )
    ]
    if len(found) < 2 or not any(leaf.content.marks for leaf in found):
        return
    for leaf in found:
        role = leaf.higher or ColumnRole.DEPARTMENT
        leaf.own = role
        leaf.choice = Choice(role, () if leaf.cell is None else leaf.cell.lines)


def _find_times(rules: Rules, leaves: Sequence[Leaf]) -> None:
    """Note the columns under quarters or months, in which marks stand for periods."""
    free = [
        leaf.own is None and leaf.higher in (None, ColumnRole.PERIOD) and leaf.cell is not None
        for leaf in leaves
    ]
    texts = [leaf.text if open_ else "" for leaf, open_ in zip(leaves, free, strict=True)]
    times = times_of_headings(texts, rules.periods)
    if sum(time is not None for time in times) < 2:
        return
    for leaf, time in zip(leaves, times, strict=True):
        if time is not None and leaf.cell is not None:
            leaf.own = ColumnRole.EXTRA
            leaf.choice = Choice(ColumnRole.PERIOD, leaf.cell.lines)
