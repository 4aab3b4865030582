"""Order runs into text lines: MuPDF groups wrongly where cells touch or glyphs are spread."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Run

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
