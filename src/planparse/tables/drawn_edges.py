"""What a page draws around the text of a table: level lines, shaded areas, and where these end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from planparse.model.page import Axis, Page
from planparse.tables.aligned_columns import Part, Span
from planparse.tables.rulings import merge_rulings

#: A ruling borders a table if it stands this near to its text, in font sizes.
BESIDE = 1.5
#: Points by which the edge of an area may stand beside the strip between two columns.
AT_EDGE = 2.0
# A line parts rows if it covers this part of a column.
_COVERED = 0.7


class Edges:
    """What a page draws around its text: level lines, areas, and where these end across it."""

    def __init__(self, page: Page) -> None:
        self.lines = merge_rulings(page.rulings or (), Axis.HORIZONTAL)
        self.fills = page.fills
        self.ends = [
            x
            for ruling in page.rulings or ()
            if ruling.axis is Axis.HORIZONTAL
            for x in (ruling.start, ruling.end)
        ]
        self.ends += [x for fill in page.fills for x in (fill.left, fill.right)]


def _between(ends: Sequence[float], low: float, high: float, usual: float) -> float:
    """Return where a border stands in a strip: where lines and areas end, else as usual."""
    inside = [x for x in ends if low - AT_EDGE <= x <= high + AT_EDGE]
    return median(inside) if inside else usual


def column_borders(
    gutters: Sequence[Span], parts: Sequence[Part], edges: Sequence[Edges]
) -> tuple[float, ...]:
    """Return the positions of the borders of columns, in points."""
    pieces = [piece for part in parts for line in part.every for piece in line]
    ends = [x for one in edges for x in one.ends]
    padding = min((high - low) / 2 for low, high in gutters)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    beside = BESIDE * pieces[0].size
    inner = [_between(ends, low, high, high - padding) for low, high in gutters]
    return (
        _between(ends, left - beside, left, left - padding),
        *inner,
        _between(ends, right, right + beside, right + padding),
    )


#: A height in points with the first and the last border that an edge there reaches.
Cover = tuple[float, int, int]


class Drawn:
    """The level edges that a page draws inside a part: each with its first and last border."""

    def __init__(self, edges: Edges, xs: Sequence[float], top: float, bottom: float) -> None:
        self._xs = xs
        self.lines = list(
            self._covers(
                (line.position, line.start, line.end)
                for line in edges.lines
                if top <= line.position <= bottom
            )
        )
        areas = [fill for fill in edges.fills if fill.top <= bottom and fill.bottom >= top]
        self.areas = [
            (upper, low, high, fill.bottom)
            for fill in areas
            for upper, low, high in self._covers([(fill.top, fill.left, fill.right)])
            if self._is_snapped(fill.left) and self._is_snapped(fill.right)
        ]

    def _is_snapped(self, x: float) -> bool:
        return min(abs(x - border) for border in self._xs) <= 2 * AT_EDGE

    def _covers(self, edges: Iterable[tuple[float, float, float]]) -> Iterator[Cover]:
        for position, start, end in edges:
            inside = [
                at
                for at, (left, right) in enumerate(pairwise(self._xs))
                if min(right, end) - max(left, start) >= _COVERED * (right - left)
            ]
            if inside:
                yield position, inside[0], inside[-1] + 1

    def edges(self, *, cells: bool = False) -> list[Cover]:
        """Return the edges of areas, as lines; ``cells``: of those that are one column wide.

        An area over several columns shades a row, and may run through cells over several rows.
        """
        areas = [one for one in self.areas if not cells or one[2] - one[1] == 1]
        uppers = [(top, low, high) for top, low, high, _ in areas]
        return uppers + [(bottom, low, high) for _, low, high, bottom in areas]

    def between(self, low: float, high: float, column: int) -> list[float]:
        """Return the heights strictly between two at which an edge covers a column."""
        every = (*self.lines, *self.edges())
        return sorted(y for y, first, last in every if low < y < high and first <= column < last)

    def splits_area(self, y: float, column: int) -> bool:
        """Return True if an area that is one cell lies on both sides of a height in a column."""
        return any(
            low == column == high - 1 and top + AT_EDGE < y < bottom - AT_EDGE
            for top, low, high, bottom in self.areas
        )
