"""Labels that stand outside the columns: lines above tables, rows above headings and across."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.plans.segment_plan import segment_plan
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

XS = (30, 120, 280, 340, 410)
HEADING = ["執行策略", "具體作法", "承辦部門", "期程"]
REST = ["業務組", "隨時辦理"]
ONE = ["（一）網路", "1.受理申請。", *REST]
TWO = ["（一）櫃台", "1.推廣帳單。", *REST]


def segment(*blocks):
    """Read a page of lines and tables; a row of one text lies over all columns."""
    page = Sheet(width=440.0, height=800.0)
    page.write("屏東區營業處112年度提升服務效能執行計畫", 60, 30, 14)
    top = 60.0
    for block in blocks:
        if isinstance(block, str):
            page.write(block, 30, top)
            top += 20
            continue
        for row in block:
            for at, x in enumerate(XS):
                if len(row) == 4 or at in (0, 4):
                    page.down(x, top, top + 30)
            for x, text in zip(XS, row, strict=False):
                if text:
                    page.write(text, x + 3, top + 3)
            page.across(top, XS[0], XS[-1])
            top += 30
        page.across(top, XS[0], XS[-1])
        top += 20
    document = made_document(page)
    return segment_plan(document, build_layout(document), load_rules(), "test").plan


def labels(plan):
    return [(one.aspect_no, one.aspect, one.strategy) for one in plan.measures]


AS_PRINTED = [("一", "基礎", "網路"), ("二", "效率", "櫃台")]


@pytest.mark.parametrize(
    "blocks",
    [
        ["肆、實施：", "一、基礎", [HEADING, ONE], "二、效率", [HEADING, TWO]],
        [[["一、基礎"], HEADING, ONE], [["二、效率"], HEADING, TWO]],
        [[HEADING, ["一、基礎"], ONE, ["二、效率"], TWO]],
        [[HEADING, ["一、基礎", "", "", ""], ONE, ["二、效率", "", "", ""], TWO]],
        [[["一、基礎"], HEADING, ONE, ["二、效率"], HEADING, TWO]],
    ],
    ids=["lines", "above headings", "across", "in the first column", "headings inside"],
)
def test_an_aspect_outside_the_columns(blocks):
    plan = segment(*blocks)
    assert labels(plan) == AS_PRINTED
    assert not any("基礎" in text for part in plan.sections for text in part.paragraphs)


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("面向一：基礎", "面向二：效率", [("面向一", "基礎"), ("面向二", "效率")]),
        ("基礎面向", "效率面向", [(None, "基礎面向"), (None, "效率面向")]),
    ],
)
def test_an_aspect_that_names_itself(first, second, read):
    plan = segment([HEADING, [first], ONE, [second], TWO])
    assert [one[:2] for one in labels(plan)] == read


@pytest.mark.parametrize(
    "blocks",
    [
        ["一、推動作法", [HEADING, ONE]],
        ["三、既有項目", [HEADING, ONE], "四、新增項目", [HEADING, TWO]],
        [[["營業處工作分配"], HEADING, ONE, ["備註：依需要調整"]]],
    ],
    ids=["one table", "sections that count on", "title and remark"],
)
def test_what_is_no_label(blocks):
    plan = segment(*blocks)
    assert {one.aspect for one in plan.measures} == {None}


def test_a_row_that_adds_up_others_is_no_measure():
    plan = segment([HEADING, ONE, ["合計", "1項", "", ""]])
    assert len(plan.measures) == 1
