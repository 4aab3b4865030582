"""Lines of cells whose upright glyphs run down the page in several columns: 直書.

Glyphs that are turned themselves tell their direction: see ``text_lines``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Run

_FEWEST = 3
# Nearly every glyph of such text is a run of its own.
_GLYPHS_A_RUN = 1.3
# Glyphs of one column stand over each other by this part of the font size.
_ASIDE = 0.5
# Steps from one glyph to the next below it, as parts of the font size.
_LEAST, _MOST = 0.4, 3.0


def _middle(run: Run) -> float:
    return (run.lefts[0] + run.rights[-1]) / 2


def _columns(runs: Sequence[Run]) -> list[list[Run]]:
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
    columns = _columns(runs)
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
