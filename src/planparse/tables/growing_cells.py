"""The cells of a table while its parts are being joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.model.geometry import Box, Place
from planparse.model.table import Cell, TextLine
from planparse.tables.page_joins import SAME_EDGE
from planparse.tables.page_tables import PageTable


@dataclass(slots=True)
class GrowingCell:
    """A cell while parts are being joined; ``merged``: some page draws it over several rows.

    ``unsure``: no ruling shows that it is one cell.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    boxes: list[Place]
    lines: list[TextLine]
    merged: bool
    unsure: bool = False

    @property
    def row_end(self) -> int:
        """The row below the cell."""
        return self.row + self.row_span

    def take(self, later: GrowingCell, rows: int) -> None:
        """Go on with a cell of the next page, which adds ``rows`` rows."""
        self.row_span += rows
        self.boxes += later.boxes
        self.lines += later.lines
        self.merged = self.merged or later.merged
        self.unsure = self.unsure or later.unsure

    def finish(self) -> Cell:
        """Return the cell as it is now."""
        spans = (self.row_span, self.column_span)
        places, lines = tuple(self.boxes), tuple(self.lines)
        return Cell(self.row, self.column, *spans, places, lines, unsure=self.unsure)


@dataclass(frozen=True, slots=True)
class Part:
    """A page's part: its table, how far it is shifted right, its first rows to leave out."""

    table: PageTable
    shift: float
    skip: int


def union_edges(parts: Sequence[Part]) -> list[float]:
    """Return the column borders of all parts: parts are joined by position, not by count."""
    edges: list[float] = []
    for part in parts:
        for x in part.table.lattice.xs:
            placed = x - part.shift
            if all(abs(placed - edge) > SAME_EDGE for edge in edges):
                edges.append(placed)
    return sorted(edges)


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - x))


def cells_of(part: Part, edges: Sequence[float]) -> list[GrowingCell]:
    """Return a part's cells in the columns of the whole table, its first kept row being 0."""
    lattice = part.table.lattice
    columns = [_nearest(edges, x - part.shift) for x in lattice.xs]
    cells = []
    for region, lines in part.table.cells:
        start, end = max(region.row, part.skip), region.row_end
        if end <= part.skip:
            continue
        left, right = region.column, region.column_end
        box = Box(lattice.xs[left], lattice.ys[start], lattice.xs[right], lattice.ys[end])
        cells.append(
            GrowingCell(
                start - part.skip,
                columns[left],
                end - start,
                max(columns[right] - columns[left], 1),
                [Place(part.table.page, box)],
                list(lines) if region.row >= part.skip else [],
                merged=end - start > 1,
                unsure=(region.row, region.column) in part.table.unsure,
            )
        )
    return cells
