"""Rows put together from their parts over page breaks, and the alignment of their side cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from planparse.model.plan import ColumnRole
from planparse.plans.bands import Beside
from planparse.plans.builders import MeasureBuilder
from planparse.plans.row_lines import Row, SideColumn, align_rows
from planparse.plans.shared_cells import holds_for_all, is_positional, stands_exact
from planparse.plans.side_cells import SideCell, builders_beside, places_beside
from planparse.plans.side_columns import AlignedRows, Rows

# The side cells of a row on one page, by column: rows start and end.
_Part = Mapping[int, SideCell]


def align_side_cells(table: Rows, sides: Mapping[ColumnRole, Sequence[SideCell]]) -> AlignedRows:
    """Return the alignment of the rows whose side cells are set on the practice cell's lines.

    Cells that hold for all measures are left out, and rows where each entry stands on the first
    line of a measure and no measure lacks one.
    """
    builders = table.builders
    parts: dict[tuple[int, int], dict[int, SideCell]] = defaultdict(dict)
    for cells in sides.values():
        positional = is_positional(builders, cells)
        for side in cells:
            beside = builders_beside(builders, side.cell)
            merged = len({table.hard_row(builder.row) for builder in beside}) > 1
            if beside and not holds_for_all(beside, side, merged, positional):
                rows = side.cell.row, side.cell.row + side.cell.row_span
                parts[rows][side.cell.column] = side
    whole = [_row(builders, row) for row in _whole_rows(table, parts)]
    rows_of_many = [row for row in whole if len(row.builders) > 1]
    aligned: dict[tuple[int, int], tuple[Sequence[MeasureBuilder], Sequence[Beside]]] = {}
    for row, found in zip(rows_of_many, align_rows(rows_of_many), strict=True):
        for column, entries in zip(row.columns, found or (), strict=False):
            rest = iter(entries)
            for side in column.cells:
                aligned[side.place] = row.builders, list(islice(rest, len(side.entries)))
    return aligned


def _whole_rows(table: Rows, parts: Mapping[tuple[int, int], _Part]) -> Iterable[Sequence[_Part]]:
    """Return the parts of each row: a soft row is one with what ends where it starts."""
    rows: list[list[_Part]] = []
    end = -1
    for (row, row_end), part in sorted(parts.items(), key=lambda item: item[0]):
        if row != end or row not in table.soft_rows:
            rows.append([])
        rows[-1].append(part)
        end = row_end
    return rows


def _row(builders: Sequence[MeasureBuilder], parts: Sequence[_Part]) -> Row:
    """Return the row that parts make."""
    sides = [side for part in parts for side in part.values()]
    beside = {at for side in sides for at in places_beside(builders, side.cell)}
    columns: dict[int, list[SideCell]] = defaultdict(list)
    for part in parts:
        for column, side in part.items():
            columns[column].append(side)
    return Row(
        [builders[at] for at in sorted(beside)],
        [SideColumn(cells[0].role, cells) for cells in columns.values()],
        all(stands_exact(builders_beside(builders, side.cell), side) for side in sides),
    )
