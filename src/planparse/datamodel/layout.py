"""What the grid stage hands on: text lines and tables whose cells know their spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from planparse.datamodel.fixed import fixed
from planparse.datamodel.geometry import Box, Place
from planparse.datamodel.page import DroppedRun, Run
from planparse.datamodel.problem import Problem

# Words stand this part of a font size apart, at least.
_WORD_GAP = 0.15


# Of a scan's repeated heading one page may be read with full-width brackets, one with the others.
_WIDTHS = str.maketrans("(),:;/", "（），：；／")


def without_widths(text: str) -> str:
    """Give a text for comparing places that print the same: brackets and points full-width."""
    return text.translate(_WIDTHS)


def is_latin(char: str) -> bool:
    """Tell whether a character belongs to a word written with spaces."""
    return "!" <= char <= "~" or "\u00c0" <= char <= "\u024f"


def needs_space(before: str, after: str) -> bool:
    """Tell whether white space between two characters is kept: between two Latin words only."""
    return (
        is_latin(before)
        and is_latin(after)
        and (before.isalnum() or before in ".,;:!?)%")
        and (after.isalnum() or after in "(&")
    )


def _apart(before: Run, run: Run) -> bool:
    """Tell whether white space stands between two runs of a line: digits may just be spread."""
    last, first = before.text[-1], run.text[0]
    if not needs_space(last, first) or (last.isdigit() and first.isdigit()):
        return False
    return 0 in run.spaces or run.lefts[0] - before.rights[-1] > _WORD_GAP * run.font_size


@fixed
class TextLine:
    """Runs on one base line of one page, left to right.

    Its page (from 1), its edges and its vertical middle (points) are asked for so often that they
    are worked out once.
    """

    runs: tuple[Run, ...]
    page: int = field(init=False, repr=False, compare=False)
    left: float = field(init=False, repr=False, compare=False)
    right: float = field(init=False, repr=False, compare=False)
    top: float = field(init=False, repr=False, compare=False)
    bottom: float = field(init=False, repr=False, compare=False)
    middle: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        line: Any = self  # `fixed` forbids it to the type checker alone
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
        """The characters without any white space, one a glyph."""
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
        """Cut before glyph ``at``; None for a side that would be empty."""
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
            TextLine(tuple(after)) if after else None,
        )


def join_lines(lines: tuple[TextLine, ...] | list[TextLine]) -> str:
    """Join lines without a space, except between two Latin words."""
    out = ""
    for line in lines:
        text = line.text
        if out and needs_space(out[-1], text[0]):
            out += " "
        out += text
    return out


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its spans. A place covered by another cell's span has no Cell of its own.

    ``boxes`` has one place a page that the cell stands on; ``lines`` is empty for an empty cell.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    boxes: tuple[Place, ...]
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The cell's lines joined."""
        return join_lines(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, joined over page breaks.

    ``column_edges``: x positions in points on the first page, one more than there are columns.
    ``row_tops``: the place of each row's start. ``heading_rows``: how many rows at the start are
    headings. ``soft_rows``: rows that begin a page although no ruling of the document divides
    them from the row before (a page break may have cut a row there; the grid cannot tell).
    """

    row_count: int
    column_count: int
    column_edges: tuple[float, ...]
    cells: tuple[Cell, ...]
    pages: tuple[int, ...]
    heading_rows: int = 0
    soft_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """Text lines and tables in reading order, and the runs that were taken out with a reason."""

    blocks: tuple[TextLine | Table, ...]
    dropped: tuple[DroppedRun, ...] = ()
    problems: tuple[Problem, ...] = ()
