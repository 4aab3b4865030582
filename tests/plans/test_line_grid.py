"""Departments and periods that slide together are aligned by how far they slide."""

from itertools import combinations
from math import inf

import pytest

from planparse.plans.bands import Habits, Item, bands_of
from planparse.plans.line_grid import GridAlignment

DEPARTMENT, PERIOD = 0, 1
HABITS = Habits((2.3, 2.3), (1.0, 3.5), (0.5, 0.03), 1.4, 0.3)


def items(*lines):
    """Return items of (line, department, period); an empty text prints nothing."""
    found: list[Item] = []
    for line, *texts in lines:
        for column, text in enumerate(texts):
            if text:
                entry = sum(one.column == column for one in found)
                period = column == PERIOD
                found.append(Item(column, entry, text, line, line, False, period))
    return found


def aligned(tops, *lines):
    """Return the measure of each band."""
    return GridAlignment(tops, bands_of(items(*lines)), HABITS).measures


def test_entries_that_slide_further_with_every_measure_keep_their_measures():
    """Set for a narrower column: each measure takes a line less here than the typist saw."""
    lines = [(0, "甲組", "每月"), (4, "乙組", "每季"), (8, "丙組", "每月"), (12, "丁組", "每年")]
    assert aligned([0, 3, 6, 9], *lines) == [0, 1, 2, 3]


def test_entries_that_stand_higher_with_every_measure_keep_their_measures():
    lines = [(0, "甲組", "每月"), (3, "乙組", "每季"), (6, "丙組", "每月"), (9, "丁組", "每年")]
    assert aligned([0, 4, 8, 12], *lines) == [0, 1, 2, 3]


def test_a_long_list_pushes_what_stands_beside_the_next_measure():
    lines = [(0, "甲組", "每月"), (1, "乙組", ""), (2, "丙組", ""), (3, "甲組", "每月")]
    assert aligned([0, 2], *lines) == [0, 0, 0, 1]


def test_a_measure_that_truly_has_nothing_beside_it_keeps_nothing():
    lines = [(0, "甲組", "每月"), (4, "乙組", "每季"), (6, "丙組", "每月")]
    assert aligned([0, 2, 4, 6], *lines) == [0, 2, 3]


def test_an_even_choice_is_in_doubt():
    """One entry halfway between two measures of which each may have it."""
    (shares,) = GridAlignment([0, 4], bands_of(items((2, "甲組", ""))), HABITS).shares()
    assert max(shares.values()) < 0.9
    assert sum(shares.values()) == pytest.approx(1.0)


def cheapest(alignment, tops, bands):
    """Return the least cost of all ways to give runs of bands to measures, one by one."""
    best = inf
    count = len(bands)
    for size in range(1, min(len(tops), count) + 1):
        for chosen in combinations(range(len(tops)), size):
            for cuts in combinations(range(1, count), size - 1):
                starts = [0, *cuts, count]
                cost, slide, last, after = 0.0, 0.0, -inf, -1
                for at, start, end in zip(chosen, starts, starts[1:], strict=False):
                    begin, slide = alignment._begin(at, start, slide, last)
                    cost += begin + (at - after - 1) * sum(HABITS.none)
                    cost += alignment._costs_of_runs(start)[end - start - 1]
                    last = max(band.last for band in bands[start:end])
                    after = at
                cost += (len(tops) - after - 1) * sum(HABITS.none)
                best = min(best, cost)
    return best


@pytest.mark.parametrize("step", [2, 3])
@pytest.mark.parametrize("gap", [1, 2, 3, 4])
@pytest.mark.parametrize("lists", [(1, 1, 1, 1), (2, 1, 3, 1), (1, 3, 1, 2)])
def test_no_alignment_is_cheaper(step, gap, lists):
    lines, at = [], 0
    for number, size in enumerate(lists):
        lines += [(at + row, f"{number}{row}組", "" if row else "每月") for row in range(size)]
        at += max(gap, size)
    tops = [step * number for number in range(len(lists))]
    bands = bands_of(items(*lines))
    alignment = GridAlignment(tops, bands, HABITS)
    assert alignment.cost == pytest.approx(cheapest(alignment, tops, bands))
