"""What stands before what on a page."""

from __future__ import annotations

import pytest

from planparse.audit.page_glyphs import stands_before
from planparse.model.page import Run


def run(left: float, top: float, text: str = "服務", page: int = 1, turn: int = 0) -> Run:
    lefts = tuple(left + 12 * at for at in range(len(text)))
    rights = tuple(x + 12 for x in lefts)
    return Run(page, 0, text, lefts, rights, top, top + 12, 12.0, turn=turn)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (run(50, 100), run(90, 100)),  # further left on one line
        (run(90, 100), run(50, 120)),  # the line above
        (run(50, 700), run(50, 90, page=2)),  # the page before
        (run(50, 102), run(90, 100)),  # a superscript on the same line
    ],
)
def test_one_stands_before_the_other(first, second):
    assert stands_before(first, second)
    assert not stands_before(second, first)


def test_columns_of_upright_glyphs_follow_to_the_left():
    last_of_column, first_of_next = run(80, 160, "務"), run(60, 100, "遞")
    assert not stands_before(first_of_next, last_of_column)


def test_a_glyph_above_in_the_same_column_stands_before():
    assert stands_before(run(80, 100, "服"), run(80, 114, "務"))


def test_turned_text_is_not_judged_by_heights():
    assert not stands_before(run(80, 100, "務", turn=270), run(80, 114, "服", turn=270))
    assert stands_before(run(80, 100, "務", turn=270), run(80, 114, "服", 2, turn=270))
