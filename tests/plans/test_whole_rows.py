"""A row with many measures, set by blank lines for another width of the practice column."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.problem import ProblemCode
from planparse.plans.segment_plan import segment_plan
from planparse.tables.build_layout import build_layout
from tests.hand_made import PITCH, Sheet, made_document

TITLE = "屏東區營業處112年度提升服務效能執行計畫"
PRACTICE = (
    "(1)受理用電申請案件，維持處理一致\n及正確，並定期檢討改善。",
    "(2)提升服務及時性，主動通知用戶案\n件進度。",
    "(3)辦理停電通知，以簡訊及語音告知\n受影響用戶。",
    "(4)設置無障礙設施，並定期檢測維護\n各項設備。",
)
DEPARTMENTS, PERIODS = ("業務組", "電費組", "總務組", "維護組"), ("隨時", "每月", "每季", "每年")


def beside(texts, lines):
    """Return the texts, each on one of the lines, with blank lines between."""
    found = [""] * (max(lines) + 1)
    for text, line in zip(texts, lines, strict=True):
        found[line] = text
    return "\n".join(found)


def read(lines):
    """Return departments, period and codes of each measure of a plan of one row."""
    page = Sheet(1, width=450.0)
    page.write(TITLE, 80, 40, 14)
    row = [
        "一、基礎",
        "\n".join(PRACTICE),
        beside(DEPARTMENTS, lines),
        beside(PERIODS, lines),
    ]
    ys = [110.0, 130.0, 136.0 + PITCH * max(text.count("\n") + 1 for text in row)]
    page.grid([30, 100, 300, 360, 420], ys, [["面向", "具體作法", "承辦部門", "執行期間"], row])
    document = made_document(page)
    found = segment_plan(document, build_layout(document), load_rules(), "test")
    assert found.plan is not None
    return [
        (tuple(one.name for one in measure.departments), measure.period, measure.problem_codes)
        for measure in found.plan.measures
    ]


@pytest.mark.parametrize("lines", [(0, 2, 4, 6), (0, 3, 6, 9), (0, 3, 5, 8)])
def test_entries_keep_their_measures_however_far_they_slide(lines):
    found = read(lines)
    assert [(names, period) for names, period, _ in found] == [
        ((name,), period) for name, period in zip(DEPARTMENTS, PERIODS, strict=True)
    ]


def test_exact_entries_are_no_problem():
    assert all(codes == () for _, _, codes in read((0, 2, 4, 6)))


def test_a_measure_without_an_entry_is_doubted_where_its_neighbour_may_own_it():
    """Three entries for four measures, one halfway between two of them."""
    page = Sheet(1, width=450.0)
    page.write(TITLE, 80, 40, 14)
    row = ["一、基礎", "\n".join(PRACTICE), beside(("甲組", "乙組", "丙組"), (0, 3, 6)), ""]
    ys = [110.0, 130.0, 136.0 + PITCH * 8]
    page.grid([30, 100, 300, 360, 420], ys, [["面向", "具體作法", "承辦部門", "執行期間"], row])
    document = made_document(page)
    found = segment_plan(document, build_layout(document), load_rules(), "test")
    assert found.plan is not None
    codes = [set(one.problem_codes) for one in found.plan.measures]
    assert ProblemCode.DEPARTMENT_AMBIGUOUS in codes[1] | codes[2]
