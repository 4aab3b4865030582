"""Labels: an aspect's, strategy's or task's number and its title."""

import pytest

from planparse.lexicon.stage_rules import load_rules
from planparse.plans.labels import read_titled
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
