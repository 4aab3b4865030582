"""Period cells: lines that print one period are joined, each period by itself."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.periods import is_period
from planparse.model.table import join_lines
from planparse.plans.periods import may_be_parted_otherwise, read_periods
from tests.hand_made import PITCH, made_lines

PERIODS = load_rules().periods
TOGETHER = 1.35 * PITCH


def read(*texts):
    return [join_lines(entry) for entry in read_periods(PERIODS, made_lines(texts), TOGETHER)]


@pytest.mark.parametrize(
    ("lines", "periods"),
    [
        (["隨時辦理"], ["隨時辦理"]),
        (["隨時辦理", "每月一次"], ["隨時辦理", "每月一次"]),
        (["每兩個月", "辦理一次"], ["每兩個月辦理一次"]),
        (["112年6", "月底前"], ["112年6月底前"]),
        (["年底前完", "成"], ["年底前完成"]),
        (["配合公服", "處更新作", "業"], ["配合公服處更新作業"]),
        (["每季", "", "每季"], ["每季", "每季"]),
        (["上、下半年", "各1次"], ["上、下半年各1次"]),
        (["112年1", "2月底前"], ["112年12月底前"]),
        (["109.03.3", "1", "隨時辦理"], ["109.03.31", "隨時辦理"]),
        (["每週檢", "視一次", "112-11", "4年"], ["每週檢視一次", "112-114年"]),
        (["每月召開會", "議２次", "每週辦理"], ["每月召開會議２次", "每週辦理"]),
        (["每學期", "每學期", "每學期"], ["每學期", "每學期", "每學期"]),
        (["109.03.31", "109.06.30"], ["109.03.31", "109.06.30"]),
    ],
)
def test_lines_of_one_period(lines, periods):
    assert read(*lines) == periods


def test_a_line_that_two_periods_may_have():
    lines = made_lines(["兩個", "月一", "次", "上下", "半年", "各一", "次"])
    assert may_be_parted_otherwise(PERIODS, lines[:4], lines[4:])
    assert may_be_parted_otherwise(PERIODS, lines[:3], lines[3:]) is True
    lines = made_lines(["每兩個月", "辦理一次", "隨時辦理"])
    assert not may_be_parted_otherwise(PERIODS, lines[:2], lines[2:])


def test_a_period_cut_by_a_page_break():
    lines = [*made_lines(["112年6"], top=700), *made_lines(["月底前", "隨時辦理"], top=60, page=2)]
    found = read_periods(PERIODS, lines, TOGETHER)
    assert [join_lines(entry) for entry in found] == ["112年6月底前", "隨時辦理"]


@pytest.mark.parametrize(
    "text", ["１１２年６月底前", "每半年１次", "隨時 辦理", "每毎月", "随时办理"]
)
def test_width_spacing_and_simplified_forms_do_not_count(text):
    assert is_period(PERIODS, text) is (text != "每毎月")


@pytest.mark.parametrize("text", ["", "、", "業務組", "本計畫", "每", "隨時辦理" * 20])
def test_what_is_no_period(text):
    assert not is_period(PERIODS, text)
