"""The neutral form of a drawn plan: blocks on pages, tables of cells; every producer renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from unicodedata import east_asian_width

from .edits import Edit

# Runs of another look in a text: <s>struck out</s>, <w>white</w>, <u>underlined</u>, <b>bold</b>.
_MARKED = re.compile(r"<([swbu])>(.*?)</\1>")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a text: look ("" for plain), text."""
    at = 0
    for match in _MARKED.finditer(text):
        yield "", text[at : match.start()]
        yield match.group(1), match.group(2)
        at = match.end()
    yield "", text[at:]


def width(text: str) -> float:
    """Return about how many ems a text is wide."""
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.55 for char in text)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; its later lines are indented by ``hang`` ems, all by ``indent``.

    A newline in the text ends a line, not the paragraph.
    """

    text: str
    hang: float = 0.0
    indent: float = 0.0


@dataclass(slots=True)
class Cell:
    """A cell: paragraphs, the places it covers, ``open`` sides (of "ltrb") without a rule."""

    lines: tuple[Line, ...] = ()
    across: int = 1
    down: int = 1
    centred: bool = False
    fill: str = ""
    open: str = ""
    bold: bool = False


Row = list[Cell]


@dataclass(slots=True)
class Grid:
    """A table; rows hold their cells without the places that others cover.

    ``widths`` are parts of the table's width. ``look``: grid, rows, three, none, white (rules on
    fill). The first ``heading`` rows are repeated on each page where ``repeat`` is set.
    """

    widths: list[float]
    rows: list[Row]
    heading: int = 1
    repeat: bool = True
    look: str = "grid"

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield each cell with its row and column."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                places = range(column, column + cell.across)
                taken.update((row + down, one) for down in range(cell.down) for one in places)
                yield row, column, cell
                column += cell.across

    def sides(self, row: int, cell: Cell) -> str:
        """Return the sides of a cell that have a rule."""
        last = row + cell.down
        drawn = {"grid": "ltrb", "white": "ltrb", "rows": "tb"}.get(self.look, "")
        if self.look == "three":
            drawn = ("t" if row == 0 else "") + (
                "b" if last in (self.heading, len(self.rows)) else ""
            )
        return "".join(side for side in drawn if side not in cell.open)

    def single(self) -> Grid:
        """Return the table with no cell over several rows: open cells below each other instead."""
        rows: list[dict[int, Cell]] = [{} for _ in self.rows]
        for row, column, cell in self.placed():
            for at in range(cell.down):
                open_sides = ("t" if at else "") + ("b" if at < cell.down - 1 else "")
                lines = () if at else cell.lines
                part = replace(cell, lines=lines, down=1, open=cell.open + open_sides)
                rows[row + at][column] = part
        ordered = [[cells[column] for column in sorted(cells)] for cells in rows]
        return replace(self, rows=ordered)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph between tables; ``scale`` times the plan's font size."""

    text: str
    scale: float = 1.0
    align: str = "left"
    indent: float = 0.0
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a new page."""


Block = Para | Grid | Break


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper and type, in points. ``cut``: a row may go on on the next page."""

    width: float = 595.0
    height: float = 842.0
    side: float = 50.0
    top: float = 60.0
    bottom: float = 64.0
    size: float = 12.0
    leading: float = 1.35
    pad: float = 4.0
    rule: float = 0.6
    cut: bool = False

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side

    @property
    def pitch(self) -> float:
        """Distance of two lines."""
        return self.size * self.leading


@dataclass(slots=True)
class Drawing:
    """A plan ready to be typeset; ``edits`` change the finished file one after the other."""

    sheet: Sheet
    blocks: list[Block]
    edits: list[Edit] = field(default_factory=list)


def text_cell(text: str, **how: object) -> Cell:
    """Return a cell of plain paragraphs, one for each line of the text."""
    return Cell(tuple(Line(one) for one in text.split("\n") if one), **how)  # type: ignore[arg-type]


def merged_alike(values: Sequence[object]) -> list[int]:
    """Return for each place how many equal values begin there, 0 inside of them."""
    counts = [0] * len(values)
    for at, value in enumerate(values):
        if at and value is not None and value == values[at - 1]:
            first = max(one for one in range(at) if counts[one])
            counts[first] += 1
        else:
            counts[at] = 1
    return counts
