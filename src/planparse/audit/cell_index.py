"""Find the cell that holds a glyph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from planparse.model.page import Run
from planparse.model.table import Cell, Layout, Table


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A cell of a table: ``table`` counts the document's tables from 0.

    The cell may hold for the rows ``start`` to ``end`` - 1: where it starts a page the row before
    is counted in, and so are blank cells that start a page below it, for a page break may have cut
    its row.
    """

    table: int
    cell: Cell
    start: int
    end: int


def _blank_starts(table: Table) -> dict[tuple[int, int, int], int]:
    """Give the spans of blank cells that start a page, by row, column and column span."""
    return {
        (cell.row, cell.column, cell.column_span): cell.row_span
        for cell in table.cells
        if not cell.lines and cell.row in table.soft_rows
    }


def _end(cell: Cell, blanks: dict[tuple[int, int, int], int]) -> int:
    end = cell.row + cell.row_span
    while (end, cell.column, cell.column_span) in blanks:
        end += blanks[end, cell.column, cell.column_span]
    return end


class CellIndex:
    """The cells of a layout by the ordinals of their glyphs."""

    def __init__(self, layout: Layout) -> None:
        # Nearly every claim starts where a run of a cell does; for the others the runs are sorted.
        self._found: dict[tuple[int, int], Seat | None] = {}
        self._runs: list[tuple[Run, Seat]] = []
        self._sorted: dict[int, tuple[list[int], list[tuple[Run, Seat]]]] | None = None
        tables = [block for block in layout.blocks if isinstance(block, Table)]
        for at, table in enumerate(tables):
            blanks = _blank_starts(table)
            for cell in table.cells:
                if not cell.lines:
                    continue
                start = cell.row - (cell.row in table.soft_rows)
                seat = Seat(at, cell, start, _end(cell, blanks))
                for line in cell.lines:
                    for run in line.runs:
                        self._found[run.page, run.first] = seat
                        self._runs.append((run, seat))

    def seat_of(self, run: Run) -> Seat | None:
        """Give the cell that holds a run's first glyph; None if it stands in no table."""
        key = (run.page, run.first)
        if key not in self._found:
            self._found[key] = self._look_up(run)
        return self._found[key]

    def _look_up(self, run: Run) -> Seat | None:
        if self._sorted is None:
            self._sorted = self._sort()
        firsts, entries = self._sorted.get(run.page, ([], []))
        at = bisect_right(firsts, run.first) - 1
        if at < 0:
            return None
        holder, seat = entries[at]
        return seat if run.first < holder.first + len(holder.text) else None

    def _sort(self) -> dict[int, tuple[list[int], list[tuple[Run, Seat]]]]:
        by_page: dict[int, list[tuple[Run, Seat]]] = {}
        for entry in self._runs:
            by_page.setdefault(entry[0].page, []).append(entry)
        for entries in by_page.values():
            entries.sort(key=lambda entry: entry[0].first)
        return {
            page: ([run.first for run, _ in entries], entries) for page, entries in by_page.items()
        }

    def seats_of(self, runs: Iterable[Run]) -> list[Seat]:
        """Give the cells that hold runs, each once, in the order of the runs."""
        found: list[Seat] = []
        for run in runs:
            seat = self.seat_of(run)
            if seat is not None and (not found or seat is not found[-1]) and seat not in found:
                found.append(seat)
        return found
