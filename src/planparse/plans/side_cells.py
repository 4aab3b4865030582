"""The cells beside the practice column: what they print, their parts, the measures beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.sentences import COMMAS
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.alignment import TOGETHER, Slot
from planparse.plans.builders import MeasureBuilder, part_at_gaps
from planparse.plans.column_roles import Columns
from planparse.plans.departments import read_entries
from planparse.plans.periods import read_periods

#: The lines of a cell that print one department or list of them, one period, one paragraph.
Entry = tuple[TextLine, ...]

# Cost (in lines) of assigning the first entry of a page to a measure whose text ended before it.
_ENDED = 2.0
# Lines further apart than this (in font sizes, or times the usual distance) have a gap between.
_WIDEST, _SPREAD = 2.2, 1.15
# The height of a line in font sizes where no two lines show it, in points where there is none.
_LINE, _LINE_POINTS = 1.3, 16.0
# Entries of two columns start level if they stand in one band, or in neighbouring ones (points).
_BAND = 6.0

DEPARTMENTS = (ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT)


class SideReader:
    """Reads the cells beside the practice column of one table.

    ``builders`` grows while the practice cells are read: once it is whole, cells that a page break
    cut are read as one.
    """

    def __init__(
        self, rules: Rules, table: Table, columns: Columns, builders: Sequence[MeasureBuilder]
    ) -> None:
        self._rules = rules
        self._table = table
        self._columns = columns
        self._cells = [cell for cell in table.cells if cell.row >= columns.first_row]
        self._builders = builders
        practice = (one for one in self._cells if columns.role_of(one) is ColumnRole.PRACTICE)
        self._pitch = usual_pitch(practice)

    def cells(self, role: ColumnRole) -> list[SideCell]:
        """Return the cells of a role, from top to bottom, those of a later column last."""
        cells = [cell for cell in self._cells if self._columns.role_of(cell) is role]
        edges = _right_edges(cells)
        pitch = self._pitch
        found: list[SideCell] = []
        for cell in self._carried(cells):
            if not cell.lines or cell.column_span == self._table.column_count:
                continue
            height = line_height(cell.lines, pitch)
            entries = self._entries(role, cell.lines, edges[cell.column], TOGETHER * height)
            broken_off = bool(found) and found[-1].cell.lines[-1].glyphs[-1] in COMMAS
            edge = edges[cell.column]
            found.append(SideCell(cell, tuple(entries), height, broken_off, role, edge))
        return found

    def part(self, side: SideCell, lines: Sequence[TextLine]) -> Sequence[Entry]:
        """Return the entries of some lines of a cell."""
        return self._entries(side.role, lines, side.edge, TOGETHER * side.height)

    def _entries(
        self, role: ColumnRole, lines: Sequence[TextLine], edge: float, together: float
    ) -> Sequence[Entry]:
        if role is ColumnRole.PERIOD:
            return read_periods(self._rules.periods, lines, together)
        if role in DEPARTMENTS:
            return read_entries(self._rules.departments, lines, edge, together)
        return part_at_gaps(lines, together)

    def _carried(self, cells: Sequence[Cell]) -> list[Cell]:
        """Return cells, lengthened over blank ones that start a page where rows hold many measures.

        There the page break cut the row, and the text of the cell holds on the next page too.
        """
        builders = self._builders
        if len({builder.row for builder in builders}) == len(builders):
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
        """Return the places where the columns beside start anew, all of those that there are."""
        lists = [
            [(entry[0].page, entry[0].middle) for side in sides[role] for entry in side.entries]
            for role in (ColumnRole.DEPARTMENT, ColumnRole.PERIOD)
            if role in self._columns.roles
        ]
        if len(lists) < 2:
            return lists[0] if lists else []
        first, second = lists
        near = {(page, int(y / _BAND) + step) for page, y in second for step in (-1, 0, 1)}
        return [(page, middle) for page, middle in first if (page, int(middle / _BAND)) in near]


def _right_edges(cells: Sequence[Cell]) -> dict[int, float]:
    """Return by column how far right text may reach: as near to the border as on the left side."""
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


@dataclass(frozen=True, slots=True)
class SideCell:
    """A cell beside the practice column: what it prints, part by part.

    ``broken_off``: the cell above it, on the page before, ends in a separator; ``edge``: how far
    right its text may reach, in points.
    """

    cell: Cell
    entries: tuple[Entry, ...]
    height: float
    broken_off: bool = False
    role: ColumnRole = ColumnRole.EXTRA
    edge: float = 0.0


def line_height(lines: Sequence[TextLine], pitch: float = 0.0) -> float:
    """Return the usual distance of neighbouring lines in points; 1.3 font sizes where none shows.

    ``pitch`` is the usual distance in the practice column: documents may be set with double line
    spacing, and then a line's distance is no gap.
    """
    if not lines:
        return _LINE_POINTS
    size = lines[0].font_size
    widest = max(_WIDEST * size, _SPREAD * pitch)
    steps = [
        below.middle - above.middle
        for above, below in pairwise(lines)
        if above.page == below.page and below.middle - above.middle < widest
    ]
    if steps:
        return median(steps)
    return pitch if pitch > _WIDEST * size else _LINE * size


def usual_pitch(cells: Iterable[Cell]) -> float:
    """Return the usual distance of neighbouring lines of cells in points, 0 where none shows."""
    steps = [
        below.middle - above.middle
        for cell in cells
        for above, below in pairwise(cell.lines)
        if above.page == below.page
    ]
    return median(steps) if steps else 0.0


def groups_of(cell: SideCell) -> list[list[Entry]]:
    """Return entries parted at the gaps between them; a page break parts nothing by itself."""
    groups: list[list[Entry]] = []
    for entry in cell.entries:
        if groups:
            last = groups[-1][-1][-1]
            near = entry[0].middle - last.middle <= TOGETHER * cell.height
            if near and last.page == entry[0].page:
                groups[-1].append(entry)
                continue
        groups.append([entry])
    return groups


def builders_beside(builders: Sequence[MeasureBuilder], cell: Cell) -> list[MeasureBuilder]:
    """Return the measures whose rows the cell shares."""
    end = cell.row + cell.row_span
    return [builder for builder in builders if builder.row < end and builder.row_end > cell.row]


def slots_on(
    builders: Sequence[MeasureBuilder], page: int, *, broken_off: bool = False
) -> tuple[list[MeasureBuilder], list[Slot]]:
    """Return the measures that stand on a page, and where; the last one before it comes first.

    That one's text has ended, but its departments may go on over the page break; ``broken_off``
    means that they do: the entry before the break ends in a separator.
    """
    present: list[MeasureBuilder] = []
    slots: list[Slot] = []
    earlier: list[MeasureBuilder] = []
    for builder in builders:
        tops = builder.tops()
        top = tops.get(page)
        if top is not None:
            present.append(builder)
            slots.append(Slot(top, min(tops) < page))
        elif max(tops) < page:
            earlier.append(builder)
    if earlier and not any(slot.continued for slot in slots):
        until = slots[0].top if slots else float("inf")
        present.insert(0, earlier[-1])
        slots.insert(0, Slot(0.0, True, 0.0 if broken_off else _ENDED, until))
    if not present:
        return [builders[0]], [Slot(0.0, True)]
    return present, slots
