"""The borders of one page's part of a table that no vertical rulings part, as rulings to add.

What the page draws comes first: level lines, and areas whose edges are borders of cells. Where it
draws nothing, the text shows the borders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from planparse.lexicon.numbering import Numbering
from planparse.model.page import Axis, Page, Ruling
from planparse.model.plan import ColumnRole
from planparse.tables.aligned_cells import Spans, label_spans, side_spans
from planparse.tables.aligned_columns import HeadingRow, Part, Span, column_of
from planparse.tables.aligned_rows import Block, ColumnText, column_text, row_tops
from planparse.tables.drawn_edges import AT_EDGE, BESIDE, Cover, Drawn, Edges, column_borders
from planparse.tables.text_pieces import Piece, Pieces

# Roles of labels: each holds until the next one.
_LABELS = frozenset({ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK})
# Rules are between all rows if there is one for this part of the rows that the text shows.
_DENSE = 0.6
# Borders stand so far from the text, in font sizes, where nothing is drawn; a part whose table goes
# on is open for so many points more. Rulings are so thick, in points.
_SLACK, _OPEN, _THIN = 0.15, 8.0, 0.5


def _segments(part: Part) -> list[tuple[bool, list[Pieces]]]:
    """Return a part's lines below its headings, parted at bands: True for bands."""
    found: list[tuple[bool, list[Pieces]]] = []
    for at, line in enumerate(part.lines):
        band = at in part.bands
        if not found or found[-1][0] is not band:
            found.append((band, []))
        found[-1][1].append(line)
    return found


def _top(lines: Sequence[Pieces]) -> float:
    return min(piece.top for line in lines for piece in line)


def _bottom(lines: Sequence[Pieces]) -> float:
    return max(piece.bottom for line in lines for piece in line)


@dataclass(slots=True)
class _Segment:
    """Rows of a part between bands: its texts by column, where it starts and ends, in points.

    ``goes_on``: the table began before it. ``edges`` are drawn through the column of practices,
    ``tops`` are where rows start by their text.
    """

    texts: list[ColumnText]
    practice: ColumnText
    top: float
    bottom: float
    goes_on: bool
    edges: list[float]
    tops: list[float]

    def drawn_rows(self) -> tuple[list[Block], list[float]]:
        """Return the rows between drawn edges, as their text stands in them, and the edges."""
        rows = []
        for top, bottom in pairwise((self.top, *self.edges, self.bottom)):
            inside = [line.top for line in self.practice.lines if top <= line.top < bottom]
            space = min(inside, default=top) - top
            rows.append(Block(top + space, bottom - space))
        return rows, self.edges

    def text_rows(self) -> tuple[list[Block], list[float]]:
        """Return the rows that the text shows, and the borders between them."""
        later = self.tops[1:]
        ends = [
            max((line.bottom for line in self.practice.lines if line.top < top - 1), default=top)
            for top in later
        ]
        space = min((max(top - end, 0.0) for top, end in zip(later, ends, strict=True)), default=0)
        near = self.practice.size
        borders = [
            next((y for y in self.edges if abs(y - top) < near), top - space / 2) for top in later
        ]
        last = max(line.bottom for text in self.texts for line in text.lines)
        ends = [*(top - space for top in later), last]
        return [Block(top, end) for top, end in zip(self.tops, ends, strict=True)], borders


class PartRulings(NamedTuple):
    """What is to be added to a page: rulings, and the cells whose height is not sure.

    A cell is known by its column and its upper border in points. ``clear`` is False where the rows
    are not known.
    """

    rulings: tuple[Ruling, ...]
    unsure: frozenset[tuple[int, float]]
    clear: bool


class _PartBorders:
    """The borders of one part, to be added to its page as rulings."""

    def __init__(
        self,
        part: Part,
        edges: Edges,
        xs: tuple[float, ...],
        gutters: Sequence[Span],
        roles: Sequence[ColumnRole | None],
        numbering: Numbering,
        first: int,
    ) -> None:
        self._first = first
        self._xs, self._roles, self._numbering = xs, roles, numbering
        self._size = part.lines[0][0].size
        beside = BESIDE * self._size
        top, bottom = _top(part.every), _bottom(part.every)
        self._drawn = Drawn(edges, xs, top - beside, bottom + beside)
        self._practice = roles.index(ColumnRole.PRACTICE)
        blocks: list[tuple[bool, list[Pieces]]] = _segments(part)
        if part.heading:
            blocks.insert(0, (False, list(part.heading)))
        self._heading = bool(part.heading)
        self._limits = self._between_blocks(blocks, top, bottom, ends=part.ends)
        self.segments: list[_Segment] = []
        self._bands: list[tuple[float, float]] = []
        for (band, lines), (low, high) in zip(blocks, pairwise(self._limits), strict=True):
            if band:
                self._bands.append((low, high))
            elif lines is not blocks[0][1] or not part.heading:
                self.segments.append(self._segment(lines, low, high, gutters, part))

    def _between_blocks(
        self, blocks: Sequence[tuple[bool, list[Pieces]]], top: float, bottom: float, *, ends: bool
    ) -> list[float]:
        """Return the heights above, between and below heading, rows and bands, in points."""
        slack = _SLACK * self._size
        limits = [self._near(top - BESIDE * self._size, top + slack, top - slack)]
        for (_, above), (_, below) in pairwise(blocks):
            low, high = _bottom(above), _top(below)
            limits.append(self._near(low - slack, high + slack, (low + high) / 2))
        limits.append(self._near(bottom - slack, bottom + BESIDE * self._size, bottom + slack))
        self._open = not ends and limits[-1] == bottom + slack
        if self._open:
            limits[-1] += _OPEN
        return limits

    def _near(self, low: float, high: float, usual: float) -> float:
        """Return the first drawn edge between two heights in the practice column, or the usual."""
        found = self._drawn.between(low, high, self._practice)
        return median(found) if found else usual

    def _segment(
        self,
        lines: Sequence[Pieces],
        top: float,
        bottom: float,
        gutters: Sequence[Span],
        part: Part,
    ) -> _Segment:
        columns: list[list[Piece]] = [[] for _ in self._roles]
        for line in lines:
            for piece in line:
                columns[column_of(gutters, piece)].append(piece)
        practice = column_text(columns[self._practice])
        texts = [
            practice if at == self._practice else column_text(column, practice.pitch or None)
            for at, column in enumerate(columns)
        ]
        others = [text for text in texts if text is not practice]
        inner = self._drawn.between(top + AT_EDGE, bottom - AT_EDGE, self._practice)
        edges = [y for at, y in enumerate(inner) if at == 0 or y - inner[at - 1] > self._size / 2]
        goes_on = part.page.at > self._first
        tops = row_tops(practice, others, self._numbering, goes_on=goes_on) or [_top(lines)]
        return _Segment(texts, practice, top, bottom, goes_on, edges, tops)

    def add(self, *, drawn: bool) -> PartRulings:
        """Return what is to be added to the page; ``drawn``: lines or areas part all rows."""
        xs = self._xs
        end = self._limits[-2 if self._open else -1]
        across = [(y, 0, len(xs) - 1) for y in self._limits if y <= end]
        across += self._drawn.edges(cells=True)
        unsure: set[tuple[int, float]] = set()
        clear = True
        for segment in self.segments:
            if drawn and not self._drawn.areas:
                continue
            clear = self._part_rows(segment, across, unsure, drawn=drawn) and clear
        level = [Ruling(Axis.HORIZONTAL, y, xs[low], xs[high], _THIN) for y, low, high in across]
        upright = [
            Ruling(Axis.VERTICAL, x, low, high, _THIN)
            for at, x in enumerate(xs)
            for low, high in pairwise(self._limits)
            if at in (0, len(xs) - 1) or (low, high) not in self._bands
        ]
        return PartRulings(tuple(level + upright), frozenset(unsure), clear or drawn)

    def _part_rows(
        self,
        segment: _Segment,
        across: list[Cover],
        unsure: set[tuple[int, float]],
        *,
        drawn: bool,
    ) -> bool:
        """Add the borders between the rows of a segment; False if its rows are not known."""
        rows, borders = segment.drawn_rows() if drawn else segment.text_rows()
        uppers = [segment.top, *borders]
        cells = self._cells(segment, rows)
        for column, found in enumerate(cells):
            across += [
                (uppers[at], column, column + 1)
                for at in found.starts
                if at > 0 and not self._drawn.splits_area(uppers[at], column)
            ]
            unsure |= {(column, uppers[at]) for at in found.unsure}
        return all(found.clear for found in cells)

    def _cells(self, segment: _Segment, rows: Sequence[Block]) -> list[Spans]:
        """Return the cells of each column over the rows of a segment."""
        goes_on = segment.goes_on
        found: dict[int, Spans] = {self._practice: Spans(list(range(len(rows))), set())}
        lowest: Sequence[int] = ()
        for column, (text, role) in enumerate(zip(segment.texts, self._roles, strict=True)):
            if not text.lines:
                found[column] = Spans([0], set())
            elif role in _LABELS:
                found[column] = label_spans(text, rows, self._numbering, goes_on=goes_on)
                lowest = found[column].starts
        for column, text in enumerate(segment.texts):
            if column not in found:
                found[column] = side_spans(text, rows, lowest, goes_on=goes_on)
        return [found[column] for column in range(len(segment.texts))]


def table_rulings(
    row: HeadingRow,
    gutters: Sequence[Span],
    parts: Sequence[Part],
    pages: Sequence[Page],
    numbering: Numbering,
) -> list[PartRulings]:
    """Return what is to be added to the page of each part of a table."""
    edges = [Edges(pages[part.page.at]) for part in parts]
    xs = column_borders(gutters, parts, edges)
    borders = [
        _PartBorders(part, one, xs, gutters, row.roles, numbering, parts[0].page.at)
        for part, one in zip(parts, edges, strict=True)
    ]
    segments = [segment for one in borders for segment in one.segments]
    between = sum(len(segment.edges) for segment in segments)
    rows = sum(len(segment.tops) - 1 for segment in segments)
    drawn = between > 0 and between >= _DENSE * rows
    return [one.add(drawn=drawn) for one in borders]
