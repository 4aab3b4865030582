"""Note of each line of a cell whether it had room for more: then its break cut no word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from planparse.model.table import BROKEN_WITHIN, Cell, LineEnd, TextLine, is_latin

# A line is centred where the space beside it differs by less than this many font sizes.
_CENTRED = 0.1


def _beside(cell: Cell, line: TextLine) -> tuple[float, float] | None:
    """Return the space left and right of a line in its cell, in points; None off its boxes."""
    for place in cell.boxes:
        if place.page == line.page:
            return line.left - place.box.left, place.box.right - line.right
    return None


def _paddings(cells: Iterable[Cell]) -> dict[int, float]:
    """Return by column how near to the border its text begins, in points."""
    found: dict[int, float] = {}
    for cell in cells:
        for line in cell.lines:
            beside = _beside(cell, line)
            if beside is not None:
                found[cell.column] = min(found.get(cell.column, beside[0]), beside[0])
    return found


def _end(cell: Cell, line: TextLine, padding: float) -> LineEnd:
    beside = _beside(cell, line)
    if beside is None:
        return LineEnd.UNKNOWN
    left, right = beside
    size = line.font_size
    room = right - padding
    if abs(left - right) < _CENTRED * size:
        room += left - padding
    return LineEnd.FULL if room <= BROKEN_WITHIN * size else LineEnd.FREE


def _may_cut(line: TextLine, after: TextLine) -> bool:
    return is_latin(line.glyphs[-1]) and is_latin(after.glyphs[0])


def note_line_ends(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells with ``TextLine.end`` set where a Latin word or a number may be cut."""
    asked = {
        at
        for at, cell in enumerate(cells)
        if any(_may_cut(line, after) for line, after in pairwise(cell.lines))
    }
    if not asked:
        return cells
    paddings = _paddings(cells)
    found = list(cells)
    for at in asked:
        cell = cells[at]
        lines = list(cell.lines)
        for number, (line, after) in enumerate(pairwise(cell.lines)):
            if _may_cut(line, after) and not line.runs[0].turn:
                lines[number] = replace(line, end=_end(cell, line, paddings.get(cell.column, 0.0)))
        found[at] = replace(cell, lines=tuple(lines))
    return tuple(found)
