"""What the columns hold, told from one heading row, from two, from one below a title."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table
from planparse.plans.column_roles import columns_like, find_columns
from tests.hand_made import made_lines

RULES = load_rules()


def table(*rows, spans=(), widths=None):
    """Make a table; ``spans`` are (row, column, row span, column span), covered places None."""
    by_place = {(row, column): (height, width) for row, column, height, width in spans}
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text is None:
                continue
            height, width = by_place.get((row, column), (1, 1))
            lines = made_lines([text]) if text else ()
            cells.append(Cell(row, column, height, width, (), lines))
    count = len(rows[0])
    edges = widths or tuple(100.0 * at for at in range(count + 1))
    return Table(len(rows), count, edges, tuple(cells), (1,))


def roles(found):
    return [role.value for role in found.roles]


BODY = ["一、基礎", "網路服務", "受理。", "業務組", "隨時辦理"]


def test_a_row_of_headings():
    found = find_columns(
        RULES, table(["面向", "執行策略", "具體作法", "承辦部門", "執行期間"], BODY)
    )
    assert found is not None
    assert roles(found) == ["aspect", "strategy", "practice", "department", "period"]
    assert found.first_row == 1
    assert [heading.printed for heading in found.headings][:2] == ["面向", "執行策略"]


def test_columns_in_another_order_and_one_that_no_rule_knows():
    found = find_columns(RULES, table(["期程", "權責單位", "推動措施", "甘苦談", "構面"], BODY))
    assert found is not None
    assert roles(found) == ["period", "department", "practice", "extra", "aspect"]
    assert [heading.known for heading in found.headings] == [True, True, True, False, True]
    assert found.names[3] == "甘苦談"


def test_a_title_row_above_the_headings_is_kept_apart():
    found = find_columns(
        RULES,
        table(
            ["服務計畫表", None, None],
            ["面向", "具體作法", "期程"],
            ["一、", "受理。", "隨時"],
            spans=[(0, 0, 1, 3)],
        ),
    )
    assert found is not None
    assert found.first_row == 2
    assert [cell.text for cell in found.above] == ["服務計畫表"]


def test_a_second_row_of_sub_headings():
    found = find_columns(
        RULES,
        table(
            ["面向", "具體作法", "主協辦", None],
            [None, None, "主辦單位", "協辦單位"],
            ["一、", "受理。", "業務組", "總務組"],
            spans=[(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2)],
        ),
    )
    assert found is not None
    assert roles(found) == ["aspect", "practice", "department", "co_department"]
    assert found.first_row == 2


def test_a_practice_heading_over_two_columns_is_the_tasks_too():
    found = find_columns(
        RULES,
        table(
            ["面向", "具體作法", None, "期程"],
            ["一、", "(一)櫃台", "受理。", "隨時"],
            spans=[(0, 1, 1, 2)],
        ),
    )
    assert found is not None
    assert roles(found) == ["aspect", "task", "practice", "period"]
    assert [heading.role for heading in found.headings][1] is ColumnRole.PRACTICE
    assert found.role_of(Cell(1, 1, 1, 2, (), ())) is ColumnRole.PRACTICE


@pytest.mark.parametrize(
    "rows",
    [
        [["項目", "金額"], ["設備", "無"]],
        [["面向", "執行策略"], ["一、", "網路"]],
        [["具體作法"], ["受理。"]],
        [["", ""], ["", ""]],
    ],
    ids=["another table", "no practice", "one heading", "blank"],
)
def test_a_table_that_is_no_plans(rows):
    assert find_columns(RULES, table(*rows)) is None


def test_a_table_that_goes_on_without_headings_has_the_columns_before():
    first = table(["面向", "具體作法", "期程"], ["一、", "受理。", "隨時"])
    columns = find_columns(RULES, first)
    assert columns is not None
    later = table(["二、", "宣導。", "隨時"], widths=(3.0, 103.0, 197.0, 300.0))
    other = table(["二、", "宣導。", "隨時"], widths=(0.0, 60.0, 197.0, 300.0))
    found = columns_like(columns, first, later)
    assert found is not None
    assert (found.roles, found.first_row) == (columns.roles, 0)
    assert columns_like(columns, first, other) is None
