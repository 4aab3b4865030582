"""Columns whose cells print two roles under each other: each is read, or its rows are problems."""

import pytest

from planparse.audit.audit_plan import audit_plan
from planparse.lexicon.headings import role_of_heading, roles_of_heading
from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.rule_files import package_tables
from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.plans.segment_plan import segment_plan
from planparse.tables.build_layout import build_layout
from tests.hand_made import PITCH, Sheet, made_document

TITLE = "屏東區營業處112年度提升服務效能執行計畫"
RULES = load_rules()
COMBINED = package_tables("headings.toml")["combined"]
STRATEGY, PRACTICE = ColumnRole.STRATEGY, ColumnRole.PRACTICE
HEADING = ["面向", "執行策略及具體作法", "承辦部門", "期程"]
REST = ["業務組", "隨時辦理"]


def page_of(rows, xs=(30, 110, 290, 350, 420), number=1):
    """Make a page with a table whose rows are as high as their text."""
    page = Sheet(number, width=450.0)
    if number == 1:
        page.write(TITLE, 80, 40, 14)
    ys = [110.0]
    for row in rows:
        ys.append(ys[-1] + 6 + PITCH * max(text.count("\n") + 1 for text in row))
    page.grid(xs, ys, rows)
    return page


def read(*pages, rules=RULES):
    """Return (aspect, strategy, number, text, codes) of each measure; the audit must hold."""
    document = made_document(*pages)
    layout = build_layout(document)
    found = segment_plan(document, layout, rules, "test")
    assert found.plan is not None
    assert audit_plan(document, layout, found.plan, found.provenance).findings == ()
    return [
        (one.aspect, one.strategy, one.measure_no, one.text, one.problem_codes)
        for one in found.plan.measures
    ]


@pytest.mark.parametrize("text", COMBINED["examples"])
def test_a_heading_that_names_two_roles(text):
    upper, role = roles_of_heading(RULES.headings, text)
    assert upper is not None
    assert role is not None


@pytest.mark.parametrize("text", COMBINED["rejects"])
def test_a_heading_that_names_one_role_or_more_than_two(text):
    assert roles_of_heading(RULES.headings, text)[0] is None


def test_the_parts_of_a_combined_heading_may_stand_in_any_order():
    assert roles_of_heading(RULES.headings, "具體作法暨推動策略") == (STRATEGY, PRACTICE)
    assert role_of_heading(RULES.headings, "具體作法暨推動策略") is PRACTICE


def test_strategies_stand_above_their_measures():
    cell = "（一）網路服務\n1.受理申請。\n2.推廣帳單。\n（二）櫃台服務\n1.辦理宣導。"
    page = page_of([HEADING, ["一、基礎", cell, *REST]])
    assert [row[:4] for row in read(page)] == [
        ("基礎", "網路服務", "1.", "受理申請。"),
        ("基礎", "網路服務", "2.", "推廣帳單。"),
        ("基礎", "櫃台服務", "1.", "辦理宣導。"),
    ]


def test_a_row_a_measure_carries_the_strategy_on():
    rows = [
        ["一、基礎", "（一）網路服務\n1.受理申請。", *REST],
        ["", "2.推廣帳單：\n(1)官網。\n(2)櫃台。", *REST],
        ["", "（二）櫃台服務\n1.辦理宣導。", *REST],
    ]
    assert read(page_of([HEADING, *rows])) == [
        ("基礎", "網路服務", "1.", "受理申請。", ()),
        ("基礎", "網路服務", "2.", "推廣帳單：", ()),
        ("基礎", "櫃台服務", "1.", "辦理宣導。", ()),
    ]


def test_strategies_without_a_number():
    rows = [
        ["一、基礎", "網路服務\n1.受理申請。\n2.推廣帳單。", *REST],
        ["", "櫃台服務\n1.辦理宣導。", *REST],
    ]
    assert [row[1:3] for row in read(page_of([HEADING, *rows]))] == [
        ("網路服務", "1."),
        ("網路服務", "2."),
        ("櫃台服務", "1."),
    ]


def test_measures_go_on_over_a_page_break():
    first = page_of([HEADING, ["一、基礎", "（一）網路服務\n1.受理申請。", *REST]])
    second = page_of(
        [["", "2.推廣帳單。", *REST], ["", "（二）櫃台服務\n1.辦理宣導。", *REST]], number=2
    )
    assert [row[1:3] for row in read(first, second)] == [
        ("網路服務", "1."),
        ("網路服務", "2."),
        ("櫃台服務", "1."),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "（二）擴大宣導：\n1.社區。\n2.校園。",
        "（二）櫃台服務\n辦理宣導。",
        "辦理宣導。\n並定期檢討。",
    ],
    ids=["a measure with points", "no number below", "no number at all"],
)
def test_where_no_strategy_can_be_told_every_measure_is_a_problem(cell):
    rows = [
        ["一、基礎", "（一）網路服務\n1.受理申請。", *REST],
        ["", cell, *REST],
    ]
    found = read(page_of([HEADING, *rows]))
    assert found[0][4] == ()
    assert len(found) > 1
    for _, strategy, _, _, codes in found[1:]:
        assert strategy is None
        assert ProblemCode.LABEL_MISSING in codes


def test_labels_of_two_kinds_in_one_column_are_not_guessed():
    rows = [
        ["一、基礎", "網路服務\n1.受理申請。", *REST],
        ["", "2.推廣帳單\n(1)官網。", *REST],
    ]
    for _, strategy, _, _, codes in read(page_of([HEADING, *rows])):
        assert strategy is None
        assert ProblemCode.LABEL_MISSING in codes


def test_an_aspect_above_each_strategy():
    rows = [
        ["面向／執行策略", "具體作法", "承辦部門", "期程"],
        ["一、基礎\n（一）網路服務", "1.受理申請。", *REST],
        ["（二）櫃台服務", "1.辦理宣導。", *REST],
        ["二、效率\n（一）帳單", "1.推廣帳單。", *REST],
    ]
    assert read(page_of(rows, (30, 160, 290, 350, 420))) == [
        ("基礎", "網路服務", "1.", "受理申請。", ()),
        ("基礎", "櫃台服務", "1.", "辦理宣導。", ()),
        ("效率", "帳單", "1.", "推廣帳單。", ()),
    ]


@pytest.mark.parametrize(
    ("heading", "entry"),
    [
        ("執行策略及具體作法", "role = 'practice'\nwords = ['執行策略及具體作法']"),
        ("推展要領", "role = ['strategy', 'practice']\nwords = ['推展要領']"),
    ],
    ids=["a word for one role", "two roles"],
)
def test_a_users_word_for_a_combined_heading(tmp_path, heading, entry):
    path = tmp_path / "mine.toml"
    path.write_text(f"[[column]]\n{entry}\n", encoding="utf-8")
    rows = [
        [HEADING[0], heading, *HEADING[2:]],
        ["一、基礎", "（一）網路服務\n1.受理申請。\n2.推廣帳單。", *REST],
        ["二、效率", "（一）櫃台服務\n1.辦理宣導。", *REST],
    ]
    assert read(page_of(rows), rules=load_rules(path)) == [
        ("基礎", "網路服務", "1.", "受理申請。", ()),
        ("基礎", "網路服務", "2.", "推廣帳單。", ()),
        ("效率", "櫃台服務", "1.", "辦理宣導。", ()),
    ]


def test_a_role_with_a_column_of_its_own_is_not_sought_in_another():
    xs = (20, 85, 180, 300, 360, 430)
    rows = [
        ["面向", "執行策略", "執行策略及具體作法", "承辦部門", "期程"],
        ["一、基礎", "（一）網路服務", "（1）受理申請\nA.臨櫃。", *REST],
    ]
    found = read(page_of(rows, xs))
    assert [row[:3] for row in found] == [("基礎", "網路服務", "（1）")]
