from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planparse.study.differences import (
    changed_fields,
    department_changes,
    figure_changes,
    html_difference,
    text_pieces,
)


def _row(**changes):
    row = {
        "aspect": "服務遞送",
        "strategy": "服務便捷性",
        "task": None,
        "text": "戶數達160萬戶。",
        "points": [],
        "departments": [{"name": "業務組", "canonical": "業務組", "role": "lead"}],
        "period": "隨時辦理",
        "figures": [{"unit": "戶", "value": Decimal(1600000)}],
    }
    return row | changes


def test_nothing_differs():
    assert changed_fields(_row(), _row()) == ()
    assert changed_fields(_row(), _row(text="戶數達 １６０萬戶")) == ()


def test_each_field_is_named():
    other = [{"name": "電費組", "canonical": "電費組", "role": "lead"}]
    assert changed_fields(_row(), _row(text="戶數達成。")) == ("text",)
    assert changed_fields(_row(), _row(departments=other)) == ("departments",)
    assert changed_fields(_row(), _row(period="每月一次")) == ("period",)
    assert changed_fields(_row(), _row(strategy=None)) == ("strategy",)
    assert department_changes(_row(), _row(departments=other)) == (["業務組"], ["電費組"])


def test_a_new_target_is_a_change_of_figures_alone():
    after = _row(text="戶數達184萬戶。", figures=[{"unit": "戶", "value": Decimal(1840000)}])
    assert changed_fields(_row(), after) == ("figures",)
    assert figure_changes(_row(), after) == [("戶", Decimal(1600000), Decimal(1840000))]


def test_html_marks_what_left_and_what_came():
    assert html_difference("推廣電子帳單", "推廣<行動>帳單") == (
        "推廣<del>電子</del><ins>&lt;行動&gt;</ins>帳單"
    )


@given(st.text("甲乙丙丁一二", max_size=20), st.text("甲乙丙丁一二", max_size=20))
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = text_pieces(before, after)
    assert "".join(p.text for p in pieces if p.side != "after") == before
    assert "".join(p.text for p in pieces if p.side != "before") == after
