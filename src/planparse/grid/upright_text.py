"""Lines of cells whose text runs down or up the page: 直書 in narrow first columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Run

_FEWEST = 3
# Nearly every glyph of such text is a run of its own.
_GLYPHS_A_RUN = 1.3
# Steps between one glyph and the next that are drawn, as parts of the font size.
_ASIDE = 0.5
_LEAST, _MOST = 0.4, 3.0
_MOSTLY = 0.6


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
    """Give the lines of a cell whose text runs down or up; None where it does neither.

    Glyphs drawn one below the other in a single column are left alone: they read alike, line by
    line.
    """
    count = len(runs)
    if count < _FEWEST or sum(len(run.text) for run in runs) > _GLYPHS_A_RUN * count:
        return None
    drawn = sorted(runs, key=lambda run: run.first)
    down = up = 0
    for before, after in pairwise(drawn):
        size = before.font_size
        step = (after.middle - before.middle) / size
        if abs(_middle(after) - _middle(before)) <= _ASIDE * size:
            down += _LEAST <= step <= _MOST
            up += _LEAST <= -step <= _MOST
    columns = _columns(runs)
    if down >= _MOSTLY * (count - 1) and len(columns) > 1:
        columns.reverse()
    elif up < _MOSTLY * (count - 1):
        return None
    sign = 1 if down > up else -1
    return [
        TextLine(tuple(sorted(column, key=lambda run: sign * run.middle))) for column in columns
    ]
