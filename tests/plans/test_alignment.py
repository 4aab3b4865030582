"""Entries of a side column go to the measures that they stand beside."""

from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.plans import alignment as beside
from planparse.plans.alignment import Slot, Spacing, Standing, align

LINE = 16.0
SPACING = Spacing(LINE)


def slots(*lines, continued=False):
    return [Slot(at * LINE, continued and not k) for k, at in enumerate(lines)]


def entries(*lines):
    """Give entries of one line each."""
    return [Standing(at * LINE, at * LINE) for at in lines]


def given_to(found):
    return list(found.slots)


@pytest.mark.parametrize(
    ("at", "beside_lines", "expected"),
    [
        ([0, 5, 9], [0, 5, 9], [0, 1, 2]),
        ([0, 1, 2, 5, 9, 10], [0, 5, 9], [0, 0, 0, 1, 2, 2]),
        ([0.3, 5.3, 9.3], [0, 5, 9], [0, 1, 2]),
        ([1, 6, 10], [0, 5, 9], [0, 1, 2]),
        ([-0.9, 4.1, 8.1], [0, 5, 9], [0, 1, 2]),
        ([0, 9], [0, 5, 9], [0, 2]),
        ([5, 9], [0, 5, 9], [1, 2]),
        ([0, 1, 2], [0, 1, 2], [0, 1, 2]),
        ([0, 1, 2, 3], [0, 2], [0, 0, 1, 1]),
        ([0, 3], [0, 8], [0, 0]),
        ([0, 7.2], [0, 8], [0, 1]),
    ],
    ids=[
        *("exact", "further lines belong to the one above", "a third of a line lower"),
        *("a line lower", "a line higher", "the middle one has none", "the first has none"),
        *("measures of one line", "two beside two lines each", "a gap within", "drift in the last"),
    ],
)
def test_where_positions_tell(at, beside_lines, expected):
    found = align(entries(*at), slots(*beside_lines), SPACING)
    assert given_to(found) == expected


def test_a_third_of_a_line_is_still_beside():
    (slot,) = slots(4)
    assert beside.is_aligned(4.3 * LINE, slot, LINE)
    assert not beside.is_aligned(3.6 * LINE, slot, LINE)


def test_a_separator_keeps_a_list_together():
    """業務組、 over 總務組: the second stands beside the next measure's line, yet goes on."""
    first, second = Standing(0, 0), Standing(LINE, LINE)
    assert given_to(align([first, second], slots(0, 1.6), SPACING)) == [0, 1]
    listed = Standing(LINE, LINE, listed=True)
    assert given_to(align([first, listed], slots(0, 1.6), SPACING)) == [0, 0]


def test_what_stands_between_two_measures_is_unclear():
    clear = align(entries(0, 6), slots(0, 6), SPACING)
    assert clear.unclear == (False, False)
    between = align(entries(0, 2.8, 4), slots(0, 4), SPACING)
    assert between.unclear == (False, True, False)


def test_a_measure_from_the_page_before_may_take_what_stands_above_the_first_new_one():
    found = align(entries(0, 1, 5), slots(0, 5, continued=True), SPACING)
    assert given_to(found) == [0, 0, 1]
    new_only = align(entries(5, 9), slots(0, 5, 9, continued=True), SPACING)
    assert given_to(new_only) == [1, 2]


def test_what_ended_before_the_page_takes_nothing_below_the_first_new_line():
    ended = Slot(0.0, True, 2.0, 3 * LINE)
    assert given_to(align(entries(0, 3), [ended, Slot(3 * LINE, False)], SPACING)) == [0, 1]
    assert given_to(align(entries(3, 4), [ended, Slot(3 * LINE, False)], SPACING)) == [1, 1]


def test_none_or_one_measure_needs_no_alignment():
    assert align([], slots(0, 5), SPACING).slots == ()
    assert given_to(align(entries(0, 30), slots(0), SPACING)) == [0, 0]


def test_an_exact_column_believes_positions_more():
    drifted = entries(0, 3.4)
    assert given_to(align(drifted, slots(0, 4.6), Spacing(LINE))) == [0, 1]
    assert given_to(align(entries(0, 1, 2.5), slots(0, 4), Spacing(LINE, exact=True))) == [0, 0, 0]


def cost(standings, places, spacing, chosen):
    """Add up what an assignment costs, entry by entry and measure by measure."""
    total = beside._off(standings[0], places[chosen[0]], spacing)
    for (before, entry), (last, at) in zip(pairwise(standings), pairwise(chosen), strict=True):
        if at == last:
            total += beside._after(entry, before, spacing)
        else:
            total += beside._off(entry, places[at], spacing)
    without = set(range(len(places))) - set(chosen)
    return total + sum(beside.NONE for at in without if not places[at].continued)


@st.composite
def cases(draw):
    # Halves of a line: assignments that cost the same are frequent.
    steps = st.integers(1, 8).map(lambda halves: halves / 2)
    tops = [draw(st.integers(0, 6)) / 2]
    for step in draw(st.lists(steps, min_size=1, max_size=4)):
        tops.append(tops[-1] + step)
    continued = draw(st.booleans())
    until = tops[1] * LINE if draw(st.booleans()) else float("inf")
    places = [Slot(at * LINE, continued and not k) for k, at in enumerate(tops)]
    if continued:
        places[0] = Slot(0.0, True, draw(st.sampled_from((0.0, 0.2, 2.0))), until)
    at = draw(st.integers(-2, 6)) / 2
    standings = [Standing(at * LINE, at * LINE)]
    for step in draw(st.lists(steps, max_size=4)):
        at += step
        high = draw(st.sampled_from((0, 0, 1)))
        standings.append(Standing(at * LINE, (at + high) * LINE, draw(st.booleans())))
        at += high
    return standings, places, Spacing(LINE, draw(st.booleans()))


# Two assignments that cost the same, not to be mixed; a list whose part stands exactly.
TIED = entries(-1, 0.7), slots(2, 3, 4), Spacing(LINE, exact=True)
LISTED = (
    [*entries(2), Standing(3 * LINE, 4 * LINE), Standing(5 * LINE, 5 * LINE, True), *entries(6)],
    slots(2, 3, 5),
    SPACING,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@example(TIED)
@example(LISTED)
@given(cases())
def test_no_assignment_in_order_costs_less(case):
    standings, places, spacing = case
    found = align(standings, places, spacing)
    assert list(found.slots) == sorted(found.slots)
    least = min(
        cost(standings, places, spacing, chosen)
        for chosen in combinations_with_replacement(range(len(places)), len(standings))
    )
    assert cost(standings, places, spacing, found.slots) == pytest.approx(least)
