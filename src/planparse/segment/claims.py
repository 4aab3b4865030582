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
    """Give the box around lines."""
    return Box(
        min([line.left for line in lines]),
        min([line.top for line in lines]),
        max([line.right for line in lines]),
        max([line.bottom for line in lines]),
    )


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
    if by_line or len(lines) == 1:
        return [_field_place(field, index, line.page, line) for line in lines]
    return [_field_place(field, index, page, box) for page, box in boxes_of(lines)]


def _field_place(field: str, index: int, page: int, around: TextLine | Box) -> FieldPlace:
    return FieldPlace(
        field=field,
        index=index,
        page=page,
        left=round(around.left, 2),
        top=round(around.top, 2),
        right=round(around.right, 2),
        bottom=round(around.bottom, 2),
    )
