"""Rows whose side cells are set on the lines of the practice cell, and what stands beside what.

Lines are counted from the row's top, over page breaks: the first line of a page follows the last
one of the page before. So a row that a page break cuts is like any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from statistics import median
from typing import TypeVar

from planparse.model.plan import ColumnRole
from planparse.model.table import TextLine
from planparse.plans.bands import LEVEL, Band, Beside, Habits, Item, bands_of
from planparse.plans.builders import MeasureBuilder
from planparse.plans.line_grid import GridAlignment
from planparse.plans.side_cells import Entry, SideCell, is_listed

Kind = TypeVar("Kind")

# This part of the entries must stand on a line of the practice cell: others drift freely.
_ON_LINES = 0.9
# Before a table is read: of two measures so many slide and stay.
_SLIDES, _STAYS = 0.5, 1.5
# Rounds in which habits and alignment settle.
_ROUNDS = 3
# Entries: fewer of them on lines are chance.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a row: ``start`` and ``top`` by page, the distance of two lines in points."""

    start: Mapping[int, float]
    top: Mapping[int, float]
    pitch: float

    def count(self, line: TextLine) -> float:
        """Return how many lines below the row's top a line stands."""
        return self.start[line.page] + (line.middle - self.top[line.page]) / self.pitch


def _count_lines(practice: Sequence[TextLine], beside: Sequence[TextLine]) -> _Lines | None:
    """Return the lines of a row; None where no two lines of its practice cell show a distance."""
    steps = [
        below.middle - above.middle
        for above, below in pairwise(practice)
        if above.page == below.page and below.middle > above.middle
    ]
    if not steps:
        return None
    pitch = median(steps)
    start: dict[int, float] = {}
    top: dict[int, float] = {}
    follows = 0.0
    for page in sorted({line.page for line in [*practice, *beside]}):
        middles = [line.middle for line in [*practice, *beside] if line.page == page]
        start[page], top[page] = follows, min(middles)
        follows += (max(middles) - top[page]) / pitch + 1
    return _Lines(start, top, pitch)


def _on_lines(practice: Sequence[TextLine], firsts: Sequence[TextLine], pitch: float) -> bool:
    """Return True if entries stand on lines of the practice cell, or whole lines below it."""
    seen = on = 0
    for line in firsts:
        near = [other.middle for other in practice if other.page == line.page]
        if near:
            off = (line.middle - min(near, key=lambda at: abs(at - line.middle))) / pitch
            seen += 1
            on += abs(off - round(off)) <= LEVEL / 2
    return seen >= _FEWEST and on >= _ON_LINES * seen


def _level(columns: Sequence[SideColumn], pitch: float) -> bool:
    """Return True if the entries of each later column stand level with some of the first one."""
    if len(columns) < 2:
        return False
    most, *others = sorted((column.firsts() for column in columns), key=len, reverse=True)
    return all(
        len(firsts) >= _FEWEST
        and sum(
            any(
                line.page == other.page and abs(line.middle - other.middle) <= LEVEL / 2 * pitch
                for other in most
            )
            for line in firsts
        )
        >= _ON_LINES * len(firsts)
        for firsts in others
    )


@dataclass(frozen=True, slots=True)
class SideColumn:
    """The cells of one column beside a row, one for each part of it."""

    role: ColumnRole
    cells: Sequence[SideCell]

    def entries(self) -> list[Entry]:
        """Return the entries of all cells."""
        return [entry for side in self.cells for entry in side.entries]

    def firsts(self) -> list[TextLine]:
        """Return the first line of each entry."""
        return [entry[0] for entry in self.entries()]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its measures and what stands beside them.

    ``exact``: each group of entries stands on the first line of a measure, and none lacks one.
    """

    builders: Sequence[MeasureBuilder]
    columns: Sequence[SideColumn]
    exact: bool


@dataclass(slots=True)
class _Tally:
    """How many measures have an entry in a column and how many none; how many lists go on."""

    filled: float
    empty: float
    more: float
    last: float


# What a column counts as before it is read, by role.
_PRIORS = {
    ColumnRole.DEPARTMENT: (4.0, 0.4, 3.0, 5.0),
    ColumnRole.CO_DEPARTMENT: (1.0, 1.0, 1.0, 3.0),
    ColumnRole.PERIOD: (4.0, 0.4, 0.3, 10.0),
}


def _odds(yes: float, no: float) -> tuple[float, float]:
    """Return the costs of what happened ``yes`` times and did not happen ``no`` times."""
    return -log(yes / (yes + no)), -log(no / (yes + no))


@dataclass(slots=True)
class _Counts:
    """What the alignment of a table's rows shows of its habits; it starts as a prior."""

    slides: float = _SLIDES
    stays: float = _STAYS
    columns: dict[ColumnRole, _Tally] = field(
        default_factory=lambda: {role: _Tally(*prior) for role, prior in _PRIORS.items()}
    )

    def habits(self, roles: Sequence[ColumnRole]) -> Habits:
        """Return the costs that follow."""
        tallies = [self.columns[role] for role in roles]
        none = [max(log(one.filled / one.empty), 0.0) for one in tallies]
        more, last = zip(*(_odds(one.more, one.last) for one in tallies), strict=True)
        return Habits(none, more, last, *_odds(self.slides, self.stays))

    def add(self, row: Row, places: Sequence[Sequence[int]]) -> None:
        """Count the entries of a row; ``places``: by column, the measure of each."""
        for column, entries in zip(row.columns, places, strict=True):
            tally = self.columns[column.role]
            filled = len(set(entries))
            tally.filled += filled
            tally.empty += len(row.builders) - filled
            tally.more += len(entries) - filled
            tally.last += filled


def _items(at: int, column: SideColumn, lines: _Lines) -> list[Item]:
    found = []
    entries = column.entries()
    period = column.role is ColumnRole.PERIOD
    for number, entry in enumerate(entries):
        listed = is_listed(entries, number)
        text = "".join(line.glyphs for line in entry)
        first, last = lines.count(entry[0]), lines.count(entry[-1])
        found.append(Item(at, number, text, first, last, listed, period))
    return found


@dataclass(frozen=True, slots=True)
class _SetByLines:
    """A row whose columns are set line by line: the measures' first lines, the entries."""

    row: Row
    tops: Sequence[float]
    items: Sequence[Sequence[Item]]

    def align(self, counts: _Counts) -> GridAlignment:
        """Return the alignment of the row by the habits that counts show."""
        habits = counts.habits([column.role for column in self.row.columns])
        return GridAlignment(self.tops, self._bands(), habits)

    def _bands(self) -> list[Band]:
        return bands_of([item for column in self.items for item in column])

    def _by_entry(self, by_band: Sequence[Kind]) -> list[list[Kind]]:
        """Return what holds for bands by column and entry."""
        place = {
            (item.column, item.entry): one
            for band, one in zip(self._bands(), by_band, strict=True)
            for item in band.items
        }
        return [[place[item.column, item.entry] for item in column] for column in self.items]

    def count(self, alignment: GridAlignment, counts: _Counts) -> None:
        """Add what an alignment shows to the counts."""
        if alignment.measures is not None:
            counts.slides += alignment.slides
            counts.stays += alignment.stays
            counts.add(self.row, self._by_entry(alignment.measures))

    def besides(self, alignment: GridAlignment) -> list[list[Beside]] | None:
        """Return by column what each entry stands beside; None where nothing is likely."""
        if alignment.measures is None:
            return None
        return self._by_entry(
            [
                Beside(at, shares)
                for at, shares in zip(alignment.measures, alignment.shares(), strict=True)
            ]
        )


def _set_by_lines(row: Row) -> _SetByLines | None:
    """Return a row with its lines counted; None where the columns are not set line by line."""
    practice = [line for builder in row.builders for line in builder.anchor_lines()]
    beside = [line for column in row.columns for entry in column.entries() for line in entry]
    lines = _count_lines(practice, beside)
    if lines is None:
        return None
    firsts = [line for column in row.columns for line in column.firsts()]
    if not _on_lines(practice, firsts, lines.pitch) and not _level(row.columns, lines.pitch):
        return None
    items = [_items(at, column, lines) for at, column in enumerate(row.columns)]
    return _SetByLines(
        row, [lines.count(builder.anchor_lines()[0]) for builder in row.builders], items
    )


def _of_exact(row: Row, column: SideColumn) -> list[int]:
    """Return the measures of the entries of a row where each stands below a first line."""
    firsts = [builder.anchor_lines()[0] for builder in row.builders]
    tops = [(line.page, line.middle) for line in firsts]
    size = firsts[0].font_size / 2
    return [
        max(bisect_right(tops, (line.page, line.middle + size)) - 1, 0) for line in column.firsts()
    ]


def align_rows(rows: Sequence[Row]) -> list[list[list[Beside]] | None]:
    """Return for each row, by column, what its entries stand beside.

    None for exact rows, for those that are not set line by line, or where no alignment is likely.
    The habits of the table are found with the alignment, in turns (hard expectation-maximisation).
    """
    countable = [None if row.exact else _set_by_lines(row) for row in rows]
    counts = _Counts()
    aligned: list[GridAlignment | None] = []
    for _ in range(_ROUNDS if any(countable) else 0):
        before, counts = counts, _Counts()
        for row in rows:
            if row.exact:
                counts.stays += len(row.builders)
                counts.add(row, [_of_exact(row, column) for column in row.columns])
        aligned = [None if one is None else one.align(before) for one in countable]
        for one, alignment in zip(countable, aligned, strict=True):
            if one is not None and alignment is not None:
                one.count(alignment, counts)
        if counts == before:
            break
    return [
        None if one is None or alignment is None else one.besides(alignment)
        for one, alignment in zip(countable, aligned or [None] * len(rows), strict=True)
    ]
