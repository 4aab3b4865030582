"""Columns of a plan's table without vertical rulings, by the alignment of its text.

The words of the heading row anchor the columns. Between two of them runs a gutter: a strip that no
line of the table covers, on any of its pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planparse.lexicon.headings import LONGEST_HEADING, Headings, role_of_heading
from planparse.model.plan import ColumnRole
from planparse.model.table import TextLine
from planparse.tables.text_pieces import Piece, Pieces, pieces_of

# Pieces so short, in glyphs, may be a heading set wide (備　註); so many make one at most.
_SHORT, _MOST_PIECES = 2, 4
# Lines of one heading stand this near, in font sizes.
_NEAR = 0.8
# Roles that a heading row names at least, that of the practices among them.
_FEWEST_ROLES = 2
# A repeated heading stands where the first one does, within so many font sizes.
_SAME_PLACE = 1.0
# A gutter is at least so wide, in font sizes: cells of a table have padding.
_NARROWEST = 0.2
#: A table has so many lines with text in two columns at least, its headings not counted.
FEWEST_LINES = 3
# So many lines in a row over all columns are a band (a label) of the table; more are text below it.
_MOST_BANDS = 2
# Text further below the table's last line than this, in font sizes, is no part of it.
_FAR = 3.0
# A line goes on the one above in its column if it stands this near, in font sizes.
_NEXT_LINE = 0.9


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page that may be a table's: no turned text, no page furniture."""

    at: int
    lines: tuple[Pieces, ...]


def page_text(at: int, lines: Sequence[TextLine]) -> PageText:
    """Return the pieces of a page's lines; ``at`` is the page's place in the document, from 0."""
    level = [line for line in lines if not line.runs[0].turn]
    return PageText(at, tuple(map(pieces_of, sorted(level, key=lambda line: line.top))))


@dataclass(frozen=True, slots=True)
class Part:
    """A table's part on one page: its headings (None: not repeated) and its lines below them.

    ``bands``: which lines stand over several columns. ``ends``: text follows below the table.
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


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The heading row of a plan: a piece per column, and which lines of the page it takes."""

    pieces: Pieces
    roles: tuple[ColumnRole | None, ...]
    first: int
    last: int


def _stacked(lines: Sequence[Pieces]) -> list[Piece]:
    """Return the pieces of neighbouring lines, those above each other as one."""
    found: list[Piece] = []
    for piece in (piece for line in lines for piece in line):
        over = [one for one in found if one.left < piece.right and piece.left < one.right]
        for one in over:
            found.remove(one)
        parts = [*over, piece]
        found.append(
            Piece(
                min(one.left for one in parts),
                max(one.right for one in parts),
                min(one.top for one in parts),
                max(one.bottom for one in parts),
                piece.size,
                "".join(one.text for one in parts),
            )
        )
    return sorted(found)


class Roles:
    """The roles that texts name as headings, each looked up once: manuals repeat their words."""

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        self._known: dict[str, ColumnRole | None] = {}

    def of(self, text: str) -> ColumnRole | None:
        """Return the role that a text names, None if none."""
        if text not in self._known:
            self._known[text] = role_of_heading(self._headings, text)
        return self._known[text]


def _named(headings: Roles, pieces: Sequence[Piece]) -> list[tuple[Piece, ColumnRole | None]]:
    """Return the headings that pieces make, with their roles; a heading may be set wide."""
    found: list[tuple[Piece, ColumnRole | None]] = []
    at = 0
    while at < len(pieces):
        stop = at + 1
        # Words of running text are asked for nothing: they are longer than any heading.
        text = pieces[at].text
        role = None if len(text) > LONGEST_HEADING else headings.of(text)
        for end in range(min(at + _MOST_PIECES, len(pieces)), at + 1, -1):
            parts = pieces[at:end]
            if any(len(part.text) > _SHORT for part in parts):
                continue
            whole = headings.of("".join(part.text for part in parts))
            if whole is not None:
                stop, role = end, whole
                break
        first, last = pieces[at], pieces[stop - 1]
        text = "".join(part.text for part in pieces[at:stop])
        found.append((first._replace(right=last.right, text=text), role))
        at = stop
    return found


def _heading_row(headings: Roles, page: PageText, at: int) -> HeadingRow | None:
    """Return the heading row that a line belongs to; None if it is no plan's."""
    best: tuple[tuple[int, int, int], HeadingRow] | None = None
    for first, last in ((at, at), (at - 1, at), (at, at + 1), (at - 1, at + 1)):
        lines = page.lines[max(first, 0) : last + 1]
        if len(lines) <= last - first or not _are_near(lines):
            continue
        named = _named(headings, _stacked(lines))
        known = {role for _, role in named} - {None}
        if ColumnRole.PRACTICE not in known or len(known) < _FEWEST_ROLES:
            continue
        if any(len(piece.text) > LONGEST_HEADING for piece, _ in named):
            continue
        unknown = sum(role is None for _, role in named)
        score = (len(known), -unknown, len(lines))
        if best is None or score > best[0]:
            pieces, roles = zip(*named, strict=True)
            best = score, HeadingRow(pieces, roles, first, last)
    return None if best is None else best[1]


def _are_near(lines: Sequence[Pieces]) -> bool:
    return all(
        min(piece.top for piece in below) - max(piece.bottom for piece in above)
        <= _NEAR * above[0].size
        for above, below in pairwise(lines)
    )


def heading_rows(headings: Roles, page: PageText) -> Iterator[HeadingRow]:
    """Yield the heading rows of plans on a page, from top to bottom."""
    below = 0
    for at, line in enumerate(page.lines):
        named = _named(headings, line)
        if at < below or all(role is not ColumnRole.PRACTICE for _, role in named):
            continue
        row = _heading_row(headings, page, at)
        if row is not None:
            below = row.last + 1
            yield row


def is_repeated(row: HeadingRow, first: HeadingRow) -> bool:
    """Return True if a heading row prints the first one again at the same place.

    One piece may be lacking: a heading of two lines looks like a running header where it stands
    higher than the others on top of a page.
    """
    if len(row.pieces) < max(len(first.pieces) - 1, _FEWEST_ROLES):
        return False
    return all(
        any(
            one.text == other.text and abs(one.left - other.left) <= _SAME_PLACE * one.size
            for other in first.pieces
        )
        for one in row.pieces
    )


Span = tuple[float, float]


def _cut(strips: Sequence[Span], piece: Piece) -> list[Span]:
    """Return what a piece leaves of strips."""
    left = [(low, min(high, piece.left)) for low, high in strips if low < piece.left]
    right = [(max(low, piece.right), high) for low, high in strips if high > piece.right]
    return left + [strip for strip in right if strip not in left]


def _width(strip: Span) -> float:
    return strip[1] - strip[0]


class Gutters:
    """The strips between columns that no line covers, narrowed line by line."""

    def __init__(self, row: HeadingRow) -> None:
        self._narrowest = _NARROWEST * row.pieces[0].size
        self._free = [[(one.right, other.left)] for one, other in pairwise(row.pieces)]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The widest free strip between each two columns, in points."""
        return tuple(max(strips, key=_width) for strips in self._free)

    def accept(self, line: Pieces) -> bool:
        """Narrow the gutters by a line; False, and nothing changes, if it covers one."""
        narrowed = []
        for strips in self._free:
            left = strips
            for piece in line:
                left = _cut(left, piece)
            if max(map(_width, left), default=0.0) < self._narrowest:
                return False
            narrowed.append(left)
        self._free = narrowed
        return True


def column_of(gutters: Sequence[Span], piece: Piece) -> int:
    """Return the column of a piece."""
    return sum((piece.left + piece.right) / 2 > (low + high) / 2 for low, high in gutters)


def find_body(
    row: HeadingRow, gutters: Gutters, lines: Sequence[Pieces], start: int, fewest: int
) -> tuple[int, frozenset[int]] | None:
    """Return the line below the table's last one and its bands; None if no table starts here.

    A band is a line over several columns. ``fewest``: so many lines have text in two columns.
    """
    practice = row.roles.index(ColumnRole.PRACTICE)
    end = start
    several = 0
    bands: list[int] = []
    bottom: dict[int, float] = {}
    for at in range(start, len(lines)):
        line = lines[at]
        space = line[0].top - max(piece.bottom for piece in lines[at - 1]) if at > start else 0.0
        open_bands = sum(band >= end for band in bands)
        if space > _FAR * line[0].size or open_bands > _MOST_BANDS:
            break
        if not gutters.accept(line):
            bands.append(at)
            continue
        spans = gutters.spans
        touched = {column_of(spans, piece) for piece in line}
        alone = min(touched)
        goes_on = alone in bottom and line[0].top - bottom[alone] <= _NEXT_LINE * line[0].size
        if len(touched) > 1 or (not open_bands and (goes_on or alone >= practice)):
            end = at + 1
            several += len(touched) > 1
        bottom |= {column_of(spans, piece): piece.bottom for piece in line}
    if several < fewest or end == start:
        return None
    return end, frozenset(band for band in bands if band < end)
