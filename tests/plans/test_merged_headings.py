"""A cell that begins beside the headings and is merged downwards takes no row into the heading."""

import pytest

from planparse.model.problem import ProblemCode
from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document

XS = (20, 80, 150, 300, 380)
WIDE = (20, 110, 250, 320, 390)
ROWS = [
    ["業務組", "1.電話受理申請。", "經常辦理"],
    ["企劃組", "2.辦理滿意度調查。", "每年一次"],
    ["資訊組", "3.公開服務資訊。", "每季檢視"],
]
TEXTS = ["電話受理申請。", "辦理滿意度調查。", "公開服務資訊。"]


def parsed(grid, xs=XS, heights=40):
    """Parse a page with one table; None merges a place with the one above."""
    sheet = Sheet()
    sheet.grid(xs, [60 + heights * at for at in range(len(grid) + 1)], grid)
    return parse_document(made_document(sheet))


def merged_left(label, heading=("承辦部門", "具體作法", "執行期間")):
    return [[label, *heading], *([None, *row] for row in ROWS)]


def check_rows(result):
    assert result.plan is not None
    assert [measure.text for measure in result.plan.measures] == TEXTS
    assert [m.departments[0].name for m in result.plan.measures] == ["業務組", "企劃組", "資訊組"]
    assert [m.period for m in result.plan.measures] == ["經常辦理", "每年一次", "每季檢視"]
    assert result.ledger.missing == ()
    assert not [one for one in result.problems if one.severity == "refused"]


@pytest.mark.parametrize("label", ["初核意見", "初核\n意見", "共通事項"])
def test_rows_beside_a_merged_cell_are_records_and_its_text_is_theirs(label):
    result = parsed(merged_left(label))
    check_rows(result)
    text = label.replace("\n", "")
    assert [[(e.column, e.text) for e in m.extras] for m in result.plan.measures] == [
        [("", text)]
    ] * 3
    assert result.ledger.placed["heading"] == 12
    problems = [one for one in result.problems if one.code is ProblemCode.HEADING_UNKNOWN]
    assert [text in one.message for one in problems] == [True]


def test_a_known_heading_merged_downwards_stays_one():
    grid: list[list[str | None]] = [["面向", "具體作法", "承辦部門", "執行期間"]]
    grid += [[None, row[1], row[0], row[2]] for row in ROWS]
    result = parsed(grid, WIDE)
    check_rows(result)
    assert result.ledger.placed["heading"] == 14


def test_a_heading_with_its_one_text_in_the_same_cell_is_parted():
    grid: list[list[str | None]] = [["執行策略\n一、基礎服務", "具體作法", "承辦部門", "執行期間"]]
    grid += [[None, row[1], row[0], row[2]] for row in ROWS]
    result = parsed(grid, WIDE)
    check_rows(result)
    assert {measure.strategy for measure in result.plan.measures} == {"基礎服務"}


def test_a_merged_cell_at_the_right_and_one_over_some_of_the_rows():
    grid: list[list[str | None]] = [["具體作法", "承辦部門", "執行期間", "初核意見"]]
    grid += [[row[1], row[0], row[2], None] for row in ROWS[:2]]
    grid += [[ROWS[2][1], ROWS[2][0], ROWS[2][2], "複核"]]
    result = parsed(grid, (20, 170, 240, 320, 380))
    check_rows(result)
    assert [[e.text for e in m.extras] for m in result.plan.measures] == [
        *(["初核意見"], ["初核意見"], ["複核"])
    ]


def test_sub_headings_beside_higher_headings_stay_headings():
    """主辦 and 協辦 under 承辦部門, and a column of remarks that no rule knows."""
    sheet = Sheet()
    xs, ys = (20, 150, 210, 270, 330, 390), (60, 90, 120, 160, 200)
    for x in xs:
        sheet.down(x, ys[1] if x == 210 else ys[0], ys[-1])
    for y in ys:
        sheet.across(y, *((xs[0], xs[-1]) if y != 90 else (150, 270)))
    lines = [
        (80, ["具體作法", "", "", "執行期間", "考評說明"]),
        (65, ["", "承辦部門"]),
        (95, ["", "主辦", "協辦"]),
        (130, ["1.受理。", "業務組", "企劃組", "每年一次"]),
        (170, ["2.調查。", "資訊組", "總務組", "每年一次"]),
    ]
    for top, texts in lines:
        for text, left in zip(texts, xs, strict=False):
            if text:
                sheet.write(text, left + 3, top)
    result = parse_document(made_document(sheet))
    assert result.plan is not None
    assert result.ledger is not None
    assert [measure.text for measure in result.plan.measures] == ["受理。", "調查。"]
    assert result.ledger.placed["heading"] == 20


def test_a_heading_with_much_text_is_a_problem():
    """Whatever the cause: text of the body that is booked as heading is told."""
    long = "\n".join(["本項目由各單位依權責自行填報"] * 6)
    grid: list[list[str | None]] = [["考核說明\n" + long, "具體作法", "承辦部門", "執行期間"]]
    grid += [["", row[1], row[0], row[2]] for row in ROWS]
    sheet = Sheet()
    sheet.grid((20, 200, 350, 420, 500), [60, 180, 220, 260, 300], grid)
    result = parse_document(made_document(sheet))
    problems = [one for one in result.problems if one.code is ProblemCode.TEXT_OUTSIDE_CELL]
    assert len(problems) == 1
    assert long.replace("\n", "") in problems[0].message
    assert "taken for a heading" in problems[0].message


def test_a_row_of_another_kind_does_not_divide_the_practice_column():
    """One later row is set in cells of its own; the column of practices stays one."""
    sheet = Sheet()
    xs = (20, 110, 250, 320, 390)
    for x in xs:
        sheet.down(x, *((260, 300) if x == 250 else (60, 300)))
    for y in range(60, 301, 40):
        sheet.across(y, xs[0], xs[-1])
    heading = ["推動重點", "具體作法", "", "承辦部門"]
    rows = [["訂定標準", f"{at}.辦理事項。", "", "業務組"] for at in (1, 2, 3, 4)]
    for row, texts in enumerate([heading, *rows, ["附註", "", "製表單位", "企劃組"]]):
        for text, left in zip(texts, xs, strict=False):
            if text:
                sheet.write(text, left + 3, 63 + 40 * row)
    result = parse_document(made_document(sheet))
    assert result.plan is not None
    assert {measure.task for measure in result.plan.measures[:4]} == {"訂定標準"}
