"""Note which glyphs each field holds, for the ledger, and where on the pages they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from planparse.datamodel.geometry import Box
from planparse.datamodel.layout import TextLine
from planparse.datamodel.ledger import Claim
from planparse.datamodel.plan import FieldPlace

# A first line that starts this much further right (points) stands behind a number.
_BEHIND_NUMBER = 2.0


def claim(
    field: str, owner: int | None, index: int, lines: Iterable[TextLine]
) -> list[Claim]:
    """Claim the glyphs of lines for a field."""
    return [Claim(field, owner, index, run) for line in lines for run in line.runs]


def boxes_of(lines: Sequence[TextLine]) -> list[tuple[int, Box]]:
    """Give the boxes around lines, one a page; a first line behind a number has its own."""
    found: list[tuple[int, Box]] = []
    for page, group in groupby(lines, key=lambda line: line.page):
        here = list(group)
        rest = here[1:]
        if rest and here[0].left > min(line.left for line in rest) + _BEHIND_NUMBER:
            found.append((page, here[0].box))
            here = rest
        found.append((page, Box.around(line.box for line in here)))
    return found


def places(field: str, index: int, lines: Sequence[TextLine]) -> list[FieldPlace]:
    """Give the places of a field, rounded to hundredths of a point."""
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
        for page, box in boxes_of(lines)
    ]
