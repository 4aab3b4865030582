"""Whether a page break cut a row is told from how its text ends and goes on."""

import copy

import pytest

from planparse.lexicon.numbering import read_numbering
from planparse.lexicon.rule_files import package_tables
from planparse.tables.page_joins import counts_up, flows_on, row_was_cut
from tests.hand_made import made_lines

FULL = "定期召開服務檢討會議"


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ([FULL, "並追蹤改善事項之辦理"], ["情形。"], True),
        ([FULL, "並追蹤改善。"], ["另行提報。"], False),
        ([FULL, "並追蹤改善"], ["情形。"], False),
        ([FULL, "並追蹤改善事項之辦理"], ["(2)另行提報。"], False),
        ([FULL, "並追蹤改善事項之辦理"], ["2.另行提報。"], False),
        ([FULL, "並追蹤改善事項之辦理"], ["◎另行提報。"], False),
        ([FULL, "並追蹤改善事項之辦理"], ["112年度成果。"], True),
        ([FULL, "並追蹤改善："], ["情形"], False),
        (["並追蹤"], ["，情形。"], True),
        (["（一）"], ["積極回應"], True),
        (["辦理"], ["情形"], False),
    ],
)
def test_text_flows_on(before, after, cut):
    assert flows_on(made_lines(before), made_lines(after, page=2)) is cut


ENDED = (made_lines([FULL, "並追蹤改善事項。"]), made_lines(["另行辦理。"]))
FLOWING = (made_lines([FULL, "並追蹤改善事項之辦理"]), made_lines(["情形。"]))
NAME = (made_lines(["服務"]), made_lines(["評價"]))


def test_a_row_without_text_on_the_new_page_was_cut():
    blank = (made_lines(["業務組"]), ())
    assert row_was_cut([blank], blank)


def test_the_column_with_most_text_decides():
    assert row_was_cut([NAME, FLOWING], FLOWING)
    assert not row_was_cut([NAME, ENDED], ENDED)


def test_any_column_that_cannot_end_so_shows_the_cut():
    """A bare number at the foot of a label's cell: its title stands on the next page."""
    label = (made_lines(["四、"]), made_lines(["服務評價"]))
    assert row_was_cut([ENDED, label], ENDED)
    assert not row_was_cut([ENDED, ((), made_lines(["服務評價"]))], ENDED)


def test_rests_of_narrow_cells_alone_start_no_row() -> None:
    label = (made_lines(["有效及時處", "理用戶之意"]), made_lines(["見、抱怨及", "陳情"]))
    long, period = (ENDED[0], ()), (made_lines(["隨時辦理"]), ())
    assert row_was_cut([label, long, period], long, [period])
    task = (label[0], made_lines(["2.訂定標準"]))
    assert not row_was_cut([task, long, period], long, [period])
    own = (period[0], made_lines(["持續辦理"]))
    assert not row_was_cut([label, long, own], long, [own])


def test_a_long_text_that_went_whole_to_the_next_page() -> None:
    long = ((), ENDED[1])
    beside = (made_lines(["業務組"]), ())
    assert row_was_cut([long, beside], long, [beside])
    assert not row_was_cut([long, (beside[0], beside[0])], long)


@pytest.mark.parametrize(
    ("lines", "several"),
    [
        (["(1)定期召開", "會議。", "(2)另行提報。"], True),
        (["(1)定期召開：", "甲.會議。", "乙.檢討。"], False),
        (["4、配合總處於", "二、三級主管會議宣導。"], False),
        (["情形。", "乙.會議。", "丙.檢討。"], False),
        ([], False),
    ],
)
def test_a_cell_counts_up(lines, several):
    assert counts_up(made_lines(lines)) is several


def examples():
    return [
        text for style in package_tables("numbering.toml")["style"] for text in style["examples"]
    ]


@pytest.mark.parametrize("text", [*examples(), "➢辦理", "✓辦理", "△辦理", "A.辦理", "a)辦理"])
def test_every_number_that_the_rules_know_begins_a_text(text):
    before = made_lines([FULL, "並追蹤改善事項之辦理"])
    assert not flows_on(before, made_lines([text], page=2))
    assert counts_up(made_lines([text, "情形", text]))


def test_a_sign_added_to_the_rules_begins_a_text():
    tables = copy.deepcopy(package_tables("numbering.toml"))
    for style in tables["style"]:
        if style["name"] == "mark":
            style["marks"] += "❧"
    before, after = made_lines([FULL, "並追蹤改善事項之辦理"]), made_lines(["❧辦理"], page=2)
    assert flows_on(before, after)
    assert not flows_on(before, after, read_numbering(tables))


@pytest.mark.parametrize(
    ("date", "weekday"),
    [
        *(("5/14", "(五)"), ("5月14日", "（五）"), ("112.05.14", "(日)"), ("5-14", "(星期五)")),
        *(("十四日", "㈤"), ("５／１４", "（五）"), ("14日", "(週五)")),
    ],
)
def test_a_weekday_behind_a_date_is_no_number_without_its_text(date, weekday):
    dates = (made_lines([date, weekday]), made_lines(["5/15", "(六)"]))
    assert not row_was_cut([dates, ENDED], ENDED, [dates])


def test_a_date_cut_before_its_weekday_cannot_end_there():
    date = (made_lines(["5/14"]), made_lines(["(五)"]))
    blank = (made_lines(["業務組"]), ())
    assert row_was_cut([date, ENDED, blank], ENDED, [date, blank])


def test_a_number_without_text_does_not_decide_against_two_columns():
    """A column of codes: what looks like a list's number is the whole of the cell."""
    code = (made_lines(["會議", "(三)"]), made_lines(["考核"]))
    names = (made_lines(["業務組"]), made_lines(["會計組"]))
    times = (made_lines(["每月"]), made_lines(["每季"]))
    assert row_was_cut([code, ENDED], ENDED, [code])
    assert not row_was_cut([code, ENDED, names, times], ENDED, [code, names, times])


def test_a_full_line_does_not_decide_against_the_columns_beside():
    """Plans without full stops: that a measure's last line is full is chance."""
    names = (made_lines(["業務組"]), made_lines(["會計組"]))
    times = (made_lines(["每月"]), made_lines(["每季"]))
    assert row_was_cut([FLOWING, names], FLOWING, [names])
    assert not row_was_cut([FLOWING, names, times], FLOWING, [names, times])
