"""The tables of one page: lattices filled with the page's runs, and the lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from planparse.lexicon.sentences import NEVER_FIRST
from planparse.model.geometry import Box
from planparse.model.page import Axis, Page, Run
from planparse.model.table import TextLine
from planparse.tables.lattice import (
    Lattice,
    Lines,
    Region,
    build_lattice,
    without_row_remnants,
)
from planparse.tables.rulings import connected_groups, merge_rulings, without_underlines
from planparse.tables.text_lines import group_lines, vertical_lines

# Word processors let these stand beyond the right border of their cell.
_HANGING = NEVER_FIRST | frozenset("·…")
# Glyphs further apart than this part of the font size do not hang together.
# 0.4 and 0.6 change the problems of one plan each, no row.
_GAP = 0.5
# Text that begins so far inside the width of the glyph before it, in font sizes, is another cell's.
# 0.09 and 0.18 are seen where a full stop hangs into the padding of the next cell.
_INSIDE = 0.05
# Nothing follows, for so many font sizes, what hangs below the end of a page's table.
_FREE = 2.5
# A border of the lattice is the one that was inferred, within these points.
_SAME_PLACE = 4.5
# Lines of a cell start at one place, within these points.
_AT_LEFT = 1.0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table's part on one page; ``lines[i]`` are the lines of ``lattice.regions[i]``.

    ``unsure``: the regions over several rows, as (row, column), that no ruling shows to be one.
    ``begun_below``: the last row stands below the rules, which the next page draws.
    """

    page: int
    lattice: Lattice
    lines: tuple[Lines, ...]
    unsure: frozenset[tuple[int, int]] = frozenset()
    begun_below: bool = False

    @property
    def box(self) -> Box:
        """Box around the borders."""
        return self.lattice.box

    @property
    def cells(self) -> Iterator[tuple[Region, Lines]]:
        """The cells with their lines, in reading order."""
        return zip(self.lattice.regions, self.lines, strict=True)


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page's tables and the lines outside them, each from top to bottom."""

    page: Page
    tables: tuple[PageTable, ...]
    lines: tuple[TextLine, ...]


def _column(xs: tuple[float, ...], x: float) -> int:
    return min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)


def _crossing(run: Run, border: float) -> int:
    """Return the index of the first glyph right of a border; hanging punctuation stays left."""

    def flows_on(at: int) -> bool:
        step = run.lefts[at] - run.rights[at - 1]
        return -_INSIDE * run.font_size < step <= gap

    at, size, gap = 0, len(run.text), _GAP * run.font_size
    while at < size and (run.lefts[at] + run.rights[at]) / 2 <= border:
        at += 1
    while (
        0 < at < size
        and run.text[at] in _HANGING
        and run.lefts[at] - run.rights[at - 1] < gap
        and (at + 1 == size or not flows_on(at + 1))
    ):
        at += 1
    return at


def _place(run: Run, lattice: Lattice, row: int, cells: list[list[Run]]) -> None:
    """Put a run's glyphs into the cells of its row, cut at the borders between cells."""
    owner = lattice.owner[row]
    xs = lattice.xs
    column = _column(xs, (run.lefts[0] + run.rights[0]) / 2)
    last = _column(xs, (run.lefts[-1] + run.rights[-1]) / 2)
    while owner[column] != owner[last]:
        region = lattice.regions[owner[column]]
        end = region.column + region.column_span
        at = _crossing(run, xs[end])
        if at == len(run.text):
            break
        if at:
            cells[owner[column]].append(run.slice(0, at))
            run = run.slice(at, len(run.text))
        column = max(end, _column(xs, (run.lefts[0] + run.rights[0]) / 2))
    cells[owner[column]].append(run)


def _fill(
    page: Page, lattices: list[Lattice], numbers: AbstractSet[int]
) -> tuple[list[list[list[Run]]], list[Run]]:
    """Return the page's runs by the cells of the lattices, and the rest.

    ``numbers``: first glyphs of the page's number. Beside the open end of a table, or below it, it
    stands in no cell.
    """
    cells: list[list[list[Run]]] = [[[] for _ in lattice.regions] for lattice in lattices]
    boxes = [lattice.box for lattice in lattices]
    rest: list[Run] = []
    for run in page.runs:
        y = (run.top + run.bottom) / 2
        x = (run.lefts[0] + run.rights[0]) / 2
        for at, (lattice, box) in enumerate(zip(lattices, boxes, strict=True)):
            if box.holds(x, y):
                if run.first in numbers and lattice.open_below:
                    rest.append(run)
                    break
                row = min(bisect_right(lattice.ys, y) - 1, len(lattice.ys) - 2)
                _place(run, lattice, row, cells[at])
                break
        else:
            rest.append(run)
    text = [run for run in rest if run.first not in numbers]
    hanging = {run.first for run in text if _put_above(run, text, lattices, cells)}
    return cells, [run for run in rest if run.first not in hanging]


def _put_above(
    run: Run, text: list[Run], lattices: list[Lattice], cells: list[list[list[Run]]]
) -> bool:
    """Put a run that hangs below the open end of a table into its cell; False if it does not.

    The table then ends below it. Browsers let the last glyph of a narrow cell stand below the end
    of the page's borders. ``text`` are all runs outside the tables.
    """
    found = _cell_above(run, lattices, cells)
    if found is None or any(
        0 < other.middle - run.middle < _FREE * run.font_size for other in text
    ):
        return False
    at, cell = found
    cell.append(run)
    ys = lattices[at].ys
    lattices[at] = replace(lattices[at], ys=(*ys[:-1], max(ys[-1], run.bottom)))
    return True


def _cell_above(
    run: Run, lattices: list[Lattice], cells: list[list[list[Run]]]
) -> tuple[int, list[Run]] | None:
    """Return the table and the runs of its cell that a run below an open end continues."""
    for at, lattice in enumerate(lattices):
        xs, bottom = lattice.xs, lattice.ys[-1]
        column = _column(xs, (run.lefts[0] + run.rights[0]) / 2)
        if (
            column not in lattice.open_below
            or not bottom < run.middle < bottom + run.font_size
            or run.lefts[0] < xs[column]
            or run.rights[-1] > xs[column + 1]
        ):
            continue
        cell = cells[at][lattice.owner[-1][column]]
        last = max(cell, key=lambda other: other.middle, default=None)
        if last is not None and last.lefts[0] - _AT_LEFT <= run.lefts[0] <= last.rights[-1]:
            return at, cell
    return None


def _lines(runs: list[Run]) -> tuple[TextLine, ...]:
    return tuple(vertical_lines(runs) or group_lines(runs))


def _is_frame(lattice: Lattice, others: list[Lattice]) -> bool:
    """Return True for a box drawn around other tables (a page border): it is no table."""
    if len(lattice.regions) > 1:
        return False
    return any(
        other is not lattice
        and lattice.box.holds(other.xs[0], other.ys[0], 1.0)
        and lattice.box.holds(other.xs[-1], other.ys[-1], 1.0)
        for other in others
    )


def _page_table(page: int, lattice: Lattice, cells: list[tuple[TextLine, ...]]) -> PageTable:
    found, lines = without_row_remnants(lattice, cells)
    return PageTable(page, found, tuple(lines))


def mark_unsure(table: PageTable, cells: AbstractSet[tuple[int, float]]) -> PageTable:
    """Return a table with its unsure regions, each known by column and upper border in points."""
    places = [(region.row, region.column) for region in table.lattice.regions]
    found = {
        (row, column)
        for row, column in places
        if any(own == column and abs(table.lattice.ys[row] - y) <= _SAME_PLACE for own, y in cells)
    }
    return replace(table, unsure=frozenset(found))


def find_page_tables(page: Page, numbers: AbstractSet[int] = frozenset()) -> PageBlocks:
    """Return the ruled tables of one page; every run is in a cell or in a line outside.

    ``numbers``: the first glyphs of runs that surely print the page's number.
    """
    rulings = page.rulings or ()
    verticals = merge_rulings(rulings, Axis.VERTICAL)
    level = merge_rulings(rulings, Axis.HORIZONTAL)
    groups = connected_groups(without_underlines(level, verticals, page.runs), verticals)
    built = [lattice for group in groups if (lattice := build_lattice(group)) is not None]
    lattices = [lattice for lattice in built if not _is_frame(lattice, built)]
    # A smaller table comes first, so that a run inside a nested one goes into the nested one.
    lattices.sort(key=lambda lattice: lattice.box.width * lattice.box.height)
    cells, rest = _fill(page, lattices, numbers)
    tables = [
        _page_table(page.number, lattice, [_lines(runs) for runs in filled])
        for lattice, filled in zip(lattices, cells, strict=True)
        if any(filled)
    ]
    tables.sort(key=lambda table: table.lattice.ys[0])
    return PageBlocks(page, tuple(tables), tuple(group_lines(rest)))
