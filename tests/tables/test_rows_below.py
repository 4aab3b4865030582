"""Text right below a page's table belongs to its open cells, or begins the next page's row."""

import pytest

from planparse.model.page import Axis
from planparse.model.table import Table
from planparse.pipeline import parse_document
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

HEADING = ["面向", "具體作法", "承辦部門", "執行期間"]
XS = (30, 110, 250, 320, 390)
BOTTOM = 160
FIRST = ["一、基礎", "(1)受理申請。", "業務組", "每月一次"]


def first_page(below=(), *, open_below=False):
    """Make a page whose table ends at BOTTOM, with texts below it as (text, column, line)."""
    sheet = Sheet(1)
    sheet.grid(XS, [100, 130, BOTTOM], [HEADING, FIRST])
    if open_below:
        sheet.rulings = [
            one for one in sheet.rulings if one.axis is Axis.VERTICAL or one.position < BOTTOM
        ]
    for text, column, line in below:
        sheet.write(text, XS[column] + 3, BOTTOM + 3 + 16 * line)
    return sheet


def second_page(department="企劃組", period=""):
    sheet = Sheet(2)
    rows = [
        HEADING,
        ["二、評價", "(1)辦理調查。", "", period],
        [None, "(2)檢討改善。", None, None],
        [None, "(3)追蹤成效。", None, None],
    ]
    sheet.grid(XS, [100, 130, 180, 230, 280], rows)
    if department:
        sheet.write(department, XS[2] + 3, 199)
    return sheet


def measures(*sheets):
    result = parse_document(made_document(*sheets))
    assert result.ledger is not None
    assert result.plan is not None
    assert result.ledger.balanced
    return [
        (one.text, [name.name for name in one.departments], one.period)
        for one in result.plan.measures
    ]


def tables(*sheets):
    blocks = build_layout(made_document(*sheets)).blocks
    return [block for block in blocks if isinstance(block, Table)]


def test_a_merged_cells_first_lines_below_the_rules_begin_the_next_row():
    below = [("總務組", 2, 0), ("隨時辦理", 3, 0)]
    assert measures(first_page(below), second_page()) == [
        ("受理申請。", ["業務組"], "每月一次"),
        ("辦理調查。", ["總務組", "企劃組"], "隨時辦理"),
        ("檢討改善。", ["總務組", "企劃組"], "隨時辦理"),
        ("追蹤成效。", ["總務組", "企劃組"], "隨時辦理"),
    ]


def test_text_below_an_open_cell_is_its_own():
    below = [("電費組", 2, 0), ("設計組", 2, 1)]
    (table,) = tables(first_page(below, open_below=True), second_page("", "全年"))
    (cell,) = [cell for cell in table.cells if cell.row == 1 and cell.column == 2]
    assert [line.glyphs for line in cell.lines] == ["業務組", "電費組", "設計組"]


@pytest.mark.parametrize(
    "below",
    [
        [("伍、實施步驟", 0, 0)],
        [("註：各課應配合辦理之事項如附件所載", 0, 0)],
        [("總務組", 2, 4)],
        [("總務組", 2, 0), ("本計畫陳核後實施並公開於對外網頁", 0, 1)],
    ],
    ids=["heading", "footnote", "far below", "text follows"],
)
def test_other_text_below_a_table_stays_outside(below):
    for table in tables(first_page(below), second_page("企劃組", "全年")):
        assert not {text for text, _, _ in below} & {
            line.glyphs for cell in table.cells for line in cell.lines
        }
