"""A framed text over a table is a stamp: its frame borders no cell, its text is in none."""

import pytest

from planparse.model.page import DropReason
from planparse.pdf.stamps import without_stamps
from tests.hand_made import Sheet

XS = (50, 150, 350)
YS = (100, 140, 180)
CELLS = [["簡政便民", "主動到府協助"], ["公平待客", "定期拜訪用戶說明各項措施"]]


def framed(sheet, left, top, right, bottom):
    for y in (top, bottom):
        sheet.across(y, left, right)
    for x in (left, right):
        sheet.down(x, top, bottom)


def table():
    sheet = Sheet()
    sheet.grid(XS, YS, CELLS)
    return sheet


def read(sheet):
    kept, dropped, rulings = without_stamps(list(sheet.runs), list(sheet.rulings))
    assert all(one.reason is DropReason.ANNOTATION for one in dropped)
    assert len(kept) + len(dropped) == len(sheet.runs)
    return "／".join(one.run.text for one in dropped), len(sheet.rulings) - len(rulings)


@pytest.mark.parametrize(
    ("left", "top"),
    [(120, 120), (230, 134), (151, 120), (180, 150)],
    ids=["over-both", "over-a-row", "beside-a-border", "over-text"],
)
def test_a_framed_text_over_a_table_is_a_stamp(left, top):
    sheet = table()
    framed(sheet, left, top, left + 44, top + 28)
    sheet.write("正本", left + 6, top + 6, 16)
    assert read(sheet) == ("正本", 4)


def test_a_double_frame_goes_whole():
    sheet = table()
    framed(sheet, 120, 120, 168, 152)
    framed(sheet, 122, 122, 166, 150)
    sheet.write("正本", 128, 128, 16)
    assert read(sheet) == ("正本", 8)


def test_a_frame_around_text_of_the_table_takes_none_of_it():
    sheet = table()
    framed(sheet, 120, 120, 200, 170)
    assert read(sheet) == ("", 0)


def test_a_cell_drawn_as_a_rectangle_is_none():
    """Cells share their sides, even where a text is set over a border."""
    sheet = Sheet()
    for left, right in ((50, 94), (94, 138)):
        for top in (100, 128):
            framed(sheet, left, top, right, top + 28)
            sheet.write("正本", left + 6, top + 6, 16)
    sheet.write("超出欄寬的文字", 56, 106)
    assert read(sheet) == ("", 0)


def test_a_box_that_stands_apart_is_none():
    """Cells of a table with gaps, and a full stop that hangs over one's side."""
    sheet = Sheet()
    framed(sheet, 50, 100, 98, 128)
    framed(sheet, 104, 100, 150, 128)
    sheet.write("即時辦理。", 53, 108, 10)
    sheet.write("正本", 110, 106, 16)
    assert read(sheet) == ("", 0)
