"""Parts on neighbouring pages become one table with spans, soft rows and repeated headings."""

import pytest

from planparse.model.page import Axis, DropReason
from planparse.model.table import Table, TextLine
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

HEADING = ["面向", "具體作法", "承辦部門"]
XS = (50, 110, 250, 350)


def part(number, rows, *, xs=XS, top=100, heights=40):
    """Make a page with a part of the table; None in a row merges with the cell above."""
    sheet = Sheet(number)
    ys = [top + heights * at for at in range(len(rows) + 1)]
    sheet.grid(xs, ys, rows)
    return sheet


def blocks_of(*sheets):
    return build_layout(made_document(*sheets))


def table_of(*sheets):
    (table,) = [block for block in blocks_of(*sheets).blocks if isinstance(block, Table)]
    return table


def cells(table):
    """Give each cell as row, column, spans, text."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


FIRST = part(1, [HEADING, ["一、基礎", "電話受理申請。", "業務組"]])


def test_a_repeated_heading_is_dropped_with_its_reason():
    second = part(2, [HEADING, ["二、評價", "辦理滿意度調查。", "企劃組"]])
    layout = blocks_of(FIRST, second)
    (table,) = layout.blocks
    assert isinstance(table, Table)
    assert (table.row_count, table.pages) == (3, (1, 2))
    assert [cell.text for cell in table.cells if cell.row == 2] == [
        "二、評價",
        "辦理滿意度調查。",
        "企劃組",
    ]
    assert [drop.run.text for drop in layout.dropped] == HEADING
    assert {(drop.reason, drop.run.page) for drop in layout.dropped} == {
        (DropReason.REPEATED_HEADING, 2)
    }


def test_a_repeated_heading_may_be_read_with_brackets_of_another_width():
    """OCR tells widths page by page."""
    first = part(1, [["面向", "具體作法", "承辦（協辦）"], ["一、基礎", "受理申請。", "業務組"]])
    second = part(2, [["面向", "具體作法", "承辦(協辦)"], ["二、評價", "調查。", "企劃組"]])
    layout = blocks_of(first, second)
    assert layout.blocks[0].row_count == 3
    assert {drop.reason for drop in layout.dropped} == {DropReason.REPEATED_HEADING}


def test_a_row_that_only_resembles_the_heading_stays():
    second = part(2, [["面向", "具體作法", "執行期間"], ["二、評價", "調查。", "企劃組"]])
    assert table_of(FIRST, second).row_count == 4
    assert blocks_of(FIRST, second).dropped == ()


def test_a_heading_in_other_words_is_no_row_and_is_not_dropped():
    second = part(2, [["面向", "具體作法", "主辦部門"], ["二、評價", "調查。", "企劃組"]])
    table = table_of(FIRST, second)
    assert table.row_count == 3
    assert [line.text for line in table.reworded] == ["面向", "具體作法", "主辦部門"]
    assert blocks_of(FIRST, second).dropped == ()


def test_a_row_that_starts_a_page_is_soft_where_the_text_before_ended():
    table = table_of(FIRST, part(2, [["二、評價", "辦理滿意度調查。", "企劃組"]]))
    assert table.soft_rows == {2}
    assert table.row_count == 3


def test_a_row_behind_a_repeated_heading_is_soft_too():
    """The heading is printed wherever the page breaks, inside a row or between two."""
    table = table_of(FIRST, part(2, [HEADING, ["", "另辦理宣導。", "企劃組"]]))
    assert table.soft_rows == {2}


def test_a_cut_row_is_one_row_with_a_box_on_each_page():
    first = part(
        1, [HEADING, ["一、基礎", "定期召開服務檢討會議並\n追蹤各項改善事項之辦理", "業務組"]]
    )
    table = table_of(first, part(2, [["", "情形。", ""], ["", "另辦理宣導。", "企劃組"]]))
    assert (table.row_count, table.soft_rows) == (3, frozenset())
    practice = next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))
    assert practice.text == "定期召開服務檢討會議並追蹤各項改善事項之辦理情形。"
    assert [place.page for place in practice.boxes] == [1, 2]
    assert [cell.text for cell in table.cells if cell.row == 2] == ["", "另辦理宣導。", "企劃組"]


def test_a_blank_leading_cell_goes_on_over_the_page():
    table = table_of(FIRST, part(2, [["", "另辦理宣導。", "企劃組"]]))
    aspect = next(cell for cell in table.cells if cell.text == "一、基礎")
    assert (aspect.row, aspect.row_span) == (1, 2)
    assert [place.page for place in aspect.boxes] == [1, 2]
    assert (2, 0) not in {(cell.row, cell.column) for cell in table.cells}


def test_a_blank_cell_behind_text_is_an_empty_cell_of_its_own():
    """No cell of that column is merged anywhere: blank means that nothing is said."""
    table = table_of(FIRST, part(2, [["二、評價", "另辦理宣導。", ""]]))
    assert cells(table)[-1] == (2, 2, 1, 1, "")


def test_a_blank_cell_behind_text_goes_on_in_a_column_of_merged_cells():
    first = part(
        1,
        [
            HEADING,
            ["一、", "受理。", "業務組"],
            ["二、", "宣導。", None],
            ["三、", "查核。", "總務組"],
        ],
    )
    table = table_of(first, part(2, [["四、", "另辦理宣導。", ""]]))
    assert (3, 2, 2, 1, "總務組") in cells(table)


def test_a_blank_number_goes_on_where_its_column_is_never_blank_and_rows_hold_several_measures():
    """編號 counts the rows, each with several measures; a page break leaves its part blank."""
    several = "{0}.受理申請。\n{1}.追蹤辦理情形。"
    rows = [[f"{at}", several.format(2 * at - 1, 2 * at), "業務組"] for at in range(1, 6)]
    heading = ["編號", "具體作法", "承辦部門"]
    second = part(2, [["", "11.另辦理宣導。", "總務組"], ["6", "12.查核。", "企劃組"]])
    table = table_of(part(1, [heading, *rows]), second)
    assert (5, 0, 2, 1, "5") in cells(table)
    third_column = [[practice, department, number] for number, practice, department in rows]
    xs = (50, 190, 290, 350)
    behind = part(2, [["11.另辦理宣導。", "總務組", ""], ["12.查核。", "企劃組", "6"]], xs=xs)
    table = table_of(part(1, [[*heading[1:], "編號"], *third_column], xs=xs), behind)
    assert (5, 2, 2, 1, "5") in cells(table)


def test_a_blank_cell_that_a_page_merges_over_rows_goes_on():
    second = part(2, [["", "另辦理宣導。", ""], ["", "查核。", None]])
    assert (1, 2, 3, 1, "業務組") in cells(table_of(FIRST, second))


def test_a_page_that_could_not_be_read_parts_two_tables():
    third = part(3, [["", "情形。", ""]])
    assert [type(block) for block in blocks_of(FIRST, third).blocks] == [Table, Table]


def test_a_first_column_that_shows_no_border_on_a_page_keeps_its_text():
    """No outer rulings, and one label for all rows of the page: no line ends at its border."""
    first = part(1, [HEADING, ["一、基礎", "電話受理申請。", "業務組"]])
    second = Sheet(2)
    second.grid(XS[1:], (100, 140, 180), [["臨櫃受理申請。", "企劃組"], ["查核。", "總務組"]])
    second.write("二、評價", XS[0] + 3, 103)
    table = table_of(first, second)
    (label,) = [cell for cell in table.cells if "二、評價" in cell.text]
    assert (label.row, label.column, label.row_span) in {(1, 0, 3), (2, 0, 2)}
    assert table.column_edges == XS


def left_open(sheet):
    """Take the ruling below a page's part away, as producers do that cut a row there."""
    low = max(ruling.position for ruling in sheet.rulings if ruling.axis is Axis.HORIZONTAL)
    sheet.rulings = [
        r for r in sheet.rulings if r.axis is Axis.VERTICAL or abs(r.position - low) > 0.1
    ]
    return sheet


@pytest.mark.parametrize(("opens", "soft"), [(True, {2}), (False, {2, 3})])
def test_where_some_pages_are_left_open_a_closed_one_ends_its_row(opens, soft):
    first = part(1, [HEADING, ["一、基礎", "電話受理申請。", "業務組"]])
    second = part(2, [["", "另辦理宣導。", "企劃組"]])
    third = part(3, [["", "查核。", "總務組"]])
    table = table_of(left_open(first) if opens else first, second, third)
    assert table.soft_rows == soft


def test_blank_cells_of_single_rows_do_not_wait_for_a_label_of_a_later_page():
    """They go on blank from page to page; what the third page prints is new."""
    first = part(1, [HEADING, ["一、基礎", "受理申請。", "業務組"], ["", "宣導。", "業務組"]])
    second = part(2, [["", "查核。", "總務組"]])
    table = table_of(first, second, part(3, [["二、評價", "辦理調查。", "企劃組"]]))
    (label,) = [cell for cell in table.cells if cell.text == "二、評價"]
    assert (label.row, label.row_span, label.boxes[0].page) == (4, 1, 3)


@pytest.mark.parametrize("shift", [20, -25, 4])
def test_mirrored_margins_move_the_table_as_a_whole(shift):
    moved = [x + shift for x in XS]
    table = table_of(FIRST, part(2, [["二、評價", "辦理調查。", "企劃組"]], xs=moved))
    assert table.column_edges == XS
    assert [cell.column for cell in table.cells if cell.row == 2] == [0, 1, 2]


def test_a_border_that_one_page_lacks_is_known_from_the_other():
    """A column of one merged cell a page has no border of its own where nothing is parted."""
    second = part(2, [["二、評價辦理調查。", "企劃組"]], xs=(50, 250, 350))
    table = table_of(FIRST, second)
    assert table.column_edges == XS
    assert cells(table)[-2:] == [(2, 0, 1, 2, "二、評價辦理調查。"), (2, 2, 1, 1, "企劃組")]


def test_three_pages_are_one_table():
    pages = [
        part(n, [HEADING, [f"{'一二三'[n - 1]}、評價", "調查。", "企劃組"]]) for n in (1, 2, 3)
    ]
    table = table_of(*pages)
    assert (table.row_count, table.soft_rows, table.pages) == (4, {2, 3}, (1, 2, 3))


def test_a_repeated_caption_is_dropped_and_does_not_part():
    first, second = (
        part(1, [HEADING, ["一、", "受理。", "業務組"]]),
        part(2, [HEADING, ["二、", "調查。", "企劃組"]]),
    )
    first.write("表1執行計畫", 150, 84)
    second.write("表1執行計畫（續）", 150, 84)
    layout = blocks_of(first, second)
    assert [type(block) for block in layout.blocks] == [TextLine, Table]
    assert "表1執行計畫（續）" in {drop.run.text for drop in layout.dropped}


@pytest.mark.parametrize("where", ["below the first", "above the second"])
def test_text_in_between_parts_two_tables(where):
    first, second = (
        part(1, [HEADING, ["一、", "受理。", "業務組"]]),
        part(2, [HEADING, ["二、", "調查。", "企劃組"]]),
    )
    if where == "below the first":
        first.write("陸、經費", 50, 250)
    else:
        second.write("陸、經費", 50, 80)
    kinds = [type(block) for block in blocks_of(first, second).blocks]
    assert kinds == [Table, TextLine, Table]


def test_a_page_without_the_table_parts_it():
    empty = Sheet(2)
    empty.write("附圖", 50, 100)
    kinds = [
        type(block) for block in blocks_of(FIRST, empty, part(3, [["二、", "調查。", "組"]])).blocks
    ]
    assert kinds == [Table, TextLine, Table]


def test_another_grid_on_the_next_page_is_another_table():
    other = part(2, [["項次", "經費"], ["1", "無"]], xs=(50, 90, 180))
    assert [type(block) for block in blocks_of(FIRST, other).blocks] == [Table, Table]


def test_as_many_columns_elsewhere_are_another_table():
    """The outer borders are alike, as those of all tables of a document are."""
    other = part(2, [["甲", "乙", "丙"], ["1", "2", "3"]], xs=(50, 180, 310, 350))
    assert [type(block) for block in blocks_of(FIRST, other).blocks] == [Table, Table]


def test_borders_ten_points_apart_are_two_columns_borders():
    second = part(2, [["二、評價", "辦理調查。", "企劃組"]], xs=(50, 120, 250, 350))
    assert table_of(FIRST, second).column_edges == (50, 110, 120, 250, 350)


def test_every_glyph_is_in_a_cell_a_line_or_dropped_once():
    second = part(2, [HEADING, ["", "情形。", ""], ["二、評價", "調查。", "企劃組"]])
    second.write("-_2_-", 190, 560)
    document = made_document(FIRST, second)
    layout = build_layout(document)
    seen = [
        (drop.run.page, drop.run.first + at)
        for drop in layout.dropped
        for at in range(len(drop.run))
    ]
    for block in layout.blocks:
        lines = (
            [block]
            if isinstance(block, TextLine)
            else [line for c in block.cells for line in c.lines]
        )
        seen += [
            (run.page, run.first + at)
            for line in lines
            for run in line.runs
            for at in range(len(run))
        ]
    assert sorted(seen) == [(p.number, at) for p in document.pages for at in range(p.glyph_count)]


def test_rows_parted_by_a_page_break_stay_two_where_a_date_ends_in_its_weekday():
    heading = ["日期", "具體作法", "承辦部門"]
    first = part(1, [heading, ["5/14\n(五)", "電話受理申請。", "業務組"]])
    second = part(2, [heading, ["5/15\n(六)", "滿意度調查。", "企劃組"]])
    table = table_of(first, second)
    assert [cell.text for cell in table.cells if cell.row == 1][1:] == ["電話受理申請。", "業務組"]
    assert [cell.text for cell in table.cells if cell.row == 2][1:] == [
        "滿意度調查。",
        "企劃組",
    ]


def test_a_label_whose_title_stands_on_the_next_page_goes_on_beside_a_row_of_its_own():
    rows = [
        ["一、", "(1)受理申請。", "業務組", "每月"],
        ["基礎", "(2)辦理調查。", "企劃組", "每季"],
    ]
    xs = (50, 110, 250, 300, 350)
    heading = ["面向", "具體作法", "承辦部門", "期間"]
    table = table_of(part(1, [heading, rows[0]], xs=xs), part(2, [heading, rows[1]], xs=xs))
    assert (1, 0, 2, 1, "一、基礎") in cells(table)
    assert table.row_count == 3
