"""Cells beside several measures that name them by their numbers."""

import pytest

from planparse.model.plan import Plan
from planparse.pipeline import parse_document
from tests.hand_made import PITCH, Sheet, made_document


def plan(practice, departments, periods="每月一次"):
    """Read a plan with one row of several measures; all texts are cells, lines parted by \\n."""
    sheet = Sheet(width=700, height=700)
    sheet.write("台灣電力公司屏東區營業處112年度提升服務效能執行計畫", 60, 20, 16)
    lines = max(text.count("\n") + 1 for text in (practice, departments, periods))
    bottom = 120 + lines * PITCH
    cells = [
        ["面向", "執行策略", "具體作法", "承辦部門", "執行期間"],
        ["一、甲", "（一）乙", practice, departments, periods],
    ]
    sheet.grid([20, 90, 180, 340, 540, 680], [60, 100, bottom], cells)
    sheet.grid(
        [20, 90, 180, 340, 540, 680],
        [bottom, bottom + 40],
        [["二、丙", "（一）丁", "(1)查核。", "材料課", "每季一次"]],
    )
    found = parse_document(made_document(sheet)).plan
    assert isinstance(found, Plan)
    return found.measures[:-1]


def read(*cells):
    return [
        (
            [department.name for department in one.departments],
            one.period,
            "department_ambiguous" in one.problem_codes,
        )
        for one in plan(*cells)
    ]


THREE = "(1)受理申請。\n(2)設置櫃檯。\n(3)辦理宣導。"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("(1)甲乙課\n(2)丙丁股\n(3)戊己室", [["甲乙課"], ["丙丁股"], ["戊己室"]]),
        ("(1)甲乙課_(2)丙丁股_(3)戊己室", [["甲乙課"], ["丙丁股"], ["戊己室"]]),
        ("(1)–(2)甲乙課\n(3)戊己室", [["甲乙課"], ["甲乙課"], ["戊己室"]]),
        ("(1)至(3)甲乙課", [["甲乙課"]] * 3),
        ("1至3甲乙課", [["甲乙課"]] * 3),
        ("(1)、(3)甲乙課\n(2)丙丁股", [["甲乙課"], ["丙丁股"], ["甲乙課"]]),
        ("(2)丙丁股、\n戊己室\n其餘：甲乙課", [["甲乙課"], ["丙丁股", "戊己室"], ["甲乙課"]]),
        ("各項：甲乙課及丙丁股", [["甲乙課", "丙丁股"]] * 3),
        ("①甲乙課\n②丙丁股\n③戊己室", [["甲乙課"], ["丙丁股"], ["戊己室"]]),
    ],
)
def test_numbers_name_the_measures_wherever_the_departments_stand(cell, names):
    assert read(THREE, cell) == [(one, "每月一次", False) for one in names]


def test_periods_may_name_measures_too():
    found = read(THREE, "甲乙課", "(1)每季一次\n(2)、(3)112年\n6月底前")
    assert [period for _, period, _ in found] == ["每季一次", "112年6月底前", "112年6月底前"]


def test_months_are_no_numbers_of_measures():
    practice = "1.受理申請。\n2.設置櫃檯。\n3.辦理宣導。"
    assert [one.period for one in plan(practice, "甲乙課", "3、6、9、12月")] == [
        "3、6、9、12月"
    ] * 3


@pytest.mark.parametrize(
    "cell", ["(1)甲乙課\n(2)丙丁股", "(1)甲乙課\n(4)丙丁股", "(1)甲乙課\n(1)丙丁股\n(2)戊己室"]
)
def test_numbers_that_leave_a_measure_open_are_a_problem(cell):
    assert any(doubted for _, _, doubted in read(THREE, cell))


def test_all_glyphs_of_numbered_cells_are_placed():
    measures = plan(THREE, "(1)甲乙課\n(2)–(3)丙丁股", "(1)每季\n(2)每月\n(3)每年")
    assert all("provenance_broken" not in one.problem_codes for one in measures)
    assert [one.departments[0].printed for one in measures] == ["甲乙課", "丙丁股", "丙丁股"]
