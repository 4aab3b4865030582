"""Decide what each column of a table holds, by its headings and by its cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planparse.lexicon.headings import role_of_heading, roles_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.marks import is_mark, mark_roles, read_legend
from planparse.lexicon.text_keys import match_key
from planparse.model.plan import ColumnRole, DepartmentRole
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.column_contents import Content, Decided, decide_roles
from planparse.plans.heading_rows import (
    FEWEST_ROLES,
    body_row,
    counters,
    heading_row,
    novel_heading_row,
    stack,
)
from planparse.plans.leaf_headings import Choice, Leaf, over, read_leaves

# Column edges of two tables are the same within so many points.
_SAME_EDGE = 6.0
# Roles beside the practices that make a table a plan's where its headings alone do not: where they
# name the practices, and where only long texts show them. Minutes and lists of tasks have two.
_FEWEST_BESIDE, _FEWEST_BESIDE_TEXTS = 2, 3
_LABELS = frozenset((ColumnRole.ASPECT, ColumnRole.STRATEGY))
_BESIDE = frozenset((ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT, ColumnRole.PERIOD))


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: ``known`` is False where no rule matched it, or its cells contradict.

    ``upper`` is the second role that it names, None if it names one. ``certain``: nothing else is
    about as likely.
    """

    role: ColumnRole
    printed: str
    column: int
    known: bool
    lines: tuple[TextLine, ...]
    upper: ColumnRole | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold.

    ``roles[column]`` and ``names[column]`` by place in the table; ``headings`` once a heading;
    ``first_row`` the first row of the body; ``above`` the cells of rows before the headings.
    ``uppers`` by column: the role of the labels above the text in its cells, where there is one.
    ``choices`` by column: the heading whose department or time a mark in its cells chooses, and
    ``marks``: what the marks of departments mean, None where that is not certain.
    ``number_columns`` hold the numbers of the texts in the column to their right.
    """

    roles: tuple[ColumnRole, ...]
    names: tuple[str, ...]
    headings: tuple[Heading, ...]
    first_row: int
    above: tuple[Cell, ...]
    uppers: Mapping[int, ColumnRole] = field(default_factory=dict)
    choices: Mapping[int, Choice] = field(default_factory=dict)
    marks: Mapping[str, DepartmentRole | None] = field(default_factory=dict)
    number_columns: frozenset[int] = frozenset()

    @property
    def all_roles(self) -> frozenset[ColumnRole]:
        """All roles that the headings name."""
        return frozenset((*self.roles, *self.uppers.values()))

    def covered(self, cells: Iterable[Cell]) -> dict[int, set[ColumnRole]]:
        """Return the roles by row over whose columns a cell of another role lies."""
        found: dict[int, set[ColumnRole]] = {}
        for cell in cells:
            roles = set(self.roles[cell.column : cell.column + cell.column_span])
            for row in range(cell.row, cell.row + cell.row_span):
                found.setdefault(row, set()).update(roles - {self.role_of(cell)})
        return found

    def upper_of(self, cell: Cell) -> ColumnRole | None:
        """Return the role of the labels that a body cell prints above its own text, or None."""
        columns = range(cell.column, cell.column + cell.column_span)
        found = {self.uppers[column] for column in columns if column in self.uppers}
        return found.pop() if len(found) == 1 else None

    def role_of(self, cell: Cell) -> ColumnRole:
        """Return the role of a body cell; one that covers the practice column is practice."""
        covered = self.roles[cell.column : cell.column + cell.column_span]
        if ColumnRole.PRACTICE in covered:
            return ColumnRole.PRACTICE
        choice = self.choices.get(cell.column)
        if choice is not None and cell.column_span > 1 and not self.is_marked(cell):
            # 每月一次 over the columns of all four quarters.
            return choice.role
        return covered[0]

    def is_marked(self, cell: Cell) -> bool:
        """Return True if a body cell chooses what the headings above it name by its marks."""
        chosen = cell.column in self.choices
        return chosen and all(line.text in self.marks for line in cell.lines)

    def is_heading(self, rules: Rules, cells: Sequence[Cell]) -> bool:
        """Return True if cells of one row print the headings again, that of practices included.

        The words may differ where they name the same role.
        """
        roles = {self.role_of(cell) for cell in cells}
        return (
            len(cells) >= FEWEST_ROLES
            and ColumnRole.PRACTICE in roles
            and all(
                match_key(cell.text) == match_key(self.names[cell.column])
                or role_of_heading(rules.headings, cell.text)
                is self.role_of(cell)
                is not ColumnRole.EXTRA
                for cell in cells
            )
        )


def find_columns(
    rules: Rules, table: Table, legend: Mapping[str, DepartmentRole] | None = None
) -> Columns | None:
    """Return the columns of a plan's table; None if it is no plan's.

    ``legend``: what marks mean by the text around the table.
    """
    row = heading_row(rules, table)
    known = row is not None
    if row is None:
        row = novel_heading_row(rules, table)
    if row is None:
        return None
    first_row = body_row(rules, table, row)
    cells = [cell for cell in table.cells if row <= cell.row < first_row]
    leaves = read_leaves(rules, table, cells, first_row)
    named = [leaf.named for leaf in leaves]
    decided = decide_roles(
        named, [Content() if leaf.choice or leaf.parted else leaf.content for leaf in leaves]
    )
    roles = [one.role for one in decided]
    if not known and not _is_plan(named, roles):
        return None
    counted = counters(table, first_row) if all(leaf.cell for leaf in leaves) else []
    uppers = _uppers(rules, leaves)
    choices = {at: leaf.choice for at, leaf in enumerate(leaves) if leaf.choice is not None}
    return Columns(
        tuple(role or ColumnRole.EXTRA for role in roles),
        tuple(leaf.text for leaf in leaves),
        tuple(_headings(leaves, decided, uppers, cells, counted)),
        first_row + bool(counted),
        tuple(cell for cell in table.cells if cell.row < row and cell.lines),
        {at: upper for at, upper in enumerate(uppers) if upper is not None},
        choices,
        _marks(table, first_row, choices, legend or {}),
        frozenset(at for at, leaf in enumerate(leaves) if leaf.numbers),
    )


def learn_headings(
    rules: Rules, tables: Iterable[Table], legend: Mapping[str, DepartmentRole]
) -> Rules:
    """Return rules that know the headings of new words by the cells of any table below them.

    A plan may have one table per aspect, and some of them hardly a row.
    """
    alike: dict[tuple[str, ...], Table] = {}
    for table in tables:
        row = heading_row(rules, table)
        row = novel_heading_row(rules, table) if row is None else row
        texts = [cell.text for cell in table.cells if cell.row == row and cell.lines]
        if row is not None and not all(role_of_heading(rules.headings, text) for text in texts):
            key = (str(table.column_count), str(row), *texts)
            alike[key] = stack(alike[key], table, row) if key in alike else table
    learned: dict[str, ColumnRole] = {}
    for table in alike.values():
        columns = find_columns(rules, table, legend)
        for heading in () if columns is None else columns.headings:
            shown = heading.certain and heading.role is not ColumnRole.EXTRA
            if shown and not heading.known:
                learned.setdefault(match_key(heading.printed), heading.role)
    headings = replace(rules.headings, learned=learned)
    return replace(rules, headings=headings) if learned else rules


def _is_plan(named: Sequence[ColumnRole | None], roles: Sequence[ColumnRole | None]) -> bool:
    """Return True if columns under headings of new words are those of a plan.

    Practices that only long texts show need labels, departments or periods beside them.
    """
    beside = set(roles) - {None, ColumnRole.EXTRA, ColumnRole.PRACTICE}
    if ColumnRole.PRACTICE not in roles:
        return False
    if ColumnRole.PRACTICE in named:
        return len(beside) >= _FEWEST_BESIDE
    return len(beside) >= _FEWEST_BESIDE_TEXTS and bool(beside & _LABELS and beside & _BESIDE)


def _marks(
    table: Table,
    first_row: int,
    choices: Mapping[int, Choice],
    legend: Mapping[str, DepartmentRole],
) -> Mapping[str, DepartmentRole | None]:
    """Return what the marks under the names of departments mean; a mark below a time leads."""
    found: dict[ColumnRole, set[str]] = {}
    for cell in table.cells:
        choice = choices.get(cell.column)
        if cell.row >= first_row and choice is not None:
            texts = {line.text for line in cell.lines if is_mark(line.text)}
            found.setdefault(choice.role, set()).update(texts)
    times = dict.fromkeys(found.pop(ColumnRole.PERIOD, ()), DepartmentRole.LEAD)
    printed = "\n".join(cell.text for cell in table.cells if cell.row < first_row)
    explained = {**legend, **read_legend(printed)}
    return times | mark_roles(set().union(*found.values()), explained)


def _uppers(rules: Rules, leaves: Sequence[Leaf]) -> list[ColumnRole | None]:
    """Return the upper roles by column; a role that has a column of its own is no upper one."""
    roles = {leaf.named for leaf in leaves}
    named = [roles_of_heading(rules.headings, leaf.text) for leaf in leaves]
    return [
        None if both[1] is not leaf.named or both[0] in roles else both[0]
        for both, leaf in zip(named, leaves, strict=True)
    ]


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _headings(
    leaves: Sequence[Leaf],
    decided: Sequence[Decided],
    uppers: Sequence[ColumnRole | None],
    cells: Sequence[Cell],
    counted: Sequence[Cell],
) -> list[Heading]:
    """Return the headings once each, from left to right, with the lines above and below them."""
    headings: list[Heading] = []
    used: set[tuple[int, int]] = set()
    for column, leaf in enumerate(leaves):
        if leaf.cell is None or _place(leaf.cell) in used:
            continue
        parts = _under_one(leaves, leaf)
        above = [cell for cell in over(cells, column) if cell is not leaf.cell]
        lines = [line for cell in above if _place(cell) not in used for line in cell.lines]
        lines += [line for cell in parts for line in cell.lines]
        used |= {_place(cell) for cell in (*above, *parts)}
        end = parts[-1].column + parts[-1].column_span
        below = [line for cell in counted if column <= cell.column < end for line in cell.lines]
        role, last = decided[column].role, decided[end - 1].role
        # 編號 heads the numbers of the practices beside it, and no practices.
        counts = leaf.numbers and end == column + 1
        role = ColumnRole.EXTRA if counts else role
        task = role is ColumnRole.TASK and last is ColumnRole.PRACTICE
        headings.append(
            Heading(
                (last if task else role) or ColumnRole.EXTRA,
                above[-1].text if len(parts) > 1 else leaf.text,
                column,
                counts or (role is not None and role is leaf.named and not leaf.learned),
                (*lines, *below),
                uppers[column],
                decided[column].certain,
            )
        )
    return headings


def _under_one(leaves: Sequence[Leaf], leaf: Leaf) -> list[Cell]:
    """Return the cells of one heading: the names of departments under 承辦部門 are no headings."""
    if leaf.choice is None or leaf.choice.role is ColumnRole.PERIOD or leaf.over is None:
        return [] if leaf.cell is None else [leaf.cell]
    return [
        other.cell
        for other in leaves
        if other.cell is not None and other.over is leaf.over and other.choice is not None
    ]


def columns_like(earlier: Columns, before: Table, table: Table) -> Columns | None:
    """Return the columns of a table without headings that goes on where a plan's table ended."""
    same = len(before.column_edges) == len(table.column_edges) and all(
        abs(a - b) <= _SAME_EDGE
        for a, b in zip(before.column_edges, table.column_edges, strict=True)
    )
    return replace(earlier, headings=(), first_row=0, above=()) if same else None
