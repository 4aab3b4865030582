"""Entries set in the middle beside measures, rows without rulings between them."""

from itertools import combinations_with_replacement
from random import Random

import pytest

from planparse.model.geometry import Box, Place
from planparse.model.table import Cell
from planparse.plans.alignment import Slot, Standing
from planparse.plans.builders import MeasureBuilder
from planparse.plans.centred import Centre, _Parting, align_centred, centres, find_centre
from planparse.plans.side_cells import SideCell
from tests.hand_made import PITCH, made_line, made_lines


def standings(*lines):
    return [Standing(line * 10.0, line * 10.0) for line in lines]


def slots(*tops):
    return [Slot(top * 10.0, False) for top in tops]


@pytest.mark.parametrize(
    ("entries", "tops", "middles", "given"),
    [
        # Four names without a gap: two beside three lines, two beside two lines.
        ((0.5, 1.5, 3, 4), (0, 3), (1, 3.5), (0, 0, 1, 1)),
        # The measure in the middle has one line and two names, which stand above and below it.
        ((0.5, 1.5, 2.5, 3.5), (0.5, 2.0, 3.5), (0.5, 2.0, 3.5), (0, 1, 1, 2)),
        # One name each, each level with the next measure's neighbour, not with the first line.
        ((1, 4, 6.5), (0, 3, 6), (1, 4, 6.5), (0, 1, 2)),
        # The measure in the middle has none.
        ((0.5, 6.5), (0, 2, 6), (0.5, 3.5, 6.5), (0, 2)),
        # A page break cut the last row: its entries stand at its top.
        ((1, 3), (0, 3), (1, 6), (0, 1)),
    ],
)
def test_middles_decide(entries, tops, middles, given):
    found = align_centred(
        standings(*entries), slots(*tops), [middle * 10 for middle in middles], 10.0
    )
    assert found.slots == given
    assert not any(found.unclear)


def test_what_stands_between_two_measures_is_unclear():
    found = align_centred(standings(2), slots(0, 3), [5.0, 35.0], 10.0)
    assert found.unclear == (True,)


@pytest.mark.parametrize("seed", range(40))
def test_no_parting_is_cheaper(seed):
    rng = Random(seed)
    count, measures = rng.randint(1, 6), rng.randint(1, 4)
    entries = standings(*sorted(rng.uniform(0, 12) for _ in range(count)))
    tops = sorted(rng.uniform(0, 12) for _ in range(measures))
    middles = [top * 10 + rng.uniform(0, 20) for top in tops]
    parting = _Parting(entries, slots(*tops), middles, 10.0)

    def cost(given):
        ends = [0, *(sum(at <= slot for at in given) for slot in range(measures))]
        return sum(parting.cost(slot, ends[slot], ends[slot + 1]) for slot in range(measures))

    best = min(cost(given) for given in combinations_with_replacement(range(measures), count))
    found = align_centred(entries, slots(*tops), middles, 10.0)
    assert cost(found.slots) == pytest.approx(best)


def column(centred):
    """Make four measures of three lines in one cell, and a name beside each."""
    box = [Place(1, Box(0, 0, 100, 12 * PITCH + 6))]
    text = [made_lines(["(1)甲", "乙", "丙"], top=3 + 3 * at * PITCH) for at in range(4)]
    builders = [MeasureBuilder(0, 1, lines=list(lines)) for lines in text]
    off = PITCH if centred else 0.4 * PITCH
    entries = tuple((made_line("業務組", 100, lines[0].top + off),) for lines in text)
    lines = tuple(entry[0] for entry in entries)
    return builders, SideCell(Cell(0, 1, 1, 1, tuple(box), lines), entries, PITCH)


def test_a_column_in_the_middle_is_told_from_one_that_drifts():
    builders, side = column(centred=True)
    assert find_centre(builders, [side]) is Centre.TEXT
    builders, side = column(centred=False)
    assert find_centre(builders, [side]) is None


def test_the_middle_of_a_row_counts_the_room_below():
    builders, side = column(centred=True)
    for builder in builders:
        del builder.lines[1:]
    middles = centres(builders, side, 1, Centre.ROW)
    for at, builder in enumerate(builders):
        assert middles[at] == pytest.approx(builder.lines[0].middle + PITCH, abs=2.5)
