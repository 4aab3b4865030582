"""Two pages on a sheet are read one after the other; places stay on the sheet."""

import pytest

from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.result import display_problem, moved_pages
from planparse.model.table import Table
from planparse.pipeline import parse_document
from planparse.tables.build_layout import build_layout
from planparse.tables.sheets import part_sheets
from tests.hand_made import Sheet, made_document

HEADING = ["面向", "執行策略", "具體作法", "承辦部門", "執行期間"]
WIDTHS = (0, 60, 130, 250, 310, 370)
LEFT, RIGHT = 20, 430
FIRST = ["一、基礎服務", "（一）便捷", "(1)受理電話申請。", "業務組", "每月一次"]
CUT = [*FIRST[:2], "(1)受理電話申請並", *FIRST[3:]]
REST = ["", "", "回覆用戶。", "", ""]
SECOND = ["二、服務評價", "（一）滿意", "(1)辦理滿意度調查。", "企劃組", "每季一次"]
THIRD = ["三、創新服務", "（一）線上", "(1)建置查詢平台。", "資訊組", "全年"]


def half(sheet, left, rows, widths=WIDTHS):
    """Rule a table 100 points from the top, its texts broken into lines of five glyphs."""
    lines = [
        ["\n".join(text[at : at + 5] for at in range(0, len(text), 5)) for text in row]
        for row in rows
    ]
    ys = [100 + 70 * at for at in range(len(rows) + 1)]
    sheet.grid([left + width for width in widths], ys, lines)


def two_up(number=1, left=(HEADING, FIRST), right=(HEADING, SECOND)):
    sheet = Sheet(number, width=820, height=600)
    if left:
        half(sheet, LEFT, left)
        sheet.write(str(2 * number - 1), 200, 570)
    if right:
        half(sheet, RIGHT, right)
        sheet.write(str(2 * number), 610, 570)
    return sheet


def plan_of(*sheets):
    result = parse_document(made_document(*sheets))
    assert result.ledger is not None
    assert result.ledger.balanced
    return result.plan


def texts(plan):
    return [(one.aspect, one.text) for one in plan.measures]


def test_a_row_goes_on_in_the_right_half():
    plan = plan_of(two_up(left=(HEADING, CUT), right=(HEADING, REST, SECOND)))
    assert texts(plan) == [
        ("基礎服務", "受理電話申請並回覆用戶。"),
        ("服務評價", "辦理滿意度調查。"),
    ]


def test_the_next_sheet_comes_after_both_halves():
    plan = plan_of(two_up(1, (HEADING, FIRST), (HEADING, SECOND)), two_up(2, (HEADING, THIRD), ()))
    assert [aspect for aspect, _ in texts(plan)] == ["基礎服務", "服務評價", "創新服務"]
    assert [one.page_first for one in plan.measures] == [1, 1, 2]
    assert plan.page_count == 2


def test_halves_are_one_table_without_their_page_numbers():
    parted = part_sheets(made_document(two_up(1), two_up(2, (HEADING, THIRD), ())))
    (table,) = build_layout(parted).blocks
    assert isinstance(table, Table)
    assert table.pages == (1, 2, 3)
    assert [page.file_page for page in parted.pages] == [1, 1, 2]


def test_places_are_those_of_the_sheet():
    sheet = two_up()
    first, second = plan_of(sheet).measures
    for one, left in ((first, LEFT), (second, RIGHT)):
        assert {place.page for place in one.where} == {1}
        (period,) = (place for place in one.where if place.field == "period")
        assert period.left == left + WIDTHS[4] + 3


def test_a_message_names_the_page_of_the_file():
    pages = moved_pages(
        part_sheets(made_document(two_up(1), two_up(2, (HEADING, THIRD), ()))).pages
    )
    problem = Problem(
        ProblemCode.PAGE_BREAK_AMBIGUOUS, Severity.WARNING, Stage.SEGMENT, "page 3 may go on", 3
    )
    shown = display_problem(problem, pages)
    assert (shown.message, shown.page) == ("page 2 may go on", 2)


def test_a_title_over_both_halves_is_the_first_ones():
    sheet = two_up()
    sheet.write("台灣電力公司嘉義區營業處", 260, 40)
    sheet.write("110年度提升服務效能執行計畫", 410, 40)
    plan = plan_of(sheet)
    assert plan.title == "台灣電力公司嘉義區營業處110年度提升服務效能執行計畫"
    assert len(plan.measures) == 2


def test_every_glyph_is_on_one_page_with_an_ordinal_of_its_own():
    document = made_document(two_up())
    pages = part_sheets(document).pages
    for page in pages:
        ordinals = [run.first + at for run in page.runs for at in range(len(run.text))]
        assert sorted(ordinals) == list(range(page.glyph_count))
    on_sheet = [page.file_ordinal(at) for page in pages for at in range(page.glyph_count)]
    assert sorted(on_sheet) == list(range(document.pages[0].glyph_count))


@pytest.mark.parametrize("widths", [(0, 90, 160, 220, 330, 370), (0, 60, 370)])
def test_a_table_with_other_columns_is_another_one(widths):
    sheet = two_up(right=())
    half(sheet, RIGHT, [["課別", "分機", "姓名", "職稱", "註"][: len(widths) - 1]] * 2, widths)
    document = made_document(sheet)
    assert part_sheets(document) is document


def test_text_over_the_fold_beside_a_table_is_no_fold():
    sheet = two_up()
    sheet.write("橫跨兩側之文字", 385, 120)
    document = made_document(sheet)
    assert part_sheets(document) is document
