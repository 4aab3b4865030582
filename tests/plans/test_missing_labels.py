"""A measure that lacks a label is a problem where anything of the plan shows that there is one."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.problem import ProblemCode, Severity
from planparse.plans.segment_plan import segment_plan
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

TITLE = "屏東區營業處112年度提升服務效能執行計畫"
MISSING = ProblemCode.LABEL_MISSING
WIDE = (30, 100, 170, 290, 350, 410)
HEADING = ["面向", "執行策略", "具體作法", "承辦部門", "期程"]
NARROW = (30, 120, 280, 340, 410)
WITHOUT_ASPECT = HEADING[1:]
REST = ["業務組", "隨時辦理"]


def segment(*tables, spans=()):
    """Read a page with a table each; ``spans`` are (row, first column, last) of merged places."""
    page = Sheet(width=440.0)
    page.write(TITLE, 80, 40, 14)
    top = 110.0
    for rows in tables:
        xs = WIDE if len(rows[0]) == 5 else NARROW
        ys = [top + 30 * at for at in range(len(rows) + 1)]
        for at, row in enumerate(rows):
            joined = [column for where, *ends in spans if where == at for column in range(*ends)]
            for column, x in enumerate(xs):
                if column - 1 not in joined:
                    page.down(x, ys[at], ys[at + 1])
            for column, text in enumerate(row):
                if text:
                    page.write(text, xs[column] + 3, ys[at] + 3)
        for y in ys:
            page.across(y, xs[0], xs[-1])
        top = ys[-1] + 40
    document = made_document(page)
    return segment_plan(document, build_layout(document), load_rules(), "test")


def missing(found):
    """Return the measures with the problem, each with the label that its message names."""
    return [
        (problem.measure, problem.message.split()[1])
        for problem in found.problems
        if problem.code is MISSING and problem.severity is Severity.WARNING
    ]


def of_plan(found):
    return [
        problem.severity
        for problem in found.problems
        if problem.code is MISSING and problem.measure is None
    ]


def test_a_measure_above_the_first_label_lacks_what_the_heading_names():
    rows = [
        HEADING,
        ["", "（一）網路", "1.受理申請。", *REST],
        ["一、基礎", "", "1.推廣帳單。", *REST],
        ["", "（二）櫃台", "1.辦理宣導。", *REST],
    ]
    found = segment(rows)
    assert missing(found) == [(1, "aspect"), (2, "strategy")]
    assert found.plan is not None
    assert [one.problem_codes for one in found.plan.measures] == [(MISSING,), (MISSING,), ()]


def test_a_measure_above_the_first_band_lacks_what_other_measures_have():
    rows = [
        WITHOUT_ASPECT,
        ["（一）網路", "1.受理申請。", *REST],
        ["二、效率", None, None, None],
        ["（一）櫃台", "1.推廣帳單。", *REST],
    ]
    assert missing(segment(rows, spans=[(2, 0, 3)])) == [(1, "aspect")]


def test_a_number_without_a_title_is_no_label():
    rows = [
        ["執行策略", "工作項目", "具體作法", *HEADING[3:]],
        ["（一）網路", "(1)", "受理申請。", *REST],
    ]
    assert (1, "task") in missing(segment(rows))


@pytest.mark.parametrize(
    "tables",
    [
        [
            [WITHOUT_ASPECT, ["（一）網路", "1.受理申請。", *REST]],
            [WITHOUT_ASPECT, ["（二）櫃台", "1.推廣帳單。", *REST]],
        ],
        [
            [
                WITHOUT_ASPECT,
                ["（一）網路", "1.受理申請。", *REST],
                ["（二）櫃台", "1.推廣帳單。", *REST],
                ["（一）帳單", "1.辦理宣導。", *REST],
            ]
        ],
    ],
    ids=["several tables", "strategies count anew"],
)
def test_a_plan_whose_aspects_stand_outside_the_table(tables):
    found = segment(*tables)
    assert found.plan is not None
    assert missing(found) == [(one.seq, "aspect") for one in found.plan.measures]
    assert of_plan(found) == []


def test_a_row_of_words_across_the_table_may_be_the_aspect():
    rows = [
        WITHOUT_ASPECT,
        ["基礎服務措施", None, None, None],
        ["網路", "受理申請。", *REST],
    ]
    assert missing(segment(rows, spans=[(1, 0, 3)])) == [(1, "aspect")]


def test_a_remark_below_the_last_measure_names_no_aspect():
    rows = [
        WITHOUT_ASPECT,
        ["（一）網路", "1.受理申請。", *REST],
        ["備註：期程得視需要調整", None, None, None],
    ]
    found = segment(rows, spans=[(2, 0, 3)])
    assert (missing(found), of_plan(found)) == ([], [Severity.NOTE])


def test_a_plan_without_aspects_is_a_note_of_the_plan():
    rows = [
        WITHOUT_ASPECT,
        ["（一）網路", "1.受理申請。", *REST],
        ["（二）櫃台", "1.推廣帳單。", *REST],
    ]
    found = segment(rows)
    assert (missing(found), of_plan(found)) == ([], [Severity.NOTE])
    assert found.plan is not None
    assert [one.problem_codes for one in found.plan.measures] == [(), ()]


def test_a_row_whose_practice_lies_over_the_tasks_column_has_no_task():
    heading = ["面向", "工作項目", "具體作法", *HEADING[3:]]
    rows = [
        heading,
        ["一、基礎", "（一）網路", "1.受理申請。", *REST],
        ["二、效率", "1.推廣帳單。", None, *REST],
        ["三、創新", "", "1.辦理宣導。", *REST],
    ]
    assert missing(segment(rows, spans=[(2, 1, 2)])) == [(3, "task")]


def test_a_plan_with_every_label_has_no_such_problem():
    rows = [
        HEADING,
        ["一、基礎", "（一）網路", "1.受理申請。", *REST],
        ["", "", "2.推廣帳單。", *REST],
    ]
    found = segment(rows)
    assert found.problems == ()
