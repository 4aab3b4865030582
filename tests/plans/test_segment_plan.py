"""Whole plans made by hand: pages → layout → plan, with problems and provenance."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.problem import ProblemCode, Severity
from planparse.plans.segment_plan import segment_plan
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

TITLE = "屏東區營業處112年度提升服務效能執行計畫"
XS = (30, 100, 250, 310, 380)
HEADING = ["面向", "具體作法", "承辦部門", "期程"]
MEASURES = "(1)受理線上申請。\n(2)推廣電子帳單。"


def sheet(rows, number=1, *, front=True, heights=None, xs=XS):
    """Make a page: title and a section above a table."""
    page = Sheet(number)
    if front:
        page.write(TITLE, 80, 40, 14)
        page.write("112.02.24", 160, 60)
        page.write("壹、實施內容", 30, 80)
    ys = [110]
    for height in heights or [40] * len(rows):
        ys.append(ys[-1] + height)
    page.grid(xs, ys, rows)
    return page


def segment(*sheets, rules=None):
    document = made_document(*sheets)
    return segment_plan(document, build_layout(document), load_rules(rules), "test")


def plan_of(*sheets):
    plan = segment(*sheets).plan
    assert plan is not None
    return plan


def rows_of(plan):
    return [
        (one.aspect, one.measure_no, one.text, [d.name for d in one.departments], one.period)
        for one in plan.measures
    ]


def codes(found):
    return [problem.code for problem in found.problems]


def test_a_plan_of_one_page():
    found = segment(
        sheet([HEADING, ["一、基礎", MEASURES, "業務組\n總務組", "隨時辦理\n每月一次"]])
    )
    plan = found.plan
    assert plan is not None
    assert (plan.title, plan.district, plan.roc_year, plan.year) == (TITLE, "屏東", 112, 2023)
    assert (plan.issued, str(plan.issued_date)) == ("112.02.24", "2023-02-24")
    assert [(one.no, one.heading, one.has_table) for one in plan.sections] == [
        ("壹", "實施內容", True)
    ]
    assert rows_of(plan) == [
        ("基礎", "(1)", "受理線上申請。", ["業務組"], "隨時辦理"),
        ("基礎", "(2)", "推廣電子帳單。", ["總務組"], "每月一次"),
    ]
    assert found.problems == ()


def test_every_glyph_is_claimed_once():
    made = sheet([HEADING, ["一、基礎", MEASURES, "業務組\n總務組", "隨時辦理\n每月一次"]])
    runs = [run for claim in segment(made).provenance if not claim.again for run in claim.runs]
    ordinals = [run.first + at for run in runs for at in range(len(run))]
    assert sorted(ordinals) == list(range(made.count))


def test_labels_departments_and_periods_merged_over_rows_hold_for_all_of_them():
    rows = [
        HEADING,
        ["一、基礎", "受理申請。", "業務組", "隨時辦理"],
        [None, "推廣帳單。", None, None],
    ]
    assert rows_of(plan_of(sheet(rows))) == [
        ("基礎", None, "受理申請。", ["業務組"], "隨時辦理"),
        ("基礎", None, "推廣帳單。", ["業務組"], "隨時辦理"),
    ]


def test_a_plan_over_two_pages():
    first = sheet([HEADING, ["一、基礎", MEASURES, "業務組\n總務組", "隨時辦理\n每月一次"]])
    second = sheet([HEADING, ["", "(3)查核帳單。", "督導室", "每季"]], 2, front=False)
    plan = plan_of(first, second)
    assert rows_of(plan)[2] == ("基礎", "(3)", "查核帳單。", ["督導室"], "每季")
    assert [(one.page_first, one.page_last) for one in plan.measures] == [(1, 1), (1, 1), (2, 2)]


def test_a_column_that_no_rule_knows_is_kept_in_extras_with_a_problem():
    rows = [["面向", "具體作法", "甘苦談", "期程"], ["一、基礎", "受理申請。", "人手不足", "每季"]]
    found = segment(sheet(rows))
    assert found.plan is not None
    (measure,) = found.plan.measures
    assert [(one.column, one.text) for one in measure.extras] == [("甘苦談", "人手不足")]
    assert codes(found) == [ProblemCode.HEADING_UNKNOWN]
    assert "甘苦談" in found.problems[0].message


def test_unknown_departments_and_periods_are_kept_with_problems():
    rows = [HEADING, ["一、基礎", "受理申請。", "總之大家", "看天氣而定"]]
    found = segment(sheet(rows))
    assert found.plan is not None
    assert rows_of(found.plan)[0][3:] == (["總之大家"], "看天氣而定")
    assert codes(found) == [ProblemCode.DEPARTMENT_UNKNOWN, ProblemCode.PERIOD_UNKNOWN]
    assert {problem.measure for problem in found.problems} == {1}
    assert found.plan.measures[0].problem_codes == ("department_unknown", "period_unknown")


@pytest.mark.parametrize(
    ("period", "known"), [("隨時辦理\n業務組", False), ("依總處\n通知辦理", True)]
)
def test_a_department_in_the_column_of_periods_is_a_problem(period, known):
    found = segment(sheet([HEADING, ["一、基礎", "受理申請。", "業務組", period]]))
    assert codes(found) == ([] if known else [ProblemCode.PERIOD_UNKNOWN])


def test_what_stands_twice_beside_one_measure_is_a_problem():
    found = segment(
        sheet([HEADING, ["一、基礎", "受理申請。", "業務組\n業務組", "隨時辦理\n隨時辦理"]])
    )
    assert codes(found) == [ProblemCode.DEPARTMENT_AMBIGUOUS, ProblemCode.PERIOD_AMBIGUOUS]
    assert found.plan is not None
    assert rows_of(found.plan)[0][3] == ["業務組", "業務組"]


def test_an_entry_above_the_one_level_with_a_pages_first_measure_ends_the_list_before():
    first = sheet([HEADING, ["一、基礎", "(1)受理申請。", "業務組", "隨時辦理"]])
    second = sheet([["", "\n(2)推廣電子帳單。", "總務組\n電費組", ""]], number=2, front=False)
    plan = plan_of(first, second)
    assert [[one.name for one in row.departments] for row in plan.measures] == [
        ["業務組", "總務組"],
        ["電費組"],
    ]


def test_a_label_on_top_of_a_page_holds_for_the_row_before_that_begins_to_count():
    """It did not fit at the page's end; its cell there is blank."""
    first = sheet(
        [
            HEADING,
            ["一、基礎", "(1)受理申請。\n(2)推廣帳單。", "業務組", "隨時辦理"],
            ["", "(1)檢討流程。", "業務組", "隨時辦理"],
        ]
    )
    second = sheet([["二、創新", "(2)建立機制。", "業務組", "隨時辦理"]], number=2, front=False)
    plan = plan_of(first, second)
    assert [(row.aspect, row.measure_no) for row in plan.measures] == [
        ("基礎", "(1)"),
        ("基礎", "(2)"),
        ("創新", "(1)"),
        ("創新", "(2)"),
    ]


def test_a_blank_cell_on_top_of_a_page_is_doubtful_where_hardly_another_is_blank():
    rows = [
        [f"{at}、甲" if at == "一" else "", f"({no})受理申請。", "業務組", "隨時辦理"]
        for no, at in enumerate("一二三四五六七八九十", 1)
    ]
    found = segment(
        sheet([HEADING, *rows]),
        sheet([["", "(11)檢討流程。", "", "隨時辦理"]], number=2, front=False),
    )
    assert found.plan is not None
    assert found.plan.measures[-1].problem_codes == ("department_ambiguous",)


def test_a_row_that_counts_the_columns_belongs_to_the_headings():
    rows = [HEADING, ["(A)", "(B)", "(C)", "(D)"], ["一、基礎", "受理申請。", "業務組", "隨時辦理"]]
    found = segment(sheet(rows))
    assert found.plan is not None
    assert rows_of(found.plan) == [("基礎", None, "受理申請。", ["業務組"], "隨時辦理")]
    assert [column.printed for column in found.plan.columns] == HEADING
    assert "(D)" in {
        "".join(run.text for run in claim.runs)[-3:]
        for claim in found.provenance
        if claim.field == "heading"
    }
    assert found.problems == ()


def test_a_task_without_practice_text_keeps_its_departments():
    heading = ["工作項目", "具體作法", "承辦部門", "期程"]
    rows = [
        heading,
        ["(一)櫃台", "受理申請。", "業務組", "每季"],
        ["(二)專人", "", "政風室", "每季"],
    ]
    found = segment(sheet(rows))
    assert found.plan is not None
    second = found.plan.measures[1]
    assert (second.task, second.text, second.departments[0].name) == ("專人", "", "政風室")
    assert codes(found) == [ProblemCode.LABEL_MISSING, ProblemCode.CELL_WITHOUT_TEXT]


def test_another_table_is_text_of_its_section():
    page = sheet([HEADING, ["一、基礎", "受理申請。", "業務組", "每季"]])
    page.write("貳、經費", 30, 220)
    page.grid((30, 120, 200), (250, 280, 310), [["項目", "金額"], ["設備", "無"]])
    plan = plan_of(page)
    assert [one.paragraphs for one in plan.sections] == [(), ("項目金額", "設備無")]


def test_a_document_without_a_plans_table_is_refused():
    found = segment(sheet([["項目", "金額"], ["設備", "無"]], xs=(30, 120, 200)))
    assert found.plan is None
    (problem,) = found.problems
    assert (problem.code, problem.severity) == (ProblemCode.NO_PLAN_TABLE, Severity.REFUSED)


def test_an_office_and_a_year_that_are_not_known_are_problems():
    page = sheet([HEADING, ["一、基礎", "受理申請。", "業務組", "每季"]], front=False)
    page.write("公眾服務處提升服務效能執行計畫", 80, 40, 14)
    found = segment(page)
    assert found.plan is not None
    assert (found.plan.district, found.plan.district_printed) == (None, "公眾服務處")
    assert codes(found) == [ProblemCode.DISTRICT_UNKNOWN, ProblemCode.YEAR_UNKNOWN]
    assert "公眾服務處" in found.problems[0].message


def test_a_users_rules_name_heading_and_office(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        "[[column]]\nrole = 'period'\nwords = ['甘苦談']\n"
        "[districts.names]\n'台東' = ['公眾服務處']\n",
        encoding="utf-8",
    )
    rows = [
        ["面向", "具體作法", "承辦部門", "甘苦談"],
        ["一、基礎", "受理申請。", "業務組", "每季"],
    ]
    page = sheet(rows, front=False)
    page.write("公眾服務處112年度執行計畫", 80, 40, 14)
    found = segment(page, rules=path)
    assert found.plan is not None
    assert (found.plan.district, found.plan.measures[0].period) == ("台東", "每季")
    assert found.problems == ()


@pytest.mark.parametrize(("first", "told"), [("(1)", False), ("(3)", True)])
def test_a_plan_whose_first_measure_does_not_begin_the_count_may_lack_rows(first, told):
    """A page before it whose table was not read prints (1) and (2)."""
    found = segment(sheet([HEADING, ["一、基礎", f"{first}受理申請。", "業務組", "隨時辦理"]]))
    whole = [
        one.severity
        for one in found.problems
        if one.code is ProblemCode.NUMBERING_GAP and one.measure is None
    ]
    assert whole == [Severity.WARNING] * told
