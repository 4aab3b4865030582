"""Cut a table into pages where a reader can still tell what belongs together."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .cells import CellLine, CellSpec
from .style import Style
from .table import TableSpec

_SLACK = 1e-6


class NoBreakError(Exception):
    """No place to break the page that would leave the plan readable without doubt."""


@dataclass(slots=True, frozen=True)
class Cut:
    """A place between lines: before line ``line`` of row ``row``; line 0 is the row's top."""

    row: int
    line: int


@dataclass(slots=True)
class Part:
    """What of the table stands on one page, from ``start`` to ``end``."""

    start: Cut
    end: Cut
    page: int
    top: float = 0.0
    lines: list[tuple[CellSpec, CellLine, float]] = field(default_factory=list)


class TableFlow:
    """Positions of a table in points below its own top, and the places where it may be cut."""

    def __init__(self, rng: Random, style: Style, table: TableSpec, line_height: float) -> None:
        self.rng = rng
        self.style = style
        self.table = table
        self.height = line_height
        self.pad = style.padding
        self.tops = [0.0]
        for count in table.row_lines:
            self.tops.append(self.tops[-1] + count * line_height + 2 * self.pad)
        self.by_row: dict[int, list[CellSpec]] = {row: [] for row in range(len(table.row_lines))}
        for cell in table.cells:
            for row in range(cell.row0, cell.row1):
                self.by_row[row].append(cell)
        self.columns = {one.role: index for index, one in enumerate(table.columns)}
        self.cells_end = len(table.row_lines)

    def y(self, cut: Cut) -> float:
        """Give the height of a cut below the table's top."""
        if cut.line == 0:
            return self.tops[cut.row]
        return self.tops[cut.row] + self.pad + cut.line * self.height

    def extent(self, start: Cut, end: Cut) -> float:
        """Give the height that the part from ``start`` to ``end`` takes on a page."""
        pads = (self.pad if start.line else 0.0) + (self.pad if end.line else 0.0)
        return self.y(end) - self.y(start) + pads

    def part(self, start: Cut, room: float, fresh: bool) -> Cut | None:
        """Choose where the page ends; None to begin the table on the next page."""
        end = Cut(self.cells_end, 0)
        if self.extent(start, end) <= room:
            return end
        found = [cut for cut in self._after(start, room) if self._allowed(cut)]
        if not self.style.cut_rows:
            whole = [cut for cut in found if cut.line == 0]
            found = whole or found
        if not found:
            if fresh:
                raise NoBreakError
            return None
        if self.style.early_breaks and self.rng.random() < 0.6:
            return self.rng.choice(found[len(found) // 2 :])
        return found[-1]

    def _after(self, start: Cut, room: float) -> list[Cut]:
        found: list[Cut] = []
        row, line = start.row, start.line + 1
        while row < self.cells_end:
            found.extend(Cut(row, at) for at in range(line, self.table.row_lines[row]))
            row, line = row + 1, 1
            if row < self.cells_end:
                found.append(Cut(row, 0))
        return [cut for cut in found if self.extent(start, cut) <= room]

    def _crossing(self, cut: Cut) -> list[CellSpec]:
        cells = self.by_row[cut.row]
        return [cell for cell in cells if cell.row0 < cut.row or cut.line]

    def kept(self, cell: CellSpec, line: CellLine, cut: Cut) -> bool:
        """Tell whether a line stands before the cut."""
        bottom = self.tops[cell.row0] + self.pad + (line.y + 1) * self.height
        return bottom <= self.y(cut) + _SLACK

    def _allowed(self, cut: Cut) -> bool:
        if cut.line == 0 and not self._row_speaks(cut.row):
            return False
        return all(self._cell_allows(cell, cut) for cell in self._crossing(cut))

    def _row_speaks(self, row: int) -> bool:
        """Tell whether a row on top of a page shows that it is no continuation."""
        beside = {self.columns.get(role) for role in ("department", "period")}
        begun = [cell for cell in self.by_row[row] if cell.row0 == row]
        extra = {at for role, at in self.columns.items() if role.startswith("extra:")}
        if any(cell.col0 in beside | extra and not cell.lines for cell in begun):
            return False
        # Without a number only a label or a department that begins here tells a new measure.
        speaking = (cell.lines for cell in begun if cell.label or cell.col0 in beside)
        return row not in self.table.unnumbered or any(speaking)

    def _cell_allows(self, cell: CellSpec, cut: Cut) -> bool:
        old = [line for line in cell.lines if line.page]
        fresh = [line for line in cell.lines if not line.page]
        kept = [line for line in fresh if self.kept(cell, line, cut)]
        pushed = [line for line in fresh if not self.kept(cell, line, cut)]
        practice = self.columns["practice"]
        if cell.col1 - 1 == practice and cell.row1 - cell.row0 == 1 and not pushed:
            return False
        if not pushed:
            return True
        if cell.whole or pushed[0].tied or not (kept or old):
            return False
        if kept and kept[-1].open_end:
            return False
        if cell.row1 - cell.row0 > 1:
            return self._fits_after(cell, pushed, cut)
        return all(self._sides_agree(cell, line, cut) for line in fresh)

    def _sides_agree(self, cell: CellSpec, line: CellLine, cut: Cut) -> bool:
        """Refuse a cut through a drifting line, or between a measure and what stands beside it."""
        if cut.line - 1 + _SLACK < line.y < cut.line - _SLACK:
            return False
        if line.beside is None:
            return True
        first = next(one for one in cell.lines if one.beside is line.beside)
        measure_kept = line.beside.y < cut.line
        if self.kept(cell, line, cut) and not measure_kept:
            return False
        return line is not first or self.kept(cell, line, cut) == measure_kept

    def _fits_after(self, cell: CellSpec, pushed: list[CellLine], cut: Cut) -> bool:
        room = self.tops[cell.row1] - self.y(cut)
        return len(pushed) * self.height + 2 * self.pad <= room + _SLACK

    def split(self, part: Part) -> None:
        """Place the lines of a part; move those of merged cells that the page's end pushes on."""
        for cell in self.table.cells:
            if cell.row0 >= part.end.row + (1 if part.end.line else 0):
                continue
            fresh = [line for line in cell.lines if not line.page]
            pushed = []
            for line in fresh:
                if self.kept(cell, line, part.end) or part.end.row == self.cells_end:
                    line.page = part.page
                    offset = self.tops[cell.row0] + self.pad + line.y * self.height
                    lead = self.pad if part.start.line else 0.0
                    part.lines.append((cell, line, lead + offset - self.y(part.start)))
                else:
                    pushed.append(line)
            if pushed and cell.row1 - cell.row0 > 1:
                base = self.y(part.end) - self.tops[cell.row0] - (self.pad if part.end.line else 0)
                for index, line in enumerate(pushed):
                    line.y = base / self.height + index
