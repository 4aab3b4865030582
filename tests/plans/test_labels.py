"""Labels: an aspect's, strategy's or task's number and its title."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.geometry import Box, Place
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell
from planparse.plans.labels import LabelsInForce, read_titled
from tests.hand_made import made_lines


@pytest.mark.parametrize(
    ("lines", "number", "title"),
    [
        (["一、基礎服務"], "一", "基礎服務"),
        (["（一）服務", "一致"], "（一）", "服務一致"),
        (["一", "基礎服務"], "一", "基礎服務"),
        (["一_基礎服務"], "一", "基礎服務"),
        (["1_基礎服務"], "1", "基礎服務"),
        (["一", "、", "社", "會"], "一", "社會"),
        (["（", "一", "）", "社會"], "（一）", "社會"),
        (["四、"], "四", ""),
        (["一次告知"], None, "一次告知"),
        (["一"], None, "一"),
        (["24小時服務"], None, "24小時服務"),
        (["基礎服務"], None, "基礎服務"),
    ],
)
def test_a_number_and_its_title(lines, number, title):
    made = made_lines(lines)
    found = read_titled(load_rules(), made)
    assert found.printed_number == number
    assert "".join(line.glyphs for line in found.lines) == title
    kept = [*found.number, *found.lines]
    assert "".join(line.glyphs for line in kept) == "".join(line.glyphs for line in made)


@pytest.mark.parametrize(
    ("bottom", "top", "goes_on"),
    [(32.0, 2.0, True), (80.0, 2.0, False), (32.0, 60.0, False)],
    ids=["full to the page's end", "room for a line more", "set lower on the next page"],
)
def test_a_label_without_a_number_that_a_page_break_may_have_cut(bottom, top, goes_on):
    labels = LabelsInForce(load_rules())
    above = Cell(0, 0, 1, 1, (Place(1, Box(0, 0, 50, bottom)),), made_lines(["服務", "友善"]))
    below = Cell(1, 0, 1, 1, (Place(2, Box(0, 0, 50, 200)),), made_lines(["性"], top=top, page=2))
    labels.take(ColumnRole.STRATEGY, above)
    assert labels.take(ColumnRole.STRATEGY, below, soft=True, goes_on=True) is not goes_on
    held = labels.current[ColumnRole.STRATEGY]
    assert held is not None
    assert held.glyphs == ("服務友善性" if goes_on else "性")
