"""Assign what the columns beside the practice print to the measures, column by column."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, islice, pairwise

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.periods import PeriodGrammar
from planparse.model.plan import ColumnRole, DepartmentRole
from planparse.model.problem import ProblemCode
from planparse.model.table import TextLine
from planparse.plans.builders import Glyph, MeasureBuilder
from planparse.plans.centred import centring_aligner, find_centre
from planparse.plans.column_roles import Columns
from planparse.plans.departments import read_departments
from planparse.plans.line_grid import Beside
from planparse.plans.numbered_cells import NumberedCells
from planparse.plans.periods import may_be_parted_otherwise
from planparse.plans.row_lines import Row, SideColumn, align_rows
from planparse.plans.shared_cells import holds_for_all, is_positional, stands_exact
from planparse.plans.side_cells import (
    DEPARTMENTS,
    Entry,
    SideCell,
    SideReader,
    builders_beside,
    places_beside,
)
from planparse.plans.side_columns import (
    AlignedRows,
    Assign,
    Rows,
    assign_side_column,
)

# Lines of one cell follow each other within so many font sizes (double spacing: 2.0).
_CLOSE = 2.2
# Lines of two columns are level within so many font sizes: cells differ in font and padding.
_LEVEL = 0.45
# Where this part of at least so many measures has something, a measure without is remarkable.
_MOSTLY, _ENOUGH = 0.9, 5


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
        others = {role: numbered.take(sides[role], assign) for role, assign in assigns.items()}
        aligned = self._align_rows(others)

        def assign_column(cells: Sequence[SideCell], assign: Assign) -> None:
            lost = assign_side_column(self._rows, cells, assign, self.shared, aligner, aligned)
            self.lost += [line for side in lost for entry in side.entries for line in entry]

        for role, cells in others.items():
            assign_column(cells, assigns[role])
        doubt_blank_tops(builders)
        doubt_neighbours(self._rules.periods, builders)
        extras = self._reader.cells(ColumnRole.EXTRA)
        for column, role in enumerate(self._columns.roles):
            if role is ColumnRole.EXTRA:
                cells = [side for side in extras if side.cell.column == column]
                assign_column(cells, _extras(self._columns.names[column]))

    def _align_rows(self, sides: Mapping[ColumnRole, Sequence[SideCell]]) -> AlignedRows:
        """Return the alignment of the rows whose side cells are set on the practice cell's lines.

        Cells that hold for all measures are left out, and rows where each entry stands on the
        first line of a measure and no measure lacks one.
        """
        builders = self._rows.builders
        parts: dict[tuple[int, int], dict[ColumnRole, SideCell]] = defaultdict(dict)
        for role, cells in sides.items():
            positional = is_positional(builders, cells)
            for side in cells:
                beside = builders_beside(builders, side.cell)
                merged = len({self._rows.hard_row(builder.row) for builder in beside}) > 1
                if beside and not holds_for_all(beside, side, merged, positional):
                    parts[side.cell.row, side.cell.row + side.cell.row_span][role] = side
        rows = [row for row in map(self._row, self._whole_rows(parts)) if len(row.builders) > 1]
        aligned: dict[tuple[int, int], tuple[Sequence[MeasureBuilder], Sequence[Beside]]] = {}
        for row, found in zip(rows, align_rows(rows), strict=True):
            for column, entries in zip(row.columns, found or (), strict=False):
                rest = iter(entries)
                for side in column.cells:
                    aligned[side.place] = row.builders, list(islice(rest, len(side.entries)))
        return aligned

    def _row(self, parts: Sequence[Mapping[ColumnRole, SideCell]]) -> Row:
        """Return the row that parts make."""
        builders = self._rows.builders
        sides = [side for part in parts for side in part.values()]
        beside = {at for side in sides for at in places_beside(builders, side.cell)}
        roles = dict.fromkeys(role for part in parts for role in part)
        exact = all(stands_exact(builders_beside(builders, side.cell), side) for side in sides)
        return Row(
            [builders[at] for at in sorted(beside)],
            [SideColumn(role, [part[role] for part in parts if role in part]) for role in roles],
            exact,
        )

    def _whole_rows(
        self, parts: Mapping[tuple[int, int], Mapping[ColumnRole, SideCell]]
    ) -> list[list[Mapping[ColumnRole, SideCell]]]:
        """Return the parts of each row: a soft row is one with what ends where it starts."""
        rows: list[list[Mapping[ColumnRole, SideCell]]] = []
        end = -1
        for (row, row_end), part in sorted(parts.items(), key=lambda item: item[0]):
            if row != end or row not in self._rows.soft_rows:
                rows.append([])
            rows[-1].append(part)
            end = row_end
        return rows

    def _departments(self, role: ColumnRole) -> Assign:
        """Return what assigns the departments of a column with this role."""
        lead = DepartmentRole.LEAD if role is ColumnRole.DEPARTMENT else DepartmentRole.CO
        message = "the departments stand between two measures; check them on the page"

        def assign(builder: MeasureBuilder, entry: Entry, unclear: bool) -> None:
            if entry:
                builder.departments += read_departments(self._rules.departments, entry, lead)
            if unclear:
                builder.doubt(ProblemCode.DEPARTMENT_AMBIGUOUS, message)

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
        builder.extras.setdefault(name, []).extend(entry)
        if unclear:
            builder.doubt(ProblemCode.EXTRA_AMBIGUOUS, message)

    return assign
