"""Order runs into text lines: MuPDF groups wrongly where cells touch or glyphs are spread."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Run

# Runs whose middles are nearer than this part of the font size stand on one line.
_SAME_LINE = 0.5


def _interleaved(runs: Iterable[Run]) -> list[Run]:
    """Order runs glyph by glyph: a producer drew some glyphs of the line between others."""
    glyphs = [run.slice(at, at + 1) for run in runs for at in range(len(run.text))]
    return sorted(glyphs, key=lambda run: run.lefts[0] + run.rights[0])


def group_lines(runs: Iterable[Run]) -> list[TextLine]:
    """Give the lines from top to bottom, each with its runs from left to right."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.top + run.bottom):
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
