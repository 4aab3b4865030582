"""Walk the body of a plan's table: labels that carry on, practice cells, the columns beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.assign import SideAssigner
from planparse.plans.builders import LABELS, Glyph, MeasureBuilder, glyphs_of
from planparse.plans.column_roles import Columns
from planparse.plans.combined_cells import CombinedColumns
from planparse.plans.item_starts import ColumnFrame
from planparse.plans.labels import LabelsInForce, read_titled
from planparse.plans.measures import PracticeCell, Splitter
from planparse.plans.side_cells import DEPARTMENTS, SideReader
from planparse.plans.side_columns import Rows


@dataclass(slots=True)
class Body:
    """What a table's body gave: measures, and lines of cells that belong to none of them.

    ``bands`` are the rows that are one cell of text, ``covered`` the roles by row over whose
    columns a cell of another role lies.
    """

    builders: list[MeasureBuilder]
    columns: Columns
    bands: list[int] = field(default_factory=list)
    covered: dict[int, set[ColumnRole]] = field(default_factory=dict)
    lost: list[TextLine] = field(default_factory=list)
    remarks: list[TextLine] = field(default_factory=list)
    shared: set[Glyph] = field(default_factory=set)


def _in_rows(cells: Iterable[Cell]) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    for found in rows.values():
        found.sort(key=lambda cell: cell.column)
    return rows


class BodyReader:
    """Reads the body of one table."""

    def __init__(self, rules: Rules, table: Table, columns: Columns) -> None:
        self._rules = rules
        self._table = table
        self._columns = columns
        self._cells = [cell for cell in table.cells if cell.row >= columns.first_row]
        self._labels = LabelsInForce(rules)
        self._splitter = Splitter(rules)
        self._body = Body(self._splitter.builders, columns, covered=columns.covered(self._cells))
        practice = self._in_practice(self._cells)
        rights = (line.right for cell in practice for line in cell.lines)
        self._edge = max(rights, default=0.0)
        self._starts: list[tuple[int, float]] = []
        self._combined = CombinedColumns(rules, table, columns)
        self._sides = SideReader(rules, table, columns, self._splitter.builders)

    def read(self) -> Body:
        """Return its measures, with all that stands beside them."""
        sides = {role: self._sides.cells(role) for role in (*DEPARTMENTS, ColumnRole.PERIOD)}
        self._starts = self._sides.starts(sides)
        self._splitter.expect(
            part
            for cell in self._in_practice(self._cells)
            if cell.row not in self._table.soft_rows
            for _, part in self._combined.parts(cell, self._frame(cell))
        )
        for _, cells in sorted(_in_rows(self._cells).items()):
            self._read_row(cells)
        rows = Rows(self._body.builders, self._table.soft_rows)
        assigner = SideAssigner(self._rules, self._columns, rows, self._sides)
        assigner.assign(sides)
        self._body.lost += assigner.lost
        self._body.shared |= assigner.shared
        for titled in self._labels.read:
            self._body.shared |= glyphs_of(titled.all_lines)
        self._body.lost += self._labels_without_measure()
        return self._body

    def _labels_without_measure(self) -> list[TextLine]:
        held = {
            titled.place
            for builder in self._body.builders
            for titled in builder.labels.values()
            if titled is not None
        }
        read = (titled for titled in self._labels.read if titled.place not in held)
        return [line for titled in read for line in titled.all_lines]

    def _read_row(self, cells: Sequence[Cell]) -> None:
        row = cells[0].row
        soft = row in self._table.soft_rows
        if len(cells) == 1 and cells[0].column_span == self._table.column_count:
            self._full_row(cells[0])
            return
        changed = False
        practice = self._in_practice(cells)
        labels = self._labels_of(cells)
        goes_on = soft and self._goes_on(practice)
        begun = self._begun(row) if goes_on else []
        for role, cell in labels:
            self._drop_unclear(role, cell)
            taken = self._labels.take(role, cell, soft=soft, goes_on=goes_on)
            late = taken and self._holds_before(role, cell, begun)
            changed = changed or (taken and not late)
        covers_task = any(
            ColumnRole.TASK in self._columns.roles[cell.column : cell.column + cell.column_span]
            for cell in practice
        )
        if covers_task and not soft:
            self._labels.current[ColumnRole.TASK] = None
        if changed or (covers_task and not soft):
            self._splitter.new_scope()
        for cell in practice:
            continued = soft and not changed and not self._anew(cell, cells)
            self._split(cell, continued)
            if not cell.lines:
                self._without_text(cell, cells, soft and not changed)

    def _labels_of(self, cells: Sequence[Cell]) -> list[tuple[ColumnRole, Cell]]:
        """Return the labels of a row from the highest down; one cell may print two."""
        found: list[tuple[ColumnRole, Cell]] = []
        for cell in cells:
            role, upper = self._columns.role_of(cell), self._columns.upper_of(cell)
            if role not in LABELS:
                continue
            parts = self._combined.parts(cell, self._frame(cell))
            label, below = parts[0] if len(parts) == 1 else (replace(cell, lines=()), cell)
            if upper is not None and label is not None:
                found.append((upper, label))
            found.append((role, below))
        return sorted(found, key=lambda label: LABELS.index(label[0]))

    def _drop_unclear(self, role: ColumnRole, label: Cell) -> None:
        """Let no label hold where a cell that prints two roles shows none for certain."""
        if not label.lines and role in self._columns.uppers.values():
            self._labels.drop(role)

    def _split(self, cell: Cell, continued: bool) -> None:
        """Split a practice cell, below each label that it prints itself."""
        for label, part in self._combined.parts(cell, self._frame(cell)):
            upper = self._columns.upper_of(cell)
            if label is not None and upper is not None:
                self._drop_unclear(upper, label)
                self._labels.take(upper, label)
                self._splitter.new_scope()
            self._splitter.split(self._practice(part, continued and label is None))

    def _begun(self, row: int) -> list[MeasureBuilder]:
        """Return the measures of the row before if they begin to count anew: they have a label.

        One that did not fit at the page's end stands on top of the next page.
        """
        builders = [builder for builder in self._body.builders if builder.row == row - 1]
        label = builders[0].label if builders else None
        first = label is not None and label.value == 1
        gap = any(
            code is ProblemCode.NUMBERING_GAP for one in builders[:1] for code, _ in one.problems
        )
        return builders if first and gap else []

    def _holds_before(self, role: ColumnRole, cell: Cell, begun: Sequence[MeasureBuilder]) -> bool:
        """Let a label hold for the measures of the row before too, if its cell there is blank."""
        blank = any(
            one.column == cell.column and one.row + one.row_span == cell.row and not one.lines
            for one in self._cells
        )
        if not blank:
            return False
        for builder in begun:
            for lower in LABELS[LABELS.index(role) :]:
                builder.labels[lower] = self._labels.current[lower]
        return bool(begun)

    def _goes_on(self, practice: Sequence[Cell]) -> bool:
        """Return True if the practice cell that starts a page goes on counting.

        A number that starts anew starts under another label.
        """
        return bool(practice) and self._splitter.goes_on(
            self._practice(practice[0], continued=True)
        )

    def _anew(self, practice: Cell, cells: Sequence[Cell]) -> bool:
        """Return True if the row that starts a page is a row of its own, not one that was cut.

        In plans with one row per measure: a sentence ended and every column beside has text.
        """
        previous = self._splitter.scope.previous
        if previous is None or not self._splitter.one_a_row or not practice.lines:
            return False
        beside = [
            cell
            for cell in cells
            if self._columns.role_of(cell) in (ColumnRole.DEPARTMENT, ColumnRole.PERIOD)
        ]
        return (
            previous.glyphs[-1] in SENTENCE_ENDS
            and bool(beside)
            and all(cell.lines for cell in beside)
        )

    def _full_row(self, cell: Cell) -> None:
        """Read a row that is one cell: an aspect or strategy printed across, or a remark."""
        if not cell.lines:
            return
        titled = read_titled(self._rules, cell.lines)
        role = ColumnRole.ASPECT if ColumnRole.ASPECT not in self._columns.roles else None
        if role is None and ColumnRole.STRATEGY not in self._columns.roles:
            role = ColumnRole.STRATEGY
        if not titled.number or role is None or len(cell.lines) > 2:
            self._body.remarks += cell.lines
            self._body.bands.append(cell.row)
            return
        self._labels.take(role, cell)
        self._splitter.new_scope()

    def _practice(self, cell: Cell, continued: bool) -> PracticeCell:
        return PracticeCell(
            cell.row,
            cell.row + cell.row_span,
            cell.lines,
            continued,
            self._frame(cell),
            self._starts,
            self._labels.current,
        )

    def _without_text(self, practice: Cell, cells: Sequence[Cell], soft: bool) -> None:
        """Add a measure for a row whose practice cell is empty but that names departments."""
        beside = (*DEPARTMENTS, ColumnRole.PERIOD)
        named = any(cell.lines and self._columns.role_of(cell) in beside for cell in cells)
        labels = [cell for cell in cells if cell.lines and self._columns.role_of(cell) in LABELS]
        # An aspect merged over many rows may stand far below: the row's own label is beside it.
        own = min((cell.row_span for cell in labels), default=0)
        lines = [line for cell in labels if cell.row_span == own for line in cell.lines]
        if not named or soft or not lines:
            return
        end = practice.row + practice.row_span
        builder = MeasureBuilder(practice.row, end, dict(self._labels.current), stand_in=lines)
        message = "the practice cell is empty; its departments are kept"
        builder.doubt(ProblemCode.CELL_WITHOUT_TEXT, message)
        self._splitter.builders.append(builder)
        self._splitter.scope.builder = None

    def _in_practice(self, cells: Iterable[Cell]) -> list[Cell]:
        return [cell for cell in cells if self._columns.role_of(cell) is ColumnRole.PRACTICE]

    def _frame(self, cell: Cell) -> ColumnFrame:
        return ColumnFrame.of(cell, self._edge)
