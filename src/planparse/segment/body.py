"""Walk the body of a plan's table: labels that carry on, practice cells, the columns beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from planparse.datamodel.layout import Cell, Table, TextLine
from planparse.datamodel.plan import ColumnRole
from planparse.datamodel.problem import ProblemCode
from planparse.lexicon.numbering import find_label
from planparse.segment.centred import centring_aligner, find_centre
from planparse.segment.columns import Columns
from planparse.segment.drafts import MeasureDraft, Titled
from planparse.segment.givers import (
    department_giver,
    doubt_blank_tops,
    extra_giver,
    give_period,
)
from planparse.segment.labels_in_force import LABELS, LabelsInForce
from planparse.segment.load_rules import Rules
from planparse.segment.practice import PracticeCell, Splitter
from planparse.segment.side_cells import DEPARTMENTS, SideReader
from planparse.segment.side_columns import Aligner, Give, give_side_column
from planparse.segment.side_groups import SideCell, glyphs_of
from planparse.segment.titled import read_titled


@dataclass(slots=True)
class Body:
    """What a table's body gave: measures, and lines of cells that belong to none of them."""

    drafts: list[MeasureDraft]
    lost: list[TextLine] = field(default_factory=list)
    remarks: list[TextLine] = field(default_factory=list)
    titled: list[Titled] = field(default_factory=list)
    shared: set[tuple[int, int]] = field(default_factory=set)


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
        self._body = Body(self._splitter.drafts)
        self._sides = SideReader(rules, table, columns, self._splitter.drafts)

    def read(self) -> Body:
        """Read it."""
        sides = {role: self._sides.cells(role) for role in (*DEPARTMENTS, ColumnRole.PERIOD)}
        starts = self._sides.starts(sides)
        edge = self._practice_edge()
        self._splitter.expect(
            cell
            for cell in self._cells
            if cell.row not in self._table.soft_rows
            and self._columns.role_of(cell) is ColumnRole.PRACTICE
        )
        for _, cells in sorted(_in_rows(self._cells).items()):
            self._read_row(cells, starts, edge)
        self._give(sides)
        self._body.titled = self._labels.read
        for titled in self._body.titled:
            self._body.shared |= glyphs_of([*titled.number, *titled.lines])
        self._body.lost += self._labels_without_measure()
        return self._body

    def _labels_without_measure(self) -> list[TextLine]:
        held = {
            id(titled)
            for draft in self._body.drafts
            for titled in (draft.aspect, draft.strategy, draft.task)
        }
        return [
            line
            for titled in self._labels.read
            if id(titled) not in held
            for line in (*titled.number, *titled.lines)
        ]

    def hard_row(self, row: int) -> int:
        """Give the row that a page break may have cut this row from."""
        while row in self._table.soft_rows:
            row -= 1
        return row

    def _read_row(
        self, cells: Sequence[Cell], starts: Sequence[tuple[int, float]], edge: float
    ) -> None:
        row = cells[0].row
        soft = row in self._table.soft_rows
        if len(cells) == 1 and cells[0].column_span == self._table.column_count:
            self._full_row(cells[0])
            return
        changed = False
        practice = [cell for cell in cells if self._columns.role_of(cell) is ColumnRole.PRACTICE]
        labels = [(role, cell) for role in LABELS for cell in cells if self._is(cell, role)]
        repeated = any(self._labels.is_repeated(role, cell) for role, cell in labels)
        goes_on = soft and not repeated and self._goes_on(practice)
        begun = self._begun(row) if goes_on else []
        for role, cell in labels:
            taken = self._labels.take(role, cell, soft=soft, goes_on=goes_on)
            late = taken and self._says_late(role, cell, begun)
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
            self._split(cell, continued, starts, edge)
            if not cell.lines:
                self._without_text(cell, cells, soft and not changed)

    def _begun(self, row: int) -> list[MeasureDraft]:
        """Give the measures of the row before if they begin to count anew: they have a label.

        One that did not fit at the page's end stands on top of the next page.
        """
        drafts = [draft for draft in self._body.drafts if draft.row == row - 1]
        number = drafts[0].number if drafts else None
        label = None if number is None else find_label(self._rules.numbering, number.glyphs)
        first = label is not None and label.value == 1
        gap = any(
            code is ProblemCode.NUMBERING_GAP for one in drafts[:1] for code, _ in one.problems
        )
        return drafts if first and gap else []

    def _says_late(self, role: ColumnRole, cell: Cell, begun: Sequence[MeasureDraft]) -> bool:
        """Give a label to the measures of the row before as well, where its own cell is blank."""
        blank = any(
            one.column == cell.column and one.row + one.row_span == cell.row and not one.lines
            for one in self._cells
        )
        if not blank:
            return False
        for draft in begun:
            for lower in LABELS[LABELS.index(role) :]:
                setattr(draft, lower.value, self._labels.current[lower])
        return bool(begun)

    def _is(self, cell: Cell, role: ColumnRole) -> bool:
        return self._columns.role_of(cell) is role

    def _goes_on(self, practice: Sequence[Cell]) -> bool:
        """Tell whether the practice cell that starts a page goes on counting from the one before.

        A number that starts anew starts under another label.
        """
        lines = practice[0].lines if practice else ()
        label = find_label(self._rules.numbering, lines[0].glyphs) if lines else None
        scope = self._splitter.scope
        if label is None or label.value is None:
            return False
        return label.value == scope.last.get(label.key, 0) + 1 and label.value > 1

    def _anew(self, practice: Cell, cells: Sequence[Cell]) -> bool:
        """Tell whether the row that starts a page is a row of its own, not one that was cut.

        In plans with a row a measure, a sentence ended and every column beside says something.
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
            previous.glyphs[-1] in "。！？" and bool(beside) and all(cell.lines for cell in beside)
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
            return
        self._labels.take(role, cell)
        self._splitter.new_scope()

    def _split(
        self, cell: Cell, continued: bool, starts: Sequence[tuple[int, float]], edge: float
    ) -> None:
        current = self._labels.current
        self._splitter.split(
            PracticeCell(
                cell.row,
                cell.row + cell.row_span,
                cell.lines,
                continued,
                edge,
                starts,
                current[ColumnRole.ASPECT],
                current[ColumnRole.STRATEGY],
                current[ColumnRole.TASK],
            )
        )

    def _without_text(self, practice: Cell, cells: Sequence[Cell], soft: bool) -> None:
        """Make a measure of a row whose practice cell is empty but that names departments."""
        beside = (*DEPARTMENTS, ColumnRole.PERIOD)
        named = any(cell.lines and self._columns.role_of(cell) in beside for cell in cells)
        labels = [cell for cell in cells if cell.lines and self._columns.role_of(cell) in LABELS]
        # An aspect merged over many rows may stand far below: the row's own label is beside it.
        own = min((cell.row_span for cell in labels), default=0)
        lines = [line for cell in labels if cell.row_span == own for line in cell.lines]
        if not named or soft or not lines:
            return
        current = self._labels.current
        draft = MeasureDraft(
            practice.row,
            practice.row + practice.row_span,
            current[ColumnRole.ASPECT],
            current[ColumnRole.STRATEGY],
            current[ColumnRole.TASK],
        )
        draft.stand_in = lines
        draft.problems.append(
            (ProblemCode.CELL_WITHOUT_TEXT, "the practice cell is empty; its departments are kept")
        )
        self._splitter.drafts.append(draft)
        self._splitter.scope.draft = None

    def _practice_edge(self) -> float:
        rights = [
            line.right
            for cell in self._cells
            if self._columns.role_of(cell) is ColumnRole.PRACTICE
            for line in cell.lines
        ]
        return max(rights, default=0.0)

    def _give(self, sides: dict[ColumnRole, list[SideCell]]) -> None:
        centre = find_centre(self._body.drafts, chain.from_iterable(sides.values()))
        aligner = None if centre is None else centring_aligner(centre)
        for role in DEPARTMENTS:
            giver = department_giver(self._rules.departments, role)
            self._give_column(sides[role], giver, aligner)
        self._give_column(sides[ColumnRole.PERIOD], give_period, aligner)
        doubt_blank_tops(self._body.drafts)
        extras = self._sides.cells(ColumnRole.EXTRA)
        for column, role in enumerate(self._columns.roles):
            if role is ColumnRole.EXTRA:
                cells = [side for side in extras if side.cell.column == column]
                name = self._columns.names[column]
                self._give_column(cells, extra_giver(name), aligner)

    def _give_column(
        self,
        sides: Sequence[SideCell],
        give: Give,
        aligner: Aligner | None = None,
    ) -> None:
        body = self._body
        lost = give_side_column(body.drafts, sides, self.hard_row, give, body.shared, aligner)
        body.lost += [line for side in lost for entry in side.entries for line in entry]
