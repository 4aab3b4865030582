"""Read the cells beside the practice column: what they print, part by part, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planparse.datamodel.layout import Cell, Table, TextLine
from planparse.datamodel.plan import ColumnRole
from planparse.segment.beside import TOGETHER
from planparse.segment.columns import Columns
from planparse.segment.departments import read_entries
from planparse.segment.drafts import MeasureDraft
from planparse.segment.load_rules import Rules
from planparse.segment.periods import read_periods
from planparse.segment.side_groups import Entry, SideCell, line_height, usual_pitch

DEPARTMENTS = (ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT)


class SideReader:
    """Reads the cells beside the practice column of one table.

    ``drafts`` grows while the practice cells are read: once it is whole, cells that a page break
    cut are read as one.
    """

    def __init__(
        self, rules: Rules, table: Table, columns: Columns, drafts: Sequence[MeasureDraft]
    ) -> None:
        self._rules = rules
        self._table = table
        self._columns = columns
        self._cells = [cell for cell in table.cells if cell.row >= columns.first_row]
        self._drafts = drafts
        practice = (one for one in self._cells if columns.role_of(one) is ColumnRole.PRACTICE)
        self._pitch = usual_pitch(practice)

    def cells(self, role: ColumnRole) -> list[SideCell]:
        """Read the cells of a role, from top to bottom, those of a later column last."""
        cells = [cell for cell in self._cells if self._columns.role_of(cell) is role]
        edges = _right_edges(cells)
        pitch = self._pitch
        found: list[SideCell] = []
        for cell in self._carried(cells):
            if not cell.lines or cell.column_span == self._table.column_count:
                continue
            height = line_height(cell.lines, pitch)
            entries = self._entries(role, cell, edges[cell.column], TOGETHER * height)
            broken_off = bool(found) and found[-1].cell.lines[-1].glyphs[-1] in "、，"
            found.append(SideCell(cell, tuple(entries), height, broken_off))
        return found

    def _entries(
        self, role: ColumnRole, cell: Cell, edge: float, together: float
    ) -> Sequence[Entry]:
        if role is ColumnRole.PERIOD:
            return read_periods(self._rules.periods, cell.lines, together)
        if role in DEPARTMENTS:
            read = read_entries(self._rules.departments, cell.lines, edge, together)
            return [entry.lines for entry in read]
        return _paragraphs(cell.lines, together)

    def _carried(self, cells: Sequence[Cell]) -> list[Cell]:
        """Lengthen cells over a blank one that starts a page, where a row holds many measures.

        There the page break cut the row, and what the cell says holds on the next page too.
        """
        drafts = self._drafts
        if len({draft.row for draft in drafts}) == len(drafts):
            return list(cells)
        found: list[Cell] = []
        for cell in cells:
            last = found[-1] if found else None
            if (
                last is not None
                and not cell.lines
                and cell.row in self._table.soft_rows
                and last.column == cell.column
                and last.row + last.row_span == cell.row
            ):
                found[-1] = replace(last, row_span=last.row_span + cell.row_span)
            else:
                found.append(cell)
        return found

    def starts(self, sides: Mapping[ColumnRole, Sequence[SideCell]]) -> list[tuple[int, float]]:
        """Give the places where the columns beside start anew, all of those that there are."""
        lists = [
            [(entry[0].page, entry[0].middle) for side in sides[role] for entry in side.entries]
            for role in (ColumnRole.DEPARTMENT, ColumnRole.PERIOD)
            if role in self._columns.roles
        ]
        if len(lists) < 2:
            return lists[0] if lists else []
        first, second = lists
        near = {(page, int(y / 6.0) + step) for page, y in second for step in (-1, 0, 1)}
        return [(page, middle) for page, middle in first if (page, int(middle / 6.0)) in near]


def _right_edges(cells: Sequence[Cell]) -> dict[int, float]:
    """Give by column how far right text may reach: as near to the border as on the left side."""
    padding: dict[int, float] = {}
    for cell in cells:
        for line in cell.lines:
            left = min(place.box.left for place in cell.boxes if place.page == line.page)
            padding[cell.column] = min(padding.get(cell.column, line.left - left), line.left - left)
    edges: dict[int, float] = {}
    for cell in cells:
        right = max(place.box.right for place in cell.boxes) - padding.get(cell.column, 0.0)
        edges[cell.column] = max(edges.get(cell.column, 0.0), right)
    return edges


def _paragraphs(lines: Sequence[TextLine], together: float) -> list[Entry]:
    """Part lines at the gaps between them."""
    entries: list[list[TextLine]] = []
    for line in lines:
        last = entries[-1][-1] if entries else None
        if last is not None and (line.page != last.page or line.middle - last.middle <= together):
            entries[-1].append(line)
        else:
            entries.append([line])
    return [tuple(entry) for entry in entries]
