"""Find what each column of a table holds, from its heading rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planparse.lexicon.headings import role_of_heading, roles_of_heading
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import is_counter
from planparse.lexicon.text_keys import match_key
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine

# Headings stand in the first rows; a title row and a row of sub-headings may be among them.
_SEARCHED_ROWS = 5
# Roles that a heading row names at least, that of the practices among them.
_FEWEST_ROLES = 2
# A row that counts the columns, all of them, and at least so many.
_FEWEST_COUNTED = 3
# Column edges of two tables are the same within so many points.
_SAME_EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: ``known`` is False where no rule matched it.

    ``upper`` is the second role that it names, None if it names one.
    """

    role: ColumnRole
    printed: str
    column: int
    known: bool
    lines: tuple[TextLine, ...]
    upper: ColumnRole | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold.

    ``roles[column]`` and ``names[column]`` by place in the table; ``headings`` once a heading;
    ``first_row`` the first row of the body; ``above`` the cells of rows before the headings.
    ``uppers`` by column: the role of the labels above the text in its cells, where there is one.
    """

    roles: tuple[ColumnRole, ...]
    names: tuple[str, ...]
    headings: tuple[Heading, ...]
    first_row: int
    above: tuple[Cell, ...]
    uppers: Mapping[int, ColumnRole] = field(default_factory=dict)

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
        return ColumnRole.PRACTICE if ColumnRole.PRACTICE in covered else covered[0]

    def is_heading(self, rules: Rules, cells: Sequence[Cell]) -> bool:
        """Return True if cells of one row print the headings again, that of practices included.

        The words may differ where they name the same role.
        """
        roles = {self.role_of(cell) for cell in cells}
        return (
            len(cells) >= _FEWEST_ROLES
            and ColumnRole.PRACTICE in roles
            and all(
                match_key(cell.text) == match_key(self.names[cell.column])
                or role_of_heading(rules.headings, cell.text)
                is self.role_of(cell)
                is not ColumnRole.EXTRA
                for cell in cells
            )
        )


def heading_row(rules: Rules, table: Table) -> int | None:
    """Return the row that names most columns, one of practices among them; None without one."""
    best: tuple[int, int] | None = None
    for row in range(min(_SEARCHED_ROWS, table.row_count)):
        roles = {
            role_of_heading(rules.headings, cell.text)
            for cell in table.cells
            if cell.row == row and cell.lines
        } - {None}
        enough = max(_FEWEST_ROLES, 0 if best is None else best[0] + 1)
        if ColumnRole.PRACTICE in roles and len(roles) >= enough:
            best = (len(roles), row)
    return None if best is None else best[1]


def _over(cells: Sequence[Cell], column: int) -> list[Cell]:
    """Return the heading cells above a column, from top to bottom."""
    found = [cell for cell in cells if cell.column <= column < cell.column + cell.column_span]
    return sorted(found, key=lambda cell: cell.row)


def _split_columns(table: Table, first_row: int, start: int, end: int) -> bool:
    """Return True if body cells divide the columns under one heading, from its left edge.

    Blank ones are remnants; other ones may belong to a row of another kind: 申請單位｜…公司.
    """
    return any(
        cell.row >= first_row
        and bool(cell.lines)
        and cell.column == start
        and cell.column + cell.column_span < end
        for cell in table.cells
    )


def _leaf_roles(
    rules: Rules, table: Table, cells: Sequence[Cell], first_row: int
) -> list[tuple[ColumnRole | None, Cell | None]]:
    """Return each column's role (None: unknown) and its lowest heading cell with text."""
    found: list[tuple[ColumnRole | None, Cell | None]] = []
    for column in range(table.column_count):
        over = [cell for cell in _over(cells, column) if cell.lines]
        role: ColumnRole | None = None
        for cell in reversed(over):
            role = role or role_of_heading(rules.headings, cell.text)
        leaf = over[-1] if over else None
        if (
            role is ColumnRole.PRACTICE
            and leaf is not None
            and column < leaf.column + leaf.column_span - 1
            and _split_columns(table, first_row, leaf.column, leaf.column + leaf.column_span)
        ):
            # 具體作法 stands over two columns: the task and the practice proper.
            role = ColumnRole.TASK
        found.append((role, leaf))
    _one_practice(found)
    return found


def _one_practice(found: list[tuple[ColumnRole | None, Cell | None]]) -> None:
    """Keep the last of several practice headings: those before it are the task's."""
    practice = [at for at, (role, leaf) in enumerate(found) if role is ColumnRole.PRACTICE and leaf]
    leaves = [found[at][1] for at in practice]
    for at, leaf in zip(practice, leaves, strict=True):
        if leaf is not leaves[-1]:
            found[at] = (ColumnRole.TASK, leaf)


def find_columns(rules: Rules, table: Table) -> Columns | None:
    """Return the columns of a plan's table by its heading rows; None if it is no plan's."""
    row = heading_row(rules, table)
    if row is None:
        return None
    heading_cells = [cell for cell in table.cells if cell.row == row]
    first_row = max(cell.row + cell.row_span for cell in heading_cells)
    cells = [cell for cell in table.cells if row <= cell.row < first_row]
    leaves = _leaf_roles(rules, table, cells, first_row)
    counters = _counters(table, first_row) if all(leaf for _, leaf in leaves) else []
    first_row += bool(counters)
    roles = [role or ColumnRole.EXTRA for role, _ in leaves]
    uppers = _uppers(rules, leaves)
    names = ["" if leaf is None else leaf.text for _, leaf in leaves]
    return Columns(
        tuple(roles),
        tuple(names),
        tuple(_headings(leaves, uppers, cells, counters)),
        first_row,
        tuple(cell for cell in table.cells if cell.row < row and cell.lines),
        {at: upper for at, upper in enumerate(uppers) if upper is not None},
    )


def _uppers(
    rules: Rules, leaves: Sequence[tuple[ColumnRole | None, Cell | None]]
) -> list[ColumnRole | None]:
    """Return the upper roles by column; a role that has a column of its own is no upper one."""
    roles = {role for role, _ in leaves}
    texts = [None if leaf is None else leaf.text for _, leaf in leaves]
    named = [None if text is None else roles_of_heading(rules.headings, text) for text in texts]
    return [
        None if both is None or both[1] is not role or both[0] in roles else both[0]
        for both, (role, _) in zip(named, leaves, strict=True)
    ]


def _counters(table: Table, row: int) -> list[Cell]:
    """Return the cells of a row below the headings that only counts the columns: (A) (B) (C)."""
    cells = [cell for cell in table.cells if cell.row == row]
    texts = {cell.text for cell in cells}
    counted = all(is_counter(text) for text in texts)
    alone = all(cell.row_span == 1 for cell in cells)
    return cells if counted and alone and len(texts) == len(cells) >= _FEWEST_COUNTED else []


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _headings(
    leaves: Sequence[tuple[ColumnRole | None, Cell | None]],
    uppers: Sequence[ColumnRole | None],
    cells: Sequence[Cell],
    counters: Sequence[Cell],
) -> list[Heading]:
    """Return the headings once each, from left to right, with the lines above and below them."""
    headings: list[Heading] = []
    used: set[tuple[int, int]] = set()
    for column, (role, leaf) in enumerate(leaves):
        if leaf is None or _place(leaf) in used:
            continue
        used.add(_place(leaf))
        over = [cell for cell in _over(cells, column) if cell.lines and cell is not leaf]
        lines = [line for cell in over if _place(cell) not in used for line in cell.lines]
        used |= {_place(cell) for cell in over}
        last = leaves[leaf.column + leaf.column_span - 1][0]
        end = leaf.column + leaf.column_span
        below = [line for cell in counters if column <= cell.column < end for line in cell.lines]
        shown = last if role is ColumnRole.TASK and last is ColumnRole.PRACTICE else role
        headings.append(
            Heading(
                shown or ColumnRole.EXTRA,
                leaf.text,
                column,
                role is not None,
                (*lines, *leaf.lines, *below),
                uppers[column],
            )
        )
    return headings


def columns_like(earlier: Columns, before: Table, table: Table) -> Columns | None:
    """Return the columns of a table without headings that goes on where a plan's table ended."""
    same = len(before.column_edges) == len(table.column_edges) and all(
        abs(a - b) <= _SAME_EDGE
        for a, b in zip(before.column_edges, table.column_edges, strict=True)
    )
    return Columns(earlier.roles, earlier.names, (), 0, (), earlier.uppers) if same else None
