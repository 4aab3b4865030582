"""A form for each case, as minutes print them: where one ends, and where its rows do."""

import pytest

from planparse.model.table import Table
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

XS = (50, 130, 200, 350)
OPINIONS = ["", "審查單位", "審查意見"]


def sheet(number, rows, *, heights=40, top=60):
    """Make a page of a form that ends below its rows."""
    made = Sheet(number)
    made.grid(XS, [top + heights * at for at in range(len(rows) + 1)], rows)
    return made


def tables_of(*sheets):
    blocks = build_layout(made_document(*sheets)).blocks
    return [block for block in blocks if isinstance(block, Table)]


def case(count, name):
    return [[f"審議第{count}案", "案名", name], ["初核", "交通局", "1.請補充停車空間。"]]


def filled(rows, count=10):
    """Lengthen a page's rows to its foot."""
    return [*rows, *([f"{at}", f"第{at}科", "無意見。"] for at in range(count - len(rows)))]


def test_a_form_that_counts_on_behind_free_space_is_a_table_of_its_own():
    first = sheet(1, filled(case("一", "甲區新建工程")))
    rest = sheet(2, [["列席", "文化局", "請留意規定。"]])
    second = sheet(3, filled(case("二", "乙區新建工程")))
    assert [table.pages for table in tables_of(first, rest, second)] == [(1, 2), (3,)]


@pytest.mark.parametrize("count", ["2", "十二"])
def test_the_count_is_in_any_numerals(count):
    one = sheet(1, case("1", "甲區新建工程"))
    another = sheet(2, filled(case(count, "乙區新建工程")))
    assert len(tables_of(one, another)) == 2


def test_a_page_filled_to_its_foot_may_go_on():
    first = sheet(1, filled(case("一", "甲區新建工程")))
    second = sheet(2, filled(case("二", "乙區新建工程")))
    assert len(tables_of(first, second)) == 1


def test_a_repeated_heading_behind_free_space_goes_on():
    """Word processors keep a row whole: the page before ends early."""
    heading = ["編號", "審查單位", "審查意見"]
    first = sheet(1, [heading, ["1", "交通局", "無意見。"]])
    second = sheet(2, filled([heading, ["2", "文化局", "無意見。"]]))
    (table,) = tables_of(first, second)
    assert table.pages == (1, 2)


def test_rows_of_one_number_behind_free_space_go_on():
    """The first row of a later page has the columns of the heading, and no text of it."""
    first = sheet(1, [["編號", "審查單位", "審查意見"], ["1", "交通局", "無意見。"]])
    second = sheet(2, filled([["2", "文化局", "無意見。"]]))
    assert len(tables_of(first, second)) == 1


def opinions(number, rows, **how):
    return sheet(number, rows, **how)


def test_a_text_that_goes_on_alone_is_the_row_where_each_row_has_its_department():
    """Its paragraph ends with the page, and a number begins the next."""
    first = opinions(
        1,
        [
            ["初核", "審查單位", "審查意見"],
            [None, "交通局", "1.請補充停車空間。"],
            [None, "都發局", "(一)缺剖面。\n(二)缺立面。"],
        ],
    )
    second = opinions(
        2, [["", "", "(三)請補上樹距。"], [None, "文化局", "無意見。"], [None, "水利局", "無。"]]
    )
    (table,) = tables_of(first, second)
    (cell,) = [one for one in table.cells if "缺剖面" in one.text]
    assert (cell.text, cell.row_span) == ("(一)缺剖面。(二)缺立面。(三)請補上樹距。", 1)
    assert [one.text for one in table.cells if one.column == 1] == [
        "審查單位",
        "交通局",
        "都發局",
        "文化局",
        "水利局",
    ]


def test_a_text_that_goes_on_alone_may_be_a_row_where_others_stand_alone():
    first = opinions(
        1,
        [
            ["初核", "審查單位", "審查意見"],
            [None, "交通局", "(一)請補充停車空間。"],
            [None, None, "(二)缺剖面。"],
            [None, None, "(三)缺立面。"],
        ],
    )
    second = opinions(2, [["", "", "(四)請補上樹距。"], [None, "文化局", "無意見。"]])
    (table,) = tables_of(first, second)
    assert table.row_count == 6
