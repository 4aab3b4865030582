"""The tables of one page: lattices filled with the page's runs, and the lines outside them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from planparse.datamodel.geometry import Box
from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Axis, Page, Run
from planparse.grid.lattice import Lattice, build_lattice
from planparse.grid.rulings import connected_groups, merge_rulings
from planparse.grid.text_lines import group_lines
from planparse.grid.upright_text import upright_lines

# Word processors let these stand beyond the right border of their cell.
_HANGING = frozenset("，。、；：！？）」』》〉】〕”’,.;:!?)]}·…")
# Glyphs further apart than this part of the font size do not hang together.
_GAP = 0.5


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table's part on one page; ``lines[i]`` are the lines of ``lattice.regions[i]``."""

    page: int
    lattice: Lattice
    lines: tuple[tuple[TextLine, ...], ...]

    @property
    def box(self) -> Box:
        """Box around the borders."""
        xs, ys = self.lattice.xs, self.lattice.ys
        return Box(xs[0], ys[0], xs[-1], ys[-1])


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """A page's tables and the lines outside them, each from top to bottom."""

    page: Page
    tables: tuple[PageTable, ...]
    lines: tuple[TextLine, ...]


def _column(xs: tuple[float, ...], x: float) -> int:
    return min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)


def _crossing(run: Run, border: float) -> int:
    """Give the index of the first glyph right of a border; hanging punctuation stays left."""
    at = 0
    size = len(run.text)
    while at < size and (run.lefts[at] + run.rights[at]) / 2 <= border:
        at += 1
    gap = _GAP * run.font_size
    while (
        0 < at < size
        and run.text[at] in _HANGING
        and run.lefts[at] - run.rights[at - 1] < gap
        and (at + 1 == size or run.lefts[at + 1] - run.rights[at] > gap)
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


def _fill(page: Page, lattices: list[Lattice]) -> tuple[list[list[list[Run]]], list[Run]]:
    """Part the page's runs into the cells of the lattices and the rest."""
    cells: list[list[list[Run]]] = [[[] for _ in lattice.regions] for lattice in lattices]
    boxes = [(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1]) for lattice in lattices]
    rest: list[Run] = []
    for run in page.runs:
        y = (run.top + run.bottom) / 2
        x = (run.lefts[0] + run.rights[0]) / 2
        for at, (left, top, right, bottom) in enumerate(boxes):
            if top <= y <= bottom and left <= x <= right:
                lattice = lattices[at]
                row = min(bisect_right(lattice.ys, y) - 1, len(lattice.ys) - 2)
                _place(run, lattice, row, cells[at])
                break
        else:
            rest.append(run)
    return cells, rest


def _lines(runs: list[Run]) -> tuple[TextLine, ...]:
    return tuple(upright_lines(runs) or group_lines(runs))


def _is_frame(lattice: Lattice, others: list[Lattice]) -> bool:
    """Tell a box drawn around other tables (a page border): it is no table."""
    if len(lattice.regions) > 1:
        return False
    outer = Box(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    return any(
        other is not lattice
        and outer.holds(other.xs[0], other.ys[0], 1.0)
        and outer.holds(other.xs[-1], other.ys[-1], 1.0)
        for other in others
    )


def find_page_tables(page: Page) -> PageBlocks:
    """Find the ruled tables of one page and put every run in a cell or into a line outside."""
    rulings = page.rulings or ()
    groups = connected_groups(
        merge_rulings(rulings, Axis.HORIZONTAL), merge_rulings(rulings, Axis.VERTICAL)
    )
    built = [lattice for group in groups if (lattice := build_lattice(group)) is not None]
    lattices = [lattice for lattice in built if not _is_frame(lattice, built)]
    # A smaller table comes first, so that a run inside a nested one goes into the nested one.
    lattices.sort(key=lambda at: (at.xs[-1] - at.xs[0]) * (at.ys[-1] - at.ys[0]))
    cells, rest = _fill(page, lattices)
    tables = [
        PageTable(page.number, lattice, tuple([_lines(runs) for runs in filled]))
        for lattice, filled in zip(lattices, cells, strict=True)
        if any(filled)
    ]
    tables.sort(key=lambda table: table.lattice.ys[0])
    return PageBlocks(page, tuple(tables), tuple(group_lines(rest)))
