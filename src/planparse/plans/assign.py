"""Assign what the columns beside the practice print to the measures, column by column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from planparse.lexicon.departments import is_known
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.periods import PeriodGrammar
from planparse.model.plan import ColumnRole, DepartmentRole
from planparse.model.problem import ProblemCode
from planparse.model.table import DOUBTFUL, Break, TextLine, join_lines
from planparse.plans.builders import DepartmentBuilder, Glyph, MeasureBuilder, glyphs_of
from planparse.plans.centred import centring_aligner, find_centre
from planparse.plans.column_roles import Columns
from planparse.plans.departments import read_departments
from planparse.plans.leaf_headings import Choice
from planparse.plans.numbered_cells import NumberedCells
from planparse.plans.periods import may_be_parted_otherwise
from planparse.plans.side_cells import DEPARTMENTS, Entry, SideCell, SideReader
from planparse.plans.side_columns import Assign, Rows, assign_side_column
from planparse.plans.whole_rows import align_side_cells

# Lines of one cell follow each other within so many font sizes (double spacing: 2.0).
_CLOSE = 2.2
# Lines of two columns are level within so many font sizes: cells differ in font and padding.
_LEVEL = 0.45
# Where this part of at least so many measures has something, a measure without is remarkable.
_MOSTLY, _ENOUGH = 0.9, 5
_ROLES = dict(zip(DEPARTMENTS, DepartmentRole, strict=True))
_BETWEEN = "the departments stand between two measures; check them on the page"


def doubt_neighbours(grammar: PeriodGrammar, builders: Sequence[MeasureBuilder]) -> None:
    """Note where a line of a period may belong to a neighbouring measure of the row.

    Only the grammar parts lines that follow each other closely, unless the later ones begin on the
    first line of their measure.
    """
    for before, after in pairwise(builders):
        if before.row != after.row or not before.periods or not after.periods:
            continue
        last, first = before.periods[-1], after.periods[0]
        apart = first.middle - last.middle
        if after.period_numbers:
            continue
        if last.page != first.page or not 0 < apart <= _CLOSE * first.font_size:
            continue
        off = abs(after.tops().get(first.page, math.inf) - first.middle)
        if off <= _LEVEL * first.font_size:
            continue
        if may_be_parted_otherwise(grammar, before.periods, after.periods):
            message = "a line of the period may belong to the neighbouring measure; check the page"
            for builder in (before, after):
                builder.doubt(ProblemCode.PERIOD_AMBIGUOUS, message)


def doubt_blank_tops(builders: Sequence[MeasureBuilder]) -> None:
    """Note where a blank cell on top of a page may go on from the page before.

    Only where hardly another measure is without departments, or without a period.
    """
    departments = [bool(builder.departments) for builder in builders]
    periods = [bool(builder.periods) for builder in builders]
    for code, noun, earlier, filled in (
        (ProblemCode.DEPARTMENT_AMBIGUOUS, "department", "those", departments),
        (ProblemCode.PERIOD_AMBIGUOUS, "period", "the one", periods),
    ):
        message = (
            f"no {noun} stands beside it on top of a page; {earlier} before may go on: "
            "look at the page"
        )
        if len(builders) < _ENOUGH or sum(filled) < _MOSTLY * len(builders):
            continue
        for at, (before, builder) in enumerate(pairwise(builders)):
            starts_page = min(builder.tops()) > max(before.tops())
            if starts_page and filled[at] and not filled[at + 1]:
                builder.doubt(code, message)


def doubt_breaks(builders: Sequence[MeasureBuilder], breaks: Iterable[Break]) -> None:
    """Note the rows of page breaks whose evidence is about even."""
    for one in breaks:
        if one.doubt <= DOUBTFUL:
            continue
        for builder in builders:
            if builder.row <= one.row < builder.row_end:
                message = f"page {one.page} may go on with this row, or begin another"
                builder.doubt(ProblemCode.PAGE_BREAK_AMBIGUOUS, message)


class SideAssigner:
    """Assigns the side columns of one table to its measures.

    Glyphs that hold for several measures are added to ``shared``, and lines beside no measure to
    ``lost``.
    """

    def __init__(self, rules: Rules, columns: Columns, rows: Rows, reader: SideReader) -> None:
        self._rules = rules
        self._columns = columns
        self._rows = rows
        self._reader = reader
        self.shared: set[Glyph] = set()
        self.lost: list[TextLine] = []

    def assign(self, sides: Mapping[ColumnRole, Sequence[SideCell]]) -> None:
        """Assign departments and periods, which are read already, then the further columns."""
        builders = self._rows.builders
        centre = find_centre(builders, chain.from_iterable(sides.values()))
        aligner = None if centre is None else centring_aligner(centre)

        numbered = NumberedCells(self._rules.numbering, self._rows, self._reader, self.shared)
        assigns = {role: self._departments(role) for role in DEPARTMENTS}
        assigns[ColumnRole.PERIOD] = _assign_period
        others = {
            role: numbered.take(
                [side for side in sides[role] if not self._columns.is_marked(side.cell)], assign
            )
            for role, assign in assigns.items()
        }
        aligned = align_side_cells(self._rows, others)

        def assign_column(cells: Sequence[SideCell], assign: Assign) -> None:
            lost = assign_side_column(self._rows, cells, assign, self.shared, aligner, aligned)
            self.lost += [line for side in lost for entry in side.entries for line in entry]

        for role in DEPARTMENTS:
            assign_column(others[role], assigns[role])
        for cells, assign in self._marked_cells(sides):
            assign_column(cells, assign)
        for builder in builders if self._columns.choices else ():
            builder.departments.sort(key=lambda one: one.role is DepartmentRole.CO)
        assign_column(others[ColumnRole.PERIOD], _assign_period)
        doubt_blank_tops(builders)
        doubt_neighbours(self._rules.periods, builders)
        self._doubt_drawn_times()
        extras = self._reader.cells(ColumnRole.EXTRA)
        for column, role in enumerate(self._columns.roles):
            if role is ColumnRole.EXTRA:
                cells = [
                    side
                    for side in extras
                    if side.cell.column == column or self._chooses(side, column)
                ]
                assign_column(cells, _extras(self._columns.names[column]))

    def _marked_cells(
        self, sides: Mapping[ColumnRole, Sequence[SideCell]]
    ) -> Iterator[tuple[Sequence[SideCell], Assign]]:
        """Yield the cells whose marks choose a department of the heading, and what assigns it."""
        for column, choice in self._columns.choices.items():
            if choice.role in DEPARTMENTS:
                marked = [side for side in sides[choice.role] if self._chooses(side, column)]
                yield marked, self._marked(choice)
                self.shared |= glyphs_of(choice.lines)

    def _doubt_drawn_times(self) -> None:
        """Note that the columns of quarters or months are blank: bars may be drawn in them."""
        roles, choices = self._columns.roles, self._columns.choices
        times = [at for at, choice in choices.items() if choice.role is ColumnRole.PERIOD]
        if not times or ColumnRole.PERIOD in roles or self._reader.has_text(times):
            return
        name = join_lines(choices[times[0]].lines)
        message = f"the columns from 「{name}」 on have no text; look for bars on the page"
        for builder in self._rows.builders:
            builder.doubt(ProblemCode.PERIOD_AMBIGUOUS, message)

    def _chooses(self, side: SideCell, column: int) -> bool:
        """Return True if the marks of a cell choose what heads a column; it may be a wide cell."""
        cell = side.cell
        if not (cell.column <= column < cell.column + cell.column_span):
            return False
        if column not in self._columns.choices or not self._columns.is_marked(cell):
            return False
        if cell.column_span > 1:
            self.shared |= glyphs_of(cell.lines)
        return True

    def _marked(self, choice: Choice) -> Assign:
        """Return what assigns the department of a heading by the marks below it."""
        name = join_lines(choice.lines)
        lead = _ROLES[choice.role]
        known = is_known(self._rules.departments, name)

        def assign(builder: MeasureBuilder, entry: Entry, unclear: bool) -> None:
            if unclear:
                builder.doubt(ProblemCode.DEPARTMENT_AMBIGUOUS, _BETWEEN)
            if not entry:
                return
            meant = self._columns.marks[entry[0].text]
            role = lead if meant in (None, DepartmentRole.LEAD) else DepartmentRole.CO
            lines = [*choice.lines, *entry]
            builder.departments.append(DepartmentBuilder(role, lines, name, name, known))
            if meant is None:
                message = f"nothing explains the mark 「{entry[0].text}」; is {name} lead or co?"
                builder.doubt(ProblemCode.DEPARTMENT_AMBIGUOUS, message)

        return assign

    def _departments(self, role: ColumnRole) -> Assign:
        """Return what assigns the departments of a column with this role."""
        lead = _ROLES[role]

        def assign(builder: MeasureBuilder, entry: Entry, unclear: bool) -> None:
            if entry:
                builder.departments += read_departments(self._rules.departments, entry, lead)
            if unclear:
                builder.doubt(ProblemCode.DEPARTMENT_AMBIGUOUS, _BETWEEN)

        return assign


def _assign_period(builder: MeasureBuilder, entry: Entry, unclear: bool) -> None:
    """Assign a period; several beside one measure are joined as printed."""
    builder.periods += entry
    if unclear:
        message = "the period stands between two measures; check it on the page"
        builder.doubt(ProblemCode.PERIOD_AMBIGUOUS, message)


def _extras(name: str) -> Assign:
    """Return what assigns the text of a column without a role; ``name`` is its heading."""
    message = f"text of the column 「{name}」 stands between two measures; check it on the page"

    def assign(builder: MeasureBuilder, entry: Entry, unclear: bool) -> None:
        if entry:
            builder.extras.setdefault(name, []).extend(entry)
        if unclear:
            builder.doubt(ProblemCode.EXTRA_AMBIGUOUS, message)

    return assign
