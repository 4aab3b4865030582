"""Five hand-made lines at a time: pieces become lines, lines that touch become groups."""

import pytest

from planparse.model.page import Axis, Ruling, Run
from planparse.tables.rulings import Line, connected_groups, merge_rulings, without_underlines


def across(position, start, end, thickness=0.5):
    return Ruling(Axis.HORIZONTAL, position, start, end, thickness)


def down(position, start, end, thickness=0.5):
    return Ruling(Axis.VERTICAL, position, start, end, thickness)


def test_pieces_of_one_line_are_merged_whatever_their_order():
    pieces = [across(100.4, 60, 90), across(100.0, 10, 30), across(100.2, 31, 58.5)]
    (line,) = merge_rulings(pieces, Axis.HORIZONTAL)
    assert line.position == pytest.approx(100.2)
    assert (line.start, line.end) == (10, 90)


def test_a_gap_of_more_than_three_points_parts_a_line():
    assert merge_rulings([across(50, 0, 40), across(50, 43, 80)], Axis.HORIZONTAL) == [
        Line(50, 0, 80)
    ]
    assert merge_rulings([across(50, 0, 40), across(50, 43.1, 80)], Axis.HORIZONTAL) == [
        Line(50, 0, 40),
        Line(50, 43.1, 80),
    ]


def test_pieces_inside_a_longer_one_do_not_shorten_it():
    assert merge_rulings([down(5, 0, 90), down(5, 10, 20)], Axis.VERTICAL) == [Line(5, 0, 90)]


def test_lines_of_the_other_axis_and_bars_of_drawn_glyphs_are_left_out():
    rulings = [across(10, 0, 90), down(10, 0, 90), across(30, 0, 7.9), across(40, 0, 8)]
    assert merge_rulings(rulings, Axis.HORIZONTAL) == [Line(10, 0, 90), Line(40, 0, 8)]


def test_the_two_strokes_of_a_double_ruling_stay_two_lines_here():
    found = merge_rulings([across(10, 0, 90), across(11.9, 0, 90)], Axis.HORIZONTAL)
    assert [line.position for line in found] == [10, 11.9]


def test_lines_that_touch_are_one_group_and_a_lone_line_is_none():
    horizontals = [Line(0, 0, 50), Line(40, 0, 50), Line(300, 0, 50)]
    verticals = [Line(0, 0, 40), Line(50, 0, 40)]
    (group,) = connected_groups(horizontals, verticals)
    assert group.horizontals == horizontals[:2]
    assert group.verticals == verticals


@pytest.mark.parametrize(("gap", "groups"), [(4.0, 1), (4.1, 0)])
def test_a_corner_square_between_pieces_is_bridged(gap, groups):
    found = connected_groups([Line(0, 0, 50)], [Line(50 + gap, 0, 40)])
    assert len(found) == groups


def test_two_tables_side_by_side_are_two_groups():
    found = connected_groups(
        [Line(0, 0, 50), Line(0, 70, 120)],
        [Line(0, 0, 40), Line(50, 0, 40), Line(70, 0, 60), Line(120, 0, 60)],
    )
    assert sorted(len(group.verticals) for group in found) == [2, 2]


def test_a_border_that_meets_no_line_belongs_to_those_of_its_stretch():
    """A merged column of a table that is open above and below: no line across touches it."""
    met, free = [Line(0, 0, 90), Line(50, 0, 90)], Line(80, 0, 90)
    (group,) = connected_groups([Line(40, 0, 50)], [*met, free])
    assert group.verticals == [*met, free]
    (group,) = connected_groups([Line(40, 0, 50)], [*met, Line(80, 20, 90)])
    assert group.verticals == met


def test_lines_of_one_axis_alone_are_no_table():
    assert connected_groups([Line(0, 0, 50), Line(9, 0, 50)], []) == []
    assert connected_groups([], [Line(0, 0, 50)]) == []


WALLS = [Line(18, 0, 200), Line(150, 0, 200)]
# Three glyphs of 12 points from 20 on; the em box ends at 100, the base line is at 98.56.
WORD = Run(1, 0, "業務組", (20, 32, 44), (32, 44, 56), 88, 100, 12)


@pytest.mark.parametrize(
    "line", [Line(99, 20, 56), Line(101, 18, 56), Line(101.5, 17, 60), Line(98.6, 20, 56)]
)
def test_a_line_below_text_of_its_own_extent_is_an_underline(line):
    assert without_underlines([line], WALLS, [WORD]) == []


@pytest.mark.parametrize(
    "line", [Line(101, 18, 150), Line(101, 18, 120), Line(104, 20, 56), Line(101, 70, 120)]
)
def test_a_border_is_no_underline(line):
    assert without_underlines([line], WALLS, [WORD]) == [line]


def test_text_that_fills_its_cell_does_not_underline_it():
    walls = [Line(20, 0, 101), Line(56, 0, 101)]
    border = Line(101, 20, 56)
    assert without_underlines([border], walls, [WORD]) == [border]
