"""What the grid stage hands on: text lines and tables whose cells know their spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from planparse.model.geometry import Box, Place
from planparse.model.page import DroppedRun, Run
from planparse.model.problem import Problem
from planparse.model.slots_record import slots_record

# Words stand this part of a font size apart, at least.
_WORD_GAP = 0.15

#: A line of a cell that leaves at most this many font sizes free may have been broken for width.
#: The sides of a cell differ in padding by up to half a size; a digit is half a size wide.
BROKEN_WITHIN = 1.05
#: The same where only the right edge of the longest line is known: punctuation may hang over it,
#: and no line begins with 。, so that a line may end before the last character that had room.
BROKEN_WITHIN_EDGE = 1.7


# Of a scan's repeated heading one page may be read with full-width brackets, one with the others.
_WIDTHS = str.maketrans("(),:;/", "（），：；／")


def without_widths(text: str) -> str:
    """Return a text for comparing places that print the same: brackets and points full-width."""
    return text.translate(_WIDTHS)


def is_latin(char: str) -> bool:
    """Return True if a character belongs to a word written with spaces."""
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def needs_space(before: str, after: str) -> bool:
    """Return True if white space between two characters is kept: between two Latin words only."""
    return (
        is_latin(before)
        and is_latin(after)
        and (before.isalnum() or before in ".,;:!?)%")
        and (after.isalnum() or after in "(&")
    )


def _apart(before: Run, run: Run) -> bool:
    """Return True if white space stands between two runs of a line: digits may just be spread."""
    last, first = before.text[-1], run.text[0]
    if not needs_space(last, first) or (last.isdigit() and first.isdigit()):
        return False
    return 0 in run.spaces or run.lefts[0] - before.rights[-1] > _WORD_GAP * run.font_size


class LineEnd(StrEnum):
    """Why a line ends where it does, as far as it is known."""

    UNKNOWN = "unknown"
    #: In a cell, with room for another character: what comes next was set apart.
    FREE = "free"
    #: In a cell, without that room: what comes next was set apart, or the break cut a word.
    FULL = "full"
    #: A grammar read the line and the next one: the break cut a word or a number.
    CUT = "cut"
    #: A grammar read the line and the next one: a phrase ends here.
    APART = "apart"


@slots_record
class TextLine:
    """Runs on one base line of one page, left to right.

    Its page (from 1), its edges and its vertical middle (points) are asked for so often that they
    are worked out once.
    """

    runs: tuple[Run, ...]
    end: LineEnd = field(default=LineEnd.UNKNOWN, repr=False, compare=False)
    page: int = field(init=False, repr=False, compare=False)
    left: float = field(init=False, repr=False, compare=False)
    right: float = field(init=False, repr=False, compare=False)
    top: float = field(init=False, repr=False, compare=False)
    bottom: float = field(init=False, repr=False, compare=False)
    middle: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        line: Any = self  # `slots_record` forbids it to the type checker alone
        runs = self.runs
        first = runs[0]
        top, bottom = first.top, first.bottom
        if len(runs) > 1:
            top, bottom = min([run.top for run in runs]), max([run.bottom for run in runs])
        line.page = first.page
        line.left = first.lefts[0]
        line.right = runs[-1].rights[-1]
        line.top = top
        line.bottom = bottom
        line.middle = (top + bottom) / 2

    @property
    def font_size(self) -> float:
        """Font size of the first run, in points."""
        return self.runs[0].font_size

    @property
    def box(self) -> Box:
        """Box around the line."""
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def place(self) -> Place:
        """The line's place in the document."""
        return Place(self.page, self.box)

    @property
    def glyphs(self) -> str:
        """The characters without any white space, one per glyph."""
        if len(self.runs) == 1:
            return self.runs[0].text
        return "".join(run.text for run in self.runs)

    @property
    def text(self) -> str:
        """The characters, white space only between two Latin words."""
        if len(self.runs) == 1 and not self.runs[0].spaces:
            return self.runs[0].text
        out: list[str] = []
        before: Run | None = None
        for run in self.runs:
            start = 0
            if before is not None and _apart(before, run):
                out.append(" ")
            before = run
            for at in run.spaces:
                if 0 < at < len(run.text) and needs_space(run.text[at - 1], run.text[at]):
                    out.append(run.text[start:at])
                    out.append(" ")
                    start = at
            out.append(run.text[start:])
        return "".join(out)

    def split(self, at: int) -> tuple[TextLine | None, TextLine | None]:
        """Return what stands before and from glyph ``at``; None for a side that would be empty."""
        before: list[Run] = []
        after: list[Run] = []
        for run in self.runs:
            size = len(run.text)
            if at >= size:
                before.append(run)
            elif at <= 0:
                after.append(run)
            else:
                before.append(run.slice(0, at))
                after.append(run.slice(at, size))
            at -= size
        return (
            TextLine(tuple(before)) if before else None,
            TextLine(tuple(after), self.end) if after else None,
        )


# The end of a number, with the points, colons and commas inside it: 109.03. and 1, and 09:
_NUMBER_BEGUN = re.compile(r"[0-9][.,:/~-]?$")
# Web and mail addresses have no white space inside: www.taipower.com.tw, service@taipower.com.tw
_ADDRESS = re.compile(
    r"(?:https?:|www\.|[\w-]@|[a-z0-9]\.(?:com|gov|org|net)\b)[!-~]*$", re.IGNORECASE
)


def _joint(before: str, end: LineEnd, after: str) -> str:
    """Return what stands between two lines: nothing, or a space between two Latin words."""
    if end is LineEnd.CUT or not needs_space(before[-1], after[0]):
        return ""
    if end is not LineEnd.FULL:
        return " "
    cut = after[0].isdigit() and _NUMBER_BEGUN.search(before)
    return "" if cut or _ADDRESS.search(before) else " "


def join_lines(lines: Sequence[TextLine]) -> str:
    """Return the text of lines: joined without a space, except between two Latin words.

    A number or an address that a full line cuts stays whole: ``109.03.3`` over ``1``.
    """
    out = ""
    end = LineEnd.UNKNOWN
    for line in lines:
        text = line.text
        out += _joint(out, end, text) + text if out else text
        end = line.end
    return out


def _may_be_cut(line: str, after: str) -> bool:
    """Return True if it is not certain whether a full line cut a word or a number.

    Word processors cut a word only where it alone is longer than a line, so where it begins the
    line; digits are cut anywhere.
    """
    last, first = line[-1], after[0]
    if not (is_latin(last) and last.isalnum() and is_latin(first) and first.isalnum()):
        return False
    if last.isdigit() and first.isdigit():
        return True
    return all(is_latin(char) for char in line) and not _ADDRESS.search(line)


def doubtful_joins(lines: Sequence[TextLine]) -> list[tuple[str, str]]:
    """Return the pairs of lines, as text, that may be one word or number or two."""
    return [
        (line.text, after.text)
        for line, after in pairwise(lines)
        if line.end is LineEnd.FULL and _may_be_cut(line.text, after.text)
    ]


def was_broken(line: TextLine, edge: float) -> bool:
    """Return True if a line may have been broken for width; ``edge`` is where its text ends.

    ``edge``: points, the right edge of the longest line that stands like it.
    """
    return edge - line.right <= BROKEN_WITHIN_EDGE * line.font_size


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its spans. A place covered by another cell's span has no Cell of its own.

    ``boxes`` has one place per page that the cell stands on. ``lines``: empty for an empty cell.
    ``unsure``: no ruling shows that it is one cell over its rows.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    boxes: tuple[Place, ...]
    lines: tuple[TextLine, ...]
    unsure: bool = False

    @property
    def text(self) -> str:
        """The cell's lines joined."""
        return join_lines(self.lines)


#: Page breaks with more doubt are reported; 0.26 reports 190 exact rows of 10,000 drawn ones.
DOUBTFUL = 0.3


@dataclass(frozen=True, slots=True)
class Break:
    """A page break inside a table, and how it was decided.

    ``row``: that which the break cut, else the page's first. ``doubt``: probability of the other.
    """

    page: int
    row: int
    cut: bool
    doubt: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table, joined over page breaks.

    ``column_edges``: x positions in points on the first page, one more than there are columns.
    ``soft_rows``: rows that begin a page although no ruling divides them from the row before: a
    page break may have cut a row there. ``breaks``: the page breaks between its rows or inside
    them. ``reworded``: headings that later pages print in other words, in none of the rows.
    """

    row_count: int
    column_count: int
    column_edges: tuple[float, ...]
    cells: tuple[Cell, ...]
    pages: tuple[int, ...]
    soft_rows: frozenset[int] = frozenset()
    breaks: tuple[Break, ...] = ()
    reworded: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Text lines and tables in reading order, and the runs that were taken out with a reason.

    ``problems`` are those of pages and breaks; set by ``read_tables`` alone. ``unclear`` is a page
    with the heading row of a plan whose columns or rows nothing parts, None without one.
    """

    blocks: tuple[TextLine | Table, ...]
    dropped: tuple[DroppedRun, ...] = ()
    problems: tuple[Problem, ...] = ()
    unclear: int | None = None
