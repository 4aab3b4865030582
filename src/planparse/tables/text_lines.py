"""Runs in text lines: level ones, and those set downwards in several columns (直書)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from planparse.model.page import Run
from planparse.model.table import BROKEN_WITHIN, Cell, LineEnd, TextLine, is_latin

# Runs whose middles are nearer than this part of the font size stand on one line or in one column:
# a quarter of a size for raised figures, a whole one for the next line. 0.4 to 0.6 read alike.
_SAME_LINE = 0.5
# Runs of a line that overlap by more points than this were drawn between each other's glyphs.
_OVERLAP = 1.0
# ``Run.turn`` in degrees of glyphs that read downwards.
_DOWN = 90


def _grouped(runs: Iterable[Run], place: Callable[[Run], float]) -> list[list[Run]]:
    """Return the runs by their place, those near the first of a group in that group."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=place):
        if groups:
            anchor = groups[-1][0]
            near = _SAME_LINE * min(anchor.font_size, run.font_size)
            if place(run) - place(anchor) <= near:
                groups[-1].append(run)
                continue
        groups.append([run])
    return groups


def _across(run: Run) -> float:
    return (run.lefts[0] + run.rights[-1]) / 2


def _down(run: Run) -> float:
    return (run.top + run.bottom) / 2


def _interleaved(runs: Iterable[Run]) -> list[Run]:
    """Return the glyphs in order: a producer drew some glyphs of the line between others."""
    glyphs = [run.slice(at, at + 1) for run in runs for at in range(len(run.text))]
    return sorted(glyphs, key=_across)


def _level_lines(runs: Iterable[Run]) -> list[TextLine]:
    lines = []
    for group in _grouped(runs, _down):
        group.sort(key=lambda run: run.lefts[0])
        overlap = any(after.left < before.right - _OVERLAP for before, after in pairwise(group))
        lines.append(TextLine(tuple(_interleaved(group) if overlap else group)))
    return lines


def _turned_lines(runs: Sequence[Run]) -> list[TextLine]:
    """Return turned glyphs as lines: downwards from the right column, upwards from the left."""
    downwards = _grouped((run for run in runs if run.turn == _DOWN), _across)
    upwards = _grouped((run for run in runs if run.turn != _DOWN), _across)
    ordered = [sorted(group, key=lambda run: run.top) for group in reversed(downwards)]
    ordered += [sorted(group, key=lambda run: -run.top) for group in upwards]
    return [TextLine(tuple(group)) for group in ordered]


def group_lines(runs: Iterable[Run]) -> list[TextLine]:
    """Return the lines from top to bottom, each with its runs from left to right.

    Turned text (面向 set upright or sideways in a narrow column) comes after what is not turned,
    but for what stands below all of it.
    """
    level: list[Run] = []
    turned: list[Run] = []
    for run in runs:
        (turned if run.turn else level).append(run)
    lines = _level_lines(level)
    if turned:
        top = min(run.top for run in turned)
        lines += _turned_lines(turned)
        lines.sort(key=lambda line: line.runs[0].turn == 0 and line.top > top)
    return lines


# Vertical text (直書) has columns of this many glyphs at least: two below each other are two lines.
_FEWEST = 3
# Nearly every glyph of such text is a run of its own; level text has several glyphs per run.
_GLYPHS_PER_RUN = 1.3
# Steps from one glyph to the next below it, as parts of the font size: set close, or spread out.
_LEAST_STEP, _MOST_STEP = 0.4, 3.0


def _is_below(run: Run, before: Run) -> bool:
    """Return True if a glyph stands right below another in one column."""
    below = (run.middle - before.middle) / before.font_size
    aside = abs(_across(run) - _across(before)) / before.font_size
    return aside <= _SAME_LINE and _LEAST_STEP <= below <= _MOST_STEP


def vertical_lines(runs: Sequence[Run]) -> list[TextLine] | None:
    """Return the lines of a cell whose text runs down in several columns; None for other text.

    Glyphs below each other in a single column are left alone: they read alike, line by line. The
    right column is filled first: with fewer glyphs than another it is the end of level lines
    whose glyphs were drawn column by column.
    """
    if len(runs) < _FEWEST or sum(len(run.text) for run in runs) > _GLYPHS_PER_RUN * len(runs):
        return None
    columns = _grouped(runs, _across)
    fewest = max(_FEWEST, *map(len, columns))
    if len(columns) < 2 or len(columns[-1]) < fewest or any(run.turn for run in runs):
        return None
    drawn = sorted(runs, key=lambda run: run.first)
    if sum(_is_below(run, before) for before, run in pairwise(drawn)) < len(runs) - len(columns):
        return None
    return [TextLine(tuple(sorted(column, key=_down))) for column in reversed(columns)]


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
    """Return True if a break between two lines may cut a Latin word or a number."""
    level = not line.runs[0].turn
    return level and is_latin(line.glyphs[-1]) and is_latin(after.glyphs[0])


def note_line_ends(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with ``TextLine.end`` set where a Latin word or a number may be cut.

    A line that had room for more was not broken for width: its break cut nothing.
    """
    found = list(cells)
    paddings: dict[int, float] | None = None
    for at, cell in enumerate(cells):
        lines = list(cell.lines)
        for number, (line, after) in enumerate(pairwise(cell.lines)):
            if _may_cut(line, after):
                paddings = _paddings(cells) if paddings is None else paddings
                lines[number] = replace(line, end=_end(cell, line, paddings.get(cell.column, 0.0)))
                found[at] = replace(cell, lines=tuple(lines))
    return tuple(found)
