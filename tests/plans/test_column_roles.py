"""Roles of columns by their cells: new headings, marks that choose, numbers in their own column."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.marks import is_mark, mark_roles, read_legend, times_of_headings
from planparse.lexicon.rule_files import package_tables
from planparse.model.problem import ProblemCode
from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document

RULES = load_rules()
LONG = (
    "受理用戶申請案件並告知進度。",
    "推廣電子帳單以減少用紙張數。",
    "辦理節約用電宣導活動數場。",
)
DEPARTMENTS = ("業務組", "電費組", "總務組")
PERIODS = ("隨時辦理", "每月一次", "每季一次")
LABELS = (("一、基礎服務", "（一）友善服務"), ("二、服務遞送", "（一）便捷服務"))


def parsed(heads, rows, widths=None):
    """Parse a page with one table; ``heads`` are its heading rows."""
    count = len(rows[0])
    xs = [20.0]
    for at in range(count):
        xs.append(xs[-1] + (widths[at] if widths else 100))
    grid = [*heads, *rows]
    sheet = Sheet(width=xs[-1] + 20, height=900)
    sheet.write("屏東區營業處112年度提升服務效能執行計畫", 60, 20, 16)
    sheet.grid(xs, [60 + 60 * at for at in range(len(grid) + 1)], grid)
    result = parse_document(made_document(sheet))
    if result.plan is not None:
        assert result.ledger is not None
        assert result.ledger.balanced
        assert not [one for one in result.problems if one.severity == "refused"]
    return result


def body(*columns):
    """Return three rows: labels, texts, then the columns."""
    texts = [f"({at})" + text for at, text in zip((1, 2, 1), LONG, strict=True)]
    labels = (LABELS[0], (None, None), LABELS[1])
    return [
        [*labels[at], texts[at], *(column[at] for column in columns)] for at in range(len(texts))
    ]


WIDTHS = [100, 100, 180, 60, 80, 60, 60, 60]


def names(measure):
    return [(one.name, one.role.value) for one in measure.departments]


@pytest.mark.parametrize("practice", ["具體作法", "落實事務"], ids=["known practice", "all new"])
def test_cells_give_the_roles_of_headings_that_no_rule_knows(practice):
    heads = [["推進主題", "努力方針", practice, "擔當", "完成季別"]]
    result = parsed(heads, body(DEPARTMENTS, PERIODS), WIDTHS)
    assert result.plan is not None
    measures = result.plan.measures
    assert [one.aspect for one in measures] == ["基礎服務", "基礎服務", "服務遞送"]
    assert [one.strategy for one in measures] == ["友善服務", "友善服務", "便捷服務"]
    assert [one.text for one in measures] == list(LONG)
    assert [names(one) for one in measures] == [[(one, "lead")] for one in DEPARTMENTS]
    assert [one.period for one in measures] == list(PERIODS)
    notes = [one for one in result.problems if one.code is ProblemCode.HEADING_UNKNOWN]
    assert len(notes) == (4 if practice == "具體作法" else 5)
    assert {one.severity for one in notes} == {"note"}


def test_a_column_of_departments_counts_where_its_heading_names_remarks():
    heads = [["面向", "執行策略", "具體作法", "備註", "執行期間"]]
    result = parsed(heads, body(DEPARTMENTS, PERIODS), WIDTHS)
    assert result.plan is not None
    assert [names(one) for one in result.plan.measures] == [[(one, "lead")] for one in DEPARTMENTS]


def test_cells_contradict_a_heading():
    """執行方式 names periods in some plans; long texts below it are the practices."""
    heads = [["面向", "執行策略", "執行方式", "承辦部門", "執行期間"]]
    result = parsed(heads, body(DEPARTMENTS, PERIODS), WIDTHS)
    assert result.plan is not None
    assert [one.text for one in result.plan.measures] == list(LONG)
    assert [one.period for one in result.plan.measures] == list(PERIODS)


def test_an_extra_column_with_a_new_heading_is_kept_with_a_note():
    heads = [["面向", "執行策略", "具體作法", "承辦部門", "執行期間", "甘苦談"]]
    result = parsed(heads, body(DEPARTMENTS, PERIODS, ("甘", "苦", "談")), WIDTHS)
    assert result.plan is not None
    extras = [[(one.column, one.text) for one in m.extras] for m in result.plan.measures]
    assert extras == [[("甘苦談", text)] for text in "甘苦談"]
    found = [one.severity for one in result.problems if one.code is ProblemCode.HEADING_UNKNOWN]
    assert found == ["note"]


def test_labels_without_numbers_are_told_by_their_rows():
    """Merged over more rows is higher; that is no certainty, so it is a warning."""
    heads = [["服務主軸群", "努力方針", "具體作法", "承辦部門", "執行期間"]]
    rows = body(DEPARTMENTS, PERIODS)
    rows[0][:2], rows[1][:2], rows[2][:2] = ["基礎", "友善"], [None, None], [None, "便捷"]
    rows.append([None, None, "(2)" + LONG[0], "業務組", "每月一次"])
    result = parsed(heads, rows, WIDTHS)
    assert result.plan is not None
    assert {one.aspect for one in result.plan.measures} == {"基礎"}
    assert [one.strategy for one in result.plan.measures] == ["友善", "友善", "便捷", "便捷"]
    found = [one.severity for one in result.problems if one.code is ProblemCode.HEADING_UNKNOWN]
    assert found == ["warning", "warning"]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (
            ["項次", "決議內容摘要", "主政單位", "完成時限", "現況"],
            [[f"{at + 1}", LONG[at], DEPARTMENTS[at], PERIODS[at], "辦理中"] for at in range(3)],
        ),
        (
            ["風險情境", "可能影響之說明", "因應之處置", "負責人員"],
            [["停電", LONG[at], LONG[at], DEPARTMENTS[at]] for at in range(3)],
        ),
        (
            ["步驟", "作業說明", "表單"],
            [[f"（{'一二三'[at]}）受理", LONG[at] * 2, "表單"] for at in range(3)],
        ),
        (
            ["科目", "用途", "金額", "承辦"],
            [[f"{'一二三'[at]}、設備", LONG[at], "100", DEPARTMENTS[at]] for at in range(3)],
        ),
    ],
    ids=["minutes", "risks", "procedure", "budget"],
)
def test_other_tables_with_long_texts_are_no_plans(head, rows):
    assert parsed([head], rows, [100, 190, 190, 80, 80][: len(head)]).plan is None


@pytest.mark.parametrize("over", ["承辦部門", "分工"], ids=["known", "new"])
def test_marks_below_names_choose_departments(over):
    sheet = Sheet(width=800, height=600)
    xs, ys = [20, 120, 220, 400, 450, 500, 550, 650], [60, 90, 130, 190, 250, 310]
    for x in xs:
        sheet.down(x, 90 if x in (450, 500) else 60, ys[-1])
    for y in ys:
        sheet.across(y, *((400, 550) if y == 90 else (20, 650)))
    for text, x in zip(
        ["面向", "執行策略", "具體作法", over, "", "", "執行期間"], xs, strict=False
    ):
        if text:
            sheet.write(text, x + 3, 65)
    for text, x in zip(DEPARTMENTS, xs[3:], strict=False):
        sheet.write(text, x + 3, 95)
    marks = (("●", "", "○"), ("", "●", ""), ("○", "●", "●"))
    labels = (LABELS[0], ("", ""), LABELS[1])
    for at, row in enumerate(marks):
        cells = [*labels[at], f"({1 + at % 2})" + LONG[at], *row, PERIODS[at]]
        for text, x in zip(cells, xs, strict=False):
            if text:
                sheet.write(text, x + 3, 140 + 60 * at)
    result = parse_document(made_document(sheet))
    assert result.plan is not None
    assert result.ledger is not None
    assert result.ledger.balanced
    assert [names(one) for one in result.plan.measures] == [
        [("業務組", "lead"), ("總務組", "co")],
        [("電費組", "lead")],
        [("電費組", "lead"), ("總務組", "lead"), ("業務組", "co")],
    ]
    printed = {column.role.value: column.printed for column in result.plan.columns}
    assert printed["department"] == over
    assert [one.period for one in result.plan.measures] == list(PERIODS)
    places = [one for one in result.plan.measures[0].where if one.field == "departments"]
    # The name in the heading, and the mark in the row, for both departments.
    assert [(one.index, round(one.top)) for one in places] == [
        *((0, 95), (0, 140), (1, 95), (1, 140))
    ]
    assert not [one for one in result.problems if one.code is ProblemCode.PROVENANCE_BROKEN]


def test_names_in_the_heading_row_itself_with_one_sort_of_mark():
    heads = [["面向", "執行策略", "具體作法", *DEPARTMENTS, "執行期間"]]
    marks = ("V", "", "V"), ("", "V", ""), ("V", "V", "")
    result = parsed(heads, body(*marks, PERIODS), [100, 100, 180, 60, 60, 60, 80])
    assert result.plan is not None
    assert [names(one) for one in result.plan.measures] == [
        [("業務組", "lead"), ("總務組", "lead")],
        [("電費組", "lead"), ("總務組", "lead")],
        [("業務組", "lead")],
    ]


def test_marks_that_nothing_explains_are_a_problem():
    heads = [["面向", "執行策略", "具體作法", *DEPARTMENTS, "執行期間"]]
    marks = ("●", "", "■"), ("", "●", ""), ("■", "", "")
    result = parsed(heads, body(*marks, PERIODS), [100, 100, 180, 60, 60, 60, 80])
    assert result.plan is not None
    assert all("department_ambiguous" in one.problem_codes for one in result.plan.measures)


QUARTERS = ["第一季", "第二季", "Q3", "Q4"]


def test_marks_below_quarters_are_a_schedule():
    heads = [["面向", "執行策略", "具體作法", "承辦部門", *QUARTERS]]
    marks = ("✓", "", ""), ("", "", ""), ("✓", "✓", ""), ("", "", "")
    result = parsed(heads, body(DEPARTMENTS, *marks), [100, 100, 180, 60, 50, 50, 50, 50])
    assert result.plan is not None
    first, second, third = result.plan.measures
    assert [one.period for one in (first, second, third)] == [None] * 3
    assert [(one.column, one.text) for one in first.extras] == [("第一季", "✓"), ("Q3", "✓")]
    spans = [
        [(one.printed, str(one.start), str(one.end)) for one in m.schedule]
        for m in (first, second, third)
    ]
    third_quarter = ("Q3", "2023-07-01", "2023-09-30")
    assert spans == [
        [("第一季", "2023-01-01", "2023-03-31"), third_quarter],
        [third_quarter],
        [],
    ]
    assert not [one for one in result.problems if one.code is ProblemCode.HEADING_UNKNOWN]


def test_columns_of_months_without_text_are_a_problem():
    heads = [["面向", "執行策略", "具體作法", "承辦部門", "1月", "2月", "3月"]]
    blank = ("", "", "")
    result = parsed(heads, body(DEPARTMENTS, blank, blank, blank), [100, 100, 180, 60, 50, 50, 50])
    assert result.plan is not None
    assert all("period_ambiguous" in one.problem_codes for one in result.plan.measures)


@pytest.mark.parametrize("numbers", [["(1)", "(2)", "(1)"], ["1", "2", "1"], ["1.", "2.", "1."]])
def test_numbers_in_a_column_of_their_own(numbers):
    heads = [["面向", "執行策略", "", "具體作法", "承辦部門", "執行期間"]]
    rows = [
        [*row[:2], numbers[at], row[2][3:], *row[3:]]
        for at, row in enumerate(body(DEPARTMENTS, PERIODS))
    ]
    result = parsed(heads, rows, [100, 100, 50, 180, 80, 80])
    assert result.plan is not None
    found = [(one.measure_no, one.text, one.task, one.extras) for one in result.plan.measures]
    assert found == [(number, text, None, ()) for number, text in zip(numbers, LONG, strict=True)]
    assert not [one for one in result.problems if one.code is ProblemCode.PROVENANCE_BROKEN]


def test_numbers_under_a_heading_of_their_own_are_an_extra():
    heads = [["面向", "執行策略", "編號", "具體作法", "承辦部門", "執行期間"]]
    rows = [
        [*row[:2], str(at + 1), row[2][3:], *row[3:]]
        for at, row in enumerate(body(DEPARTMENTS, PERIODS))
    ]
    result = parsed(heads, rows, [100, 100, 50, 180, 80, 80])
    assert result.plan is not None
    assert [one.measure_no for one in result.plan.measures] == [None] * 3
    assert [[e.text for e in one.extras] for one in result.plan.measures] == [["1"], ["2"], ["3"]]


MARKS = package_tables("marks.toml")


@pytest.mark.parametrize("text", MARKS["examples"])
def test_marks(text):
    assert is_mark(text)


@pytest.mark.parametrize("text", MARKS["rejects"])
def test_no_marks(text):
    assert not is_mark(text)


@pytest.mark.parametrize(
    "text",
    ["●主辦、○協辦", "主辦：● 協辦：○", "註：「●」表示主辦單位，「○」表示協辦單位", "主辦●、協辦○"],
)
def test_legends(text):
    assert {mark: role.value for mark, role in read_legend(text).items()} == {
        "●": "lead",
        "○": "co",
    }


def test_items_that_begin_with_a_mark_are_no_legend():
    assert read_legend("●配合總處宣導\n○主辦說明會") == {}


@pytest.mark.parametrize(
    ("marks", "legend", "roles"),
    [
        ("◎○", "", "lead co"),
        ("○", "", "lead"),
        ("●■", "", "None None"),
        ("△▲", "△主辦▲協辦", "lead co"),
        ("主協", "", "lead co"),
    ],
)
def test_what_marks_mean(marks, legend, roles):
    found = mark_roles(list(marks), read_legend(legend))
    assert " ".join(str(found[mark]) for mark in marks) == roles


def test_times_that_headings_name():
    headings = ["Q1", "112年2Q", "第三季", "下半年", "每月一次", "業務組"]
    assert times_of_headings(headings, RULES.periods) == [
        *("第1季", "112年第2季", "第三季", "下半年", None, None)
    ]
    months = [str(month) for month in range(1, 13)]
    assert times_of_headings(months, RULES.periods) == [f"{month}月" for month in months]
    assert times_of_headings(["1", "2", "3", "4"], RULES.periods) == [None] * 4
