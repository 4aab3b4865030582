"""Glyphs go into cells, one by one where a run crosses a border; the rest are lines outside."""

from dataclasses import replace

import pytest

from planparse.model.page import Page, Run
from planparse.tables.page_tables import find_page_tables
from planparse.tables.text_lines import group_lines, vertical_lines
from tests.hand_made import Sheet, made_run

XS = (50, 110, 170)
YS = (100, 130, 160)


def ruled():
    sheet = Sheet()
    sheet.grid(XS, YS)
    return sheet


def texts(sheet):
    (table,) = find_page_tables(sheet.page()).tables
    return ["／".join(line.glyphs for line in lines) for lines in table.lines]


def test_a_run_over_a_border_is_cut_and_keeps_its_ordinals():
    sheet = ruled()
    sheet.write("前", 60, 50)
    sheet.write("面向策略作法", 74, 110)
    (table,) = find_page_tables(sheet.page()).tables
    left, right = table.lines[0], table.lines[1]
    assert [line.glyphs for line in (*left, *right)] == ["面向策", "略作法"]
    assert left[0].runs[0].first == 1
    assert right[0].runs[0].first == 4


@pytest.mark.parametrize(
    ("text", "left", "cells"),
    [
        ("用戶申請。", 59, ["用戶申請。", ""]),
        ("用戶申請，業務", 59, ["用戶申請", "，業務"]),
        ("用戶申請_。", 59, ["用戶申請", "。"]),
        ("用戶申請）", 59, ["用戶申請）", ""]),
        ("用戶申請（", 59, ["用戶申請", "（"]),
    ],
)
def test_hanging_punctuation(text, left, cells):
    """It stays left only where it hangs on the glyph before and nothing follows at once."""
    sheet = ruled()
    sheet.write(text, left, 110)
    assert texts(sheet)[:2] == cells


def test_a_stop_hangs_into_a_cell_whose_text_begins_inside_its_width():
    """A full stop wraps to no line of its own; the next column's text is drawn over its blank."""
    sheet = ruled()
    stop = made_run("用戶申請。", 57, 110, first=0)
    beside = made_run("業務", 115, 110, first=5)
    assert stop.rights[-1] == 117
    run = replace(
        stop,
        text=stop.text + beside.text,
        lefts=stop.lefts + beside.lefts,
        rights=stop.rights + beside.rights,
    )
    sheet.runs, sheet.count = [run], len(run.text)
    assert texts(sheet)[:2] == ["用戶申請。", "業務"]


def test_a_merged_cell_takes_glyphs_over_all_its_places():
    sheet = Sheet()
    sheet.grid(XS, YS)
    sheet.rulings = [one for one in sheet.rulings if one.position != 110]
    sheet.down(110, 130, 160)
    sheet.write("橫跨兩欄的標題", 70, 108)
    sheet.write("左", 60, 138)
    sheet.write("右", 120, 138)
    assert texts(sheet) == ["橫跨兩欄的標題", "左", "右"]


def test_text_around_the_table_is_lines_from_top_to_bottom():
    sheet = ruled()
    sheet.write("在表內", 55, 108)
    sheet.write("表後", 50, 300)
    sheet.write("表前", 50, 60)
    sheet.write("表旁", 250, 108)
    blocks = find_page_tables(sheet.page())
    assert [line.glyphs for line in blocks.lines] == ["表前", "表旁", "表後"]
    assert blocks.tables[0].box.bottom == 160


def test_a_border_around_the_page_is_no_table_and_takes_no_text():
    sheet = ruled()
    for y in (20, 580):
        sheet.across(y, 20, 380)
    for x in (20, 380):
        sheet.down(x, 20, 580)
    sheet.write("在表內", 55, 108)
    sheet.write("在框內", 55, 300)
    blocks = find_page_tables(sheet.page())
    assert len(blocks.tables) == 1
    assert [line.glyphs for line in blocks.lines] == ["在框內"]


def test_a_box_of_its_own_is_a_table_of_one_cell():
    sheet = Sheet()
    sheet.grid((50, 200), (100, 140), [["附註"]])
    assert texts(sheet) == ["附註"]


def test_a_grid_without_text_is_no_table():
    assert find_page_tables(ruled().page()).tables == ()


def test_an_extractor_that_sees_no_lines_gives_lines_only():
    sheet = ruled()
    sheet.write("面向", 60, 110)
    page = Page(1, 400, 600, tuple(sheet.runs), None)
    blocks = find_page_tables(page)
    assert (blocks.tables, len(blocks.lines)) == ((), 1)


def test_runs_on_one_base_line_are_one_line_whatever_their_sizes_and_order():
    runs = [made_run("二", 40, 103, size=8), made_run("一", 20, 100), made_run("下", 20, 116)]
    assert [line.glyphs for line in group_lines(runs)] == ["一二", "下"]


def test_a_run_drawn_between_the_glyphs_of_another_is_put_in_between():
    outer = made_run("(_)", 20, 100, size=12)
    inner = made_run("4", 26, 100, size=12)
    assert [line.glyphs for line in group_lines([outer, inner])] == ["(4)"]


def test_lines_of_small_type_stay_apart():
    runs = [made_run("上", 20, 100, size=6), made_run("下", 20, 107, size=6)]
    assert [line.glyphs for line in group_lines(runs)] == ["上", "下"]
    raised = [made_run("一", 20, 100), made_run("註", 32, 96, size=12)]
    assert [line.glyphs for line in group_lines(raised)] == ["一註"]


def turned(texts, left, top, turn):
    """Set a column of glyphs, one below the other; read upwards where it turns 270."""
    step = -12 if turn == 270 else 12
    return [
        replace(made_run(char, left, top + step * at), turn=turn) for at, char in enumerate(texts)
    ]


def test_text_that_runs_down_is_read_from_the_right_column_to_the_left():
    runs = [*turned("服務", 20, 100, 90), *turned("執行策略", 36, 100, 90)]
    assert [line.glyphs for line in group_lines(runs)] == ["執行策略", "服務"]


def test_text_that_runs_up_is_read_from_the_left_column_to_the_right():
    runs = [*turned("服務", 36, 160, 270), *turned("執行策略", 20, 160, 270)]
    assert [line.glyphs for line in group_lines(runs)] == ["執行策略", "服務"]


def test_upright_lines_stand_around_turned_text():
    runs = [made_run("上", 20, 80), made_run("下", 20, 160), *turned("面向", 20, 100, 90)]
    assert [line.glyphs for line in group_lines(runs)] == ["上", "面向", "下"]


def open_sheet(closed=False):
    """Draw a table that its page's end leaves open (or closed), with a label a glyph a line."""
    sheet = Sheet()
    for x in XS:
        sheet.down(x, 100, 160)
    for y in (100, 130, *((160,) if closed else ())):
        sheet.across(y, XS[0], XS[-1])
    sheet.write("服", 60, 134)
    sheet.write("一致及正確性", 116, 134)
    return sheet


def hanging(sheet):
    blocks = find_page_tables(sheet.page())
    return [line.glyphs for line in blocks.lines], blocks.tables[0]


def test_a_glyph_right_below_an_open_end_belongs_to_the_cell_above():
    sheet = open_sheet()
    sheet.write("務", 60, 161)
    outside, table = hanging(sheet)
    assert outside == []
    assert [line.glyphs for line in table.lines[2]] == ["服", "務"]
    assert table.box.bottom >= table.lines[2][-1].bottom


@pytest.mark.parametrize(
    ("closed", "text", "left", "top", "below"),
    [
        (True, "務", 60, 161, ""),
        (False, "務", 60, 180, ""),
        (False, "伍、實施步驟", 50, 161, ""),
        (False, "務", 60, 161, "本計畫奉核後實施"),
    ],
)
def test_other_text_below_a_table_stays_outside(closed, text, left, top, below):
    sheet = open_sheet(closed=closed)
    sheet.write(text, left, top)
    if below:
        sheet.write(below, 50, top + 16)
    outside, _ = hanging(sheet)
    assert outside == [text, *([below] if below else [])]


def drawn_by_column(columns):
    """Set glyphs one by one, from the left column to the right; (text, first row) per column."""
    found: list[Run] = []
    for at, (text, row) in enumerate(columns):
        for step, char in enumerate(text):
            found.append(made_run(char, 20 + 14 * at, 100 + 14 * (row + step), first=len(found)))
    return found


def test_glyphs_drawn_column_by_column_may_still_be_level_lines():
    """Its first line is a number alone: 一 over 顧客 over 關係 over 經營."""
    assert vertical_lines(drawn_by_column([("一顧關經", 0), ("客係營", 1)])) is None
    lines = vertical_lines(drawn_by_column([("與回應", 0), ("顧客抱怨", 0)]))
    assert lines is not None
    assert [line.glyphs for line in lines] == ["顧客抱怨", "與回應"]


def test_a_page_that_one_row_fills_open_above_and_below_is_a_table():
    sheet = Sheet()
    xs = (50, 110, 250, 300)
    for x in xs:
        sheet.down(x, 60, 540)
    for text, x in zip(("面向", "定期召開會議", "業務組"), xs, strict=False):
        sheet.write(text, x + 3, 100)
    assert texts(sheet) == ["面向", "定期召開會議", "業務組"]
