"""A heading that is printed again is no row, wherever and however it is printed."""

from planparse.model.page import DropReason
from planparse.model.table import Table
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

HEADING = ["面向", "執行策略", "具體作法", "承辦部門"]
XS = (40, 100, 180, 310, 380)


def part(number, rows, *, heights=40):
    sheet = Sheet(number)
    sheet.grid(XS, [100 + heights * at for at in range(len(rows) + 1)], rows)
    return sheet


def read(*sheets):
    layout = build_layout(made_document(*sheets))
    (table,) = [block for block in layout.blocks if isinstance(block, Table)]
    return table, [drop.run.text for drop in layout.dropped]


FIRST = part(1, [HEADING, ["一、基礎", "(一)一致", "(1)受理申請。", "業務組"]])


def texts(table, row):
    return [cell.text for cell in table.cells if cell.row == row]


def test_a_heading_without_a_ruling_below_it_is_not_glued_to_the_cut_row():
    """ReportLab repeats the heading above the rest of a row that it cut, and rules nothing."""
    sheet = Sheet(2)
    sheet.grid(XS, [100, 180, 220], [[""] * 4, ["二、服務", "(一)友善", "(2)宣導。", "總務組"]])
    for column, text in enumerate(HEADING):
        sheet.write(text, XS[column] + 3, 103)
    sheet.write("服務", XS[0] + 3, 119)
    table, dropped = read(
        part(1, [HEADING, ["一、基礎", "(一)一致", "(1)受理，", "業務組"]]), sheet
    )
    assert dropped == HEADING
    assert texts(table, 1)[0] == "一、基礎服務"
    assert texts(table, 2) == ["二、服務", "(一)友善", "(2)宣導。", "總務組"]


def test_a_heading_inside_a_page_is_no_row_and_interrupts_no_label():
    sheet = Sheet(1)
    rows: list[list[str | None]] = [
        [*HEADING],
        ["一、基礎", "(一)一致", "(1)受理申請。", "業務組"],
        [*HEADING],
        [None, "(二)友善", "(1)宣導。", "總務組"],
    ]
    sheet.grid(XS, [100, 140, 180, 220, 260], rows)
    table, dropped = read(sheet)
    assert dropped == HEADING
    assert table.row_count == 3
    assert texts(table, 2) == ["(二)友善", "(1)宣導。", "總務組"]
    assert next(cell for cell in table.cells if cell.text == "一、基礎").row_span == 2


def test_a_heading_of_merged_cells_with_alike_words_below_them_is_left_as_it_is():
    """第一季 … stand below 執行期程 alone: a row that is not in all columns is no heading."""
    rows = [["面向", "作法", "期程", "期程"], ["一、基礎", "受理。", "期程", "期程"]]
    table, dropped = read(part(1, rows))
    assert (table.row_count, dropped) == (2, [])


def test_a_heading_of_another_column_is_a_row():
    second = part(
        2, [["面向", "執行期間", "具體作法", "承辦部門"], ["二、服務", "隨時", "宣導。", "總務組"]]
    )
    table, dropped = read(FIRST, second)
    assert (table.row_count, dropped) == (4, [])


def test_the_reason_is_a_repeated_heading():
    layout = build_layout(made_document(FIRST, part(2, [HEADING, ["二", "三", "四", "五"]])))
    assert {drop.reason for drop in layout.dropped} == {DropReason.REPEATED_HEADING}
