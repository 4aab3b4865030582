"""Runs in text lines: level ones, and those set downwards in several columns (直書)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planparse.model.page import Run
from planparse.model.table import TextLine

# Runs whose middles are nearer than this part of the font size stand on one line.
_SAME_LINE = 0.5
_DOWN = 90


def _interleaved(runs: Iterable[Run]) -> list[Run]:
    """Order runs glyph by glyph: a producer drew some glyphs of the line between others."""
    glyphs = [run.slice(at, at + 1) for run in runs for at in range(len(run.text))]
    return sorted(glyphs, key=lambda run: run.lefts[0] + run.rights[0])


def _columns(runs: Iterable[Run]) -> list[TextLine]:
    """Give turned glyphs as lines: downwards from the right column, upwards from the left."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.turn, run.lefts[0] + run.rights[0])):
        if groups and groups[-1][0].turn == run.turn:
            anchor = groups[-1][0]
            apart = (run.lefts[0] + run.rights[0] - anchor.lefts[0] - anchor.rights[0]) / 2
            if apart <= _SAME_LINE * min(anchor.font_size, run.font_size):
                groups[-1].append(run)
                continue
        groups.append([run])
    downwards = [
        sorted(group, key=lambda run: run.top) for group in groups if group[0].turn == _DOWN
    ]
    upwards = [
        sorted(group, key=lambda run: -run.top) for group in groups if group[0].turn != _DOWN
    ]
    return [TextLine(tuple(group)) for group in [*reversed(downwards), *upwards]]


def group_lines(runs: Iterable[Run]) -> list[TextLine]:
    """Give the lines from top to bottom, each with its runs from left to right.

    Turned text (面向 set upright or sideways in a narrow column) comes after what is not turned,
    but for what stands below all of it.
    """
    upright: list[Run] = []
    turned: list[Run] = []
    for run in runs:
        (turned if run.turn else upright).append(run)
    lines = _rows(upright)
    if turned:
        lines += _columns(turned)
        lines.sort(
            key=lambda line: line.runs[0].turn == 0 and line.top > min(run.top for run in turned)
        )
    return lines


def _rows(upright: Iterable[Run]) -> list[TextLine]:
    groups: list[list[Run]] = []
    for run in sorted(upright, key=lambda run: run.top + run.bottom):
        if groups:
            anchor = groups[-1][0]
            near = _SAME_LINE * min(anchor.font_size, run.font_size)
            if run.middle - anchor.middle <= near:
                groups[-1].append(run)
                continue
        groups.append([run])
    lines = []
    for group in groups:
        runs = group
        if len(runs) > 1:
            runs.sort(key=lambda run: run.lefts[0])
            if any(after.left < before.right - 1.0 for before, after in pairwise(runs)):
                runs = _interleaved(runs)
        lines.append(TextLine(tuple(runs)))
    return lines


_FEWEST = 3
# Nearly every glyph of such text is a run of its own.
_GLYPHS_A_RUN = 1.3
# Glyphs of one column stand over each other by this part of the font size.
_ASIDE = 0.5
# Steps from one glyph to the next below it, as parts of the font size.
_LEAST, _MOST = 0.4, 3.0


def _middle(run: Run) -> float:
    return (run.lefts[0] + run.rights[-1]) / 2


def _upright_columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Part runs into columns, from left to right."""
    columns: list[list[Run]] = []
    for run in sorted(runs, key=_middle):
        if columns and _middle(run) - _middle(columns[-1][0]) <= _ASIDE * run.font_size:
            columns[-1].append(run)
        else:
            columns.append([run])
    return columns


def upright_lines(runs: Sequence[Run]) -> list[TextLine] | None:
    """Give the lines of a cell whose text runs down in several columns; None where it does not.

    Glyphs below each other in a single column are left alone: they read alike, line by line.
    """
    if len(runs) < _FEWEST or sum(len(run.text) for run in runs) > _GLYPHS_A_RUN * len(runs):
        return None
    columns = _upright_columns(runs)
    if len(columns) < 2 or len(columns[-1]) < _FEWEST or any(run.turn for run in runs):
        return None
    drawn = sorted(runs, key=lambda run: run.first)
    steps = 0
    for before, after in pairwise(drawn):
        aside = abs(_middle(after) - _middle(before)) / before.font_size
        below = (after.middle - before.middle) / before.font_size
        steps += aside <= _ASIDE and _LEAST <= below <= _MOST
    if steps < len(runs) - len(columns):
        return None
    columns.reverse()
    return [TextLine(tuple(sorted(column, key=lambda run: run.middle))) for column in columns]
