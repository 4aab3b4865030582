"""Borders of a plan's table that no vertical rulings part: three-line tables, shaded rows, none.

They are inferred only where no ruled table is a plan's and a heading row of one is aligned over
gutters. The borders found are added to the page as rulings; all that follows works unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from planparse.lexicon.headings import Headings, role_of_heading
from planparse.lexicon.numbering import Numbering, load_numbering
from planparse.model.page import Axis, Page, Ruling
from planparse.model.plan import ColumnRole
from planparse.model.table import TextLine, join_lines
from planparse.tables.aligned_columns import (
    FEWEST_LINES,
    Gutters,
    HeadingRow,
    PageText,
    Piece,
    Pieces,
    Span,
    column_of,
    find_body,
    heading_rows,
    is_repeated,
    page_text,
)
from planparse.tables.aligned_rows import Block, ColumnText, column_text, row_tops, spans
from planparse.tables.page_tables import PageTable
from planparse.tables.rulings import merge_rulings

# Heading rows of a ruled table stand among its first ones.
_SEARCHED_ROWS = 5
# Roles of the texts beside labels: those hold for one row each, unless their cells are merged.
_LABELS = frozenset({ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK})
# A ruling borders a table if it stands this near to its text, in font sizes.
_BESIDE = 1.5
# A line parts rows if it covers this part of the column of practices.
_COVERED = 0.7
# Rules are between all rows if there is one for this part of the rows that the text shows.
_DENSE = 0.6
# Borders stand so far from the text, in font sizes, where nothing is drawn; a part whose table goes
# on is open for so many points more. Rulings are so thick, in points.
_SLACK, _OPEN, _THIN = 0.15, 8.0, 0.5
# Points by which the edge of an area may stand beside the strip between two columns.
_AT_EDGE = 2.0


def is_plan(table: PageTable, headings: Headings) -> bool:
    """Return True if a ruled table has the heading row of a plan."""
    for row in range(min(_SEARCHED_ROWS, len(table.lattice.ys) - 1)):
        roles = {
            role_of_heading(headings, join_lines(lines))
            for region, lines in table.cells
            if region.row == row and lines
        } - {None}
        if ColumnRole.PRACTICE in roles and len(roles) > 1:
            return True
    return False


@dataclass(slots=True)
class _Part:
    """A table's part on one page: its headings (None: not repeated) and its lines below them.

    ``bands``: which lines stand over several columns. ``ends``: text of the page follows below the table.
    """

    page: PageText
    start: int
    heading: tuple[Pieces, ...]
    lines: tuple[Pieces, ...]
    bands: frozenset[int]
    ends: bool

    @property
    def every(self) -> tuple[Pieces, ...]:
        """All lines, the headings first."""
        return (*self.heading, *self.lines)


def _grow(
    row: HeadingRow,
    gutters: Gutters,
    pages: Sequence[PageText],
    starts: Sequence[Sequence[HeadingRow]],
) -> Iterator[_Part]:
    """Yield the parts of the table below a heading row, page by page, while its columns go on."""
    for at, (page, found) in enumerate(zip(pages, starts, strict=True)):
        heading: HeadingRow | None = row
        if at:
            heading = next((one for one in found if is_repeated(one, row)), None)
        first = 0 if heading is None else heading.last + 1
        stop = min((one.first for one in found if one.first >= first), default=len(page.lines))
        fewest = 1 if at else FEWEST_LINES
        body = find_body(row, gutters, page.lines[:stop], first, fewest)
        if body is None:
            return
        end, bands = body
        head = () if heading is None else page.lines[heading.first : heading.last + 1]
        own = frozenset(band - first for band in bands)
        ends = end < len(page.lines)
        yield _Part(page, first - len(head), head, page.lines[first:end], own, ends)
        if ends:
            return


class _Edges:
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
    inside = [x for x in ends if low - _AT_EDGE <= x <= high + _AT_EDGE]
    return median(inside) if inside else usual


def _borders(
    gutters: Sequence[Span], parts: Sequence[_Part], edges: Sequence[_Edges]
) -> tuple[float, ...]:
    """Return the positions of the borders of columns, in points."""
    pieces = [piece for part in parts for line in part.every for piece in line]
    ends = [x for one in edges for x in one.ends]
    padding = min((high - low) / 2 for low, high in gutters)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    beside = _BESIDE * pieces[0].size
    inner = [_between(ends, low, high, high - padding) for low, high in gutters]
    return (
        _between(ends, left - beside, left, left - padding),
        *inner,
        _between(ends, right, right + beside, right + padding),
    )


def _segments(part: _Part) -> list[tuple[bool, list[Pieces]]]:
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


Cover = tuple[float, int, int]


class _Drawn:
    """The level edges that a page draws inside a part: each with its first and last border."""

    def __init__(self, edges: _Edges, xs: Sequence[float], top: float, bottom: float) -> None:
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
        return min(abs(x - border) for border in self._xs) <= 2 * _AT_EDGE

    def _covers(self, edges: Iterable[tuple[float, float, float]]) -> Iterator[Cover]:
        for position, start, end in edges:
            inside = [
                at
                for at, (left, right) in enumerate(pairwise(self._xs))
                if min(right, end) - max(left, start) >= _COVERED * (right - left)
            ]
            if inside:
                yield position, inside[0], inside[-1] + 1

    def edges(self) -> list[Cover]:
        """Return the edges of areas, as lines."""
        uppers = [(top, low, high) for top, low, high, _ in self.areas]
        return uppers + [(bottom, low, high) for _, low, high, bottom in self.areas]

    def between(self, low: float, high: float, column: int) -> list[float]:
        """Return the heights strictly between two at which an edge covers a column."""
        every = (*self.lines, *self.edges())
        return sorted(y for y, first, last in every if low < y < high and first <= column < last)

    def splits_area(self, y: float, column: int) -> bool:
        """Return True if an area that is one cell lies on both sides of a height in a column."""
        return any(
            low == column == high - 1 and top + _AT_EDGE < y < bottom - _AT_EDGE
            for top, low, high, bottom in self.areas
        )


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


class _PartBorders:
    """The borders of one part, to be added to its page as rulings."""

    def __init__(
        self,
        part: _Part,
        edges: _Edges,
        xs: tuple[float, ...],
        gutters: Sequence[Span],
        roles: Sequence[ColumnRole | None],
        numbering: Numbering,
        first: int,
    ) -> None:
        self._first = first
        self._xs, self._roles, self._numbering = xs, roles, numbering
        self._size = part.lines[0][0].size
        beside = _BESIDE * self._size
        top, bottom = _top(part.every), _bottom(part.every)
        self._drawn = _Drawn(edges, xs, top - beside, bottom + beside)
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
        limits = [self._near(top - _BESIDE * self._size, top + slack, top - slack)]
        for (_, above), (_, below) in pairwise(blocks):
            low, high = _bottom(above), _top(below)
            limits.append(self._near(low - slack, high + slack, (low + high) / 2))
        limits.append(
            self._near(bottom - slack, bottom + _BESIDE * self._size, bottom + slack)
        )
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
        part: _Part,
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
        inner = self._drawn.between(top + _AT_EDGE, bottom - _AT_EDGE, self._practice)
        edges = [y for at, y in enumerate(inner) if at == 0 or y - inner[at - 1] > self._size / 2]
        goes_on = part.page.at > self._first
        tops = row_tops(practice, others, self._numbering, goes_on=goes_on) or [_top(lines)]
        return _Segment(texts, practice, top, bottom, goes_on, edges, tops)

    def rulings(self, *, drawn: bool) -> tuple[list[Ruling], set[tuple[int, float]]]:
        """Return the rulings, and the cells whose height is not sure: column and upper border.

        ``drawn``: lines or areas part all rows.
        """
        xs = self._xs
        end = self._limits[-2 if self._open else -1]
        across = [(y, 0, len(xs) - 1) for y in self._limits if y <= end]
        across += self._drawn.edges()
        unsure: set[tuple[int, float]] = set()
        for segment in self.segments:
            if drawn and not self._drawn.areas:
                continue
            found, doubtful = self._inside(segment, drawn=drawn)
            across += found
            unsure |= doubtful
        level = [
            Ruling(Axis.HORIZONTAL, y, xs[low], xs[high], _THIN)
            for y, low, high in across
        ]
        upright = [
            Ruling(Axis.VERTICAL, x, low, high, _THIN)
            for at, x in enumerate(xs)
            for low, high in pairwise(self._limits)
            if at in (0, len(xs) - 1) or (low, high) not in self._bands
        ]
        return level + upright, unsure

    def _inside(
        self, segment: _Segment, *, drawn: bool
    ) -> tuple[list[Cover], set[tuple[int, float]]]:
        """Return the borders between the rows of a segment, column by column."""
        rows, borders = segment.drawn_rows() if drawn else segment.text_rows()
        uppers = [segment.top, *borders]
        found: list[Cover] = []
        unsure: set[tuple[int, float]] = set()
        for column, (text, role) in enumerate(zip(segment.texts, self._roles, strict=True)):
            starts = set(range(len(rows)))
            if column != self._practice and text.lines:
                cells = spans(
                    text,
                    rows,
                    self._numbering,
                    label=role in _LABELS,
                    goes_on=segment.goes_on,
                )
                starts = set(cells.starts)
                unsure |= {(column, uppers[at]) for at in cells.unsure}
            elif column != self._practice:
                starts = {0}
            found += [
                (uppers[at], column, column + 1)
                for at in sorted(starts - {0})
                if not self._drawn.splits_area(uppers[at], column)
            ]
        return found, unsure


def infer_borders(
    pages: Sequence[Page],
    texts: Sequence[Sequence[TextLine]],
    headings: Headings,
    numbering: Numbering | None = None,
) -> list[Page]:
    """Return the pages with the borders of a plan's table added; those without one as they are.

    ``texts`` are the lines of each page that are no page furniture.
    """
    found = [page_text(at, lines) for at, lines in enumerate(texts)]
    starts = [list(heading_rows(headings, page)) for page in found]
    added: dict[int, list[Ruling]] = {}
    at = line = 0
    while at < len(found):
        row = next((one for one in starts[at] if one.first >= line), None)
        if row is None:
            at, line = at + 1, 0
            continue
        gutters = Gutters(row)
        parts = list(_grow(row, gutters, found[at:], starts[at:]))
        if not parts:
            line = row.last + 1
            continue
        for part, rulings in _table_borders(row, gutters.spans, parts, pages, numbering):
            added.setdefault(part.page.at, []).extend(rulings)
        at = parts[-1].page.at
        line = len(parts[-1].every) + parts[-1].start
    return [
        replace(page, rulings=(*(page.rulings or ()), *added[at])) if at in added else page
        for at, page in enumerate(pages)
    ]


def _table_borders(
    row: HeadingRow,
    gutters: Sequence[Span],
    parts: Sequence[_Part],
    pages: Sequence[Page],
    numbering: Numbering | None,
) -> Iterator[tuple[_Part, list[Ruling]]]:
    """Yield the borders of one table, part by part."""
    edges = [_Edges(pages[part.page.at]) for part in parts]
    xs = _borders(gutters, parts, edges)
    styles = numbering or load_numbering()
    borders = [
        _PartBorders(part, one, xs, gutters, row.roles, styles, parts[0].page.at)
        for part, one in zip(parts, edges, strict=True)
    ]
    segments = [segment for one in borders for segment in one.segments]
    between = sum(len(segment.edges) for segment in segments)
    drawn = between >= _DENSE * sum(len(segment.tops) - 1 for segment in segments)
    for part, one in zip(parts, borders, strict=True):
        rulings, _ = one.rulings(drawn=drawn and between > 0)
        yield part, rulings
