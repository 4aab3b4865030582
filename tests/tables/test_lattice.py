"""A random grid, drawn in any of the ways that files draw grids, gives its cells back."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planparse.model.page import Axis
from planparse.tables.lattice import build_lattice
from planparse.tables.page_tables import find_page_tables
from planparse.tables.rulings import Line, LineGroup, connected_groups, merge_rulings
from tests.hand_made import Sheet
from tests.tables.drawn_grids import WAYS, between_columns, random_grid, strokes, without

seeds = st.integers(0, 2**32)
quickly = settings(max_examples=60, deadline=None, derandomize=True)


def lattices(rulings):
    groups = connected_groups(
        merge_rulings(rulings, Axis.HORIZONTAL), merge_rulings(rulings, Axis.VERTICAL)
    )
    return [build_lattice(group) for group in groups]


def assert_same(grid, rulings):
    (lattice,) = lattices(rulings)
    assert lattice is not None
    assert lattice.xs == pytest.approx(grid.xs, abs=1.5)
    assert lattice.ys == pytest.approx(grid.ys, abs=1.5)
    found = [(at.row, at.column, at.row_span, at.column_span) for at in lattice.regions]
    assert found == list(grid.cells)
    for index, (row, column, height, width) in enumerate(grid.cells):
        for r in range(row, row + height):
            assert lattice.owner[r][column : column + width] == (index,) * width


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@quickly
@given(seed=seeds)
def test_spans_come_back(way, seed):
    rng = Random(seed)
    grid = random_grid(rng)
    rulings = way(grid, rng)
    rng.shuffle(rulings)
    assert_same(grid, rulings)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@quickly
@given(seed=seeds)
def test_spans_come_back_without_the_outer_sides(way, seed):
    rng = Random(seed)
    # Something must stand between the columns all the way, or no line ends at the sides.
    grid = between_columns(random_grid(rng), rng)
    rulings = way(grid, rng)
    for side in (grid.xs[0], grid.xs[-1]):
        rulings = without(rulings, Axis.VERTICAL, side)
    assert_same(grid, rulings)


@pytest.mark.parametrize("ends", ["top", "bottom", "both"])
@quickly
@given(seed=seeds)
def test_spans_come_back_where_a_page_break_leaves_the_table_open(ends, seed):
    rng = Random(seed)
    grid = random_grid(rng)
    inner = [
        grid.wall(Axis.HORIZONTAL, border, place)
        for border in range(1, len(grid.ys) - 1)
        for place in range(len(grid.xs) - 1)
    ]
    assume(any(inner))
    rulings = strokes(grid, rng)
    if ends in ("top", "both"):
        rulings = without(rulings, Axis.HORIZONTAL, grid.ys[0])
    if ends in ("bottom", "both"):
        rulings = without(rulings, Axis.HORIZONTAL, grid.ys[-1])
    assert_same(grid, rulings)


@quickly
@given(seed=seeds)
def test_every_glyph_goes_into_the_cell_that_it_stands_in(seed):
    """One run across the whole row, as some writers draw: cut at the borders, nothing lost."""
    rng = Random(seed)
    grid = random_grid(rng)
    sheet = Sheet(width=1000, height=1000)
    sheet.rulings = strokes(grid, rng)
    ems = int((grid.xs[-1] - grid.xs[0] - 1) // 8)
    for above, below in pairwise(grid.ys):
        sheet.write("字" * ems, grid.xs[0], (above + below) / 2 - 4, 8.0)
    blocks = find_page_tables(sheet.page())
    (table,) = blocks.tables
    assert blocks.lines == ()
    seen = set()
    for (row, column, height, width), lines in zip(grid.cells, table.lines, strict=True):
        for line in lines:
            assert grid.ys[row] < line.middle < grid.ys[row + height]
            for run in line.runs:
                seen |= set(range(run.first, run.first + len(run)))
                for left, right in zip(run.lefts, run.rights, strict=True):
                    assert grid.xs[column] <= (left + right) / 2 <= grid.xs[column + width]
    assert seen == set(range(sheet.count))


def test_lines_nearer_than_a_row_can_be_are_one_border():
    verticals = [Line(0, 0, 40), Line(50, 0, 40)]
    lattice = build_lattice(
        LineGroup([Line(0, 0, 50), Line(4.5, 0, 50), Line(40, 0, 50)], verticals)
    )
    assert lattice is not None
    assert lattice.ys == (2.25, 40)


def test_a_stub_that_covers_little_of_a_side_is_no_wall():
    outer = [Line(0, 0, 60), Line(40, 0, 60)], [Line(0, 0, 40), Line(60, 0, 40)]
    short = build_lattice(LineGroup(outer[0], [*outer[1], Line(30, 0, 27)]))
    long = build_lattice(LineGroup(outer[0], [*outer[1], Line(30, 0, 29)]))
    assert short is not None
    assert long is not None
    assert (len(short.regions), len(long.regions)) == (1, 2)


def test_where_a_border_is_missing_cells_stay_rectangles():
    """The left column and the whole second row run into one another: a corner was not drawn."""
    horizontals = [Line(0, 0, 60), Line(20, 30, 60), Line(40, 0, 60)]
    verticals = [Line(0, 0, 40), Line(30, 0, 20), Line(60, 0, 40)]
    lattice = build_lattice(LineGroup(horizontals, verticals))
    assert lattice is not None
    assert [(at.row, at.column, at.row_span, at.column_span) for at in lattice.regions] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (1, 0, 1, 2),
    ]


def test_one_border_each_way_is_no_table():
    assert build_lattice(LineGroup([Line(0, 0, 50)], [Line(0, 0, 5)])) is None
