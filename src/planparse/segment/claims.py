"""Say where on the pages the lines of a field stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from planparse.datamodel.geometry import Box
from planparse.datamodel.layout import TextLine
from planparse.datamodel.plan import FieldPlace

_page_of = attrgetter("page")

# A first line that starts this much further right (points) stands behind a number.
_BEHIND_NUMBER = 2.0


def _around(lines: Sequence[TextLine]) -> Box:
    """Give the box around lines; written out, for it is asked for every field of every record."""
    left = top = float("inf")
    right = bottom = float("-inf")
    for line in lines:
        runs = line.runs
        left = min(left, runs[0].lefts[0])
        right = max(right, runs[-1].rights[-1])
        for run in runs:
            top = min(top, run.top)
            bottom = max(bottom, run.bottom)
    return Box(left, top, right, bottom)


def boxes_of(lines: Sequence[TextLine]) -> list[tuple[int, Box]]:
    """Give the boxes around lines, one a page; a first line behind a number has its own."""
    if len(lines) == 1:
        return [(lines[0].page, lines[0].box)]
    found: list[tuple[int, Box]] = []
    for page, group in groupby(lines, key=_page_of):
        here = list(group)
        rest = here[1:]
        if rest and here[0].left > min([line.left for line in rest]) + _BEHIND_NUMBER:
            found.append((page, here[0].box))
            here = rest
        found.append((page, _around(here)))
    return found


def places(
    field: str, index: int, lines: Sequence[TextLine], *, by_line: bool = False
) -> list[FieldPlace]:
    """Give the places of a field, rounded to hundredths of a point.

    ``by_line``: a box a line, for fields that may end where another one starts on the same line.
    """
    return [
        FieldPlace(
            field=field,
            index=index,
            page=page,
            left=round(box.left, 2),
            top=round(box.top, 2),
            right=round(box.right, 2),
            bottom=round(box.bottom, 2),
        )
        for page, box in ([(line.page, line.box) for line in lines] if by_line else boxes_of(lines))
    ]
