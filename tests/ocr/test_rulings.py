"""Rulings out of pictures: where they were drawn, whatever the scan does to them."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.model.page import Axis, Origin
from planparse.ocr.picture import PagePicture, find_ink, find_turn, level_paper, turn_picture
from planparse.ocr.rulings import find_rulings
from tests.ocr.pictures import SCALE, picture_of, scanned, table_page

XS, YS = (60, 200, 420, 535), (100, 160, 220, 280)
CELLS = [["服務一致及正確性", "提升申辦案件的處理效率", "業務組"]] * 3


def rulings_of(picture):
    grey = level_paper(picture.pixels)
    found = find_rulings(find_ink(grey), picture.scale, grey).rulings
    lines = {axis: [line for line in found if line.axis is axis] for axis in Axis}
    return [
        sorted(lines[axis], key=lambda line: line.position)
        for axis in (Axis.VERTICAL, Axis.HORIZONTAL)
    ]


def positions(lines):
    return [line.position for line in lines]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_scanned_table_gives_its_rulings(dpi):
    vertical, horizontal = rulings_of(scanned(picture_of(table_page(CELLS), dpi)))
    assert positions(vertical) == pytest.approx(XS, abs=0.5)
    assert positions(horizontal) == pytest.approx(YS, abs=0.5)
    for line in vertical:
        assert (line.start, line.end) == pytest.approx((100, 280), abs=0.6)
        assert line.origin is Origin.OCR


@pytest.mark.parametrize("turn", [-1.0, -0.3, 0.6, 1.0])
def test_a_turned_scan_is_turned_back(turn):
    askew = scanned(picture_of(table_page(CELLS)), turn)
    found = find_turn(find_ink(level_paper(askew.pixels)))
    assert found == pytest.approx(-turn, abs=0.06)
    vertical, horizontal = rulings_of(turn_picture(askew, found))
    assert positions(vertical) == pytest.approx(XS, abs=1.0)
    assert positions(horizontal) == pytest.approx(YS, abs=1.0)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(30, 110), min_size=2, max_size=6),
    st.lists(st.integers(22, 90), min_size=2, max_size=7),
)
def test_any_grid_comes_back(widths, heights):
    xs = 40 + np.cumsum([0, *widths])
    ys = 60 + np.cumsum([0, *heights])
    pixels = np.full((2200, 2000), 255, np.uint8)
    for x in xs:
        cv2.line(pixels, at(x, ys[0]), at(x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(pixels, at(xs[0], y), at(xs[-1], y), 0, 2)
    vertical, horizontal = rulings_of(PagePicture(pixels, SCALE))
    assert positions(vertical) == pytest.approx(list(xs), abs=0.7)
    assert positions(horizontal) == pytest.approx(list(ys), abs=0.7)


def at(x, y):
    return round(x * SCALE), round(y * SCALE)


def test_writing_alone_has_no_rulings():
    page = table_page([])
    for line in range(30):
        page[0].insert_text((60, 120 + 20 * line), "一二三十王申田由甲" * 4, fontname="china-t")
    assert rulings_of(scanned(picture_of(page))) == [[], []]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_double_rulings_are_one_each(dpi):
    page = table_page([])
    for off in (-0.9, 0.9):
        for x in XS:
            page[0].draw_line((x + off, 100), (x + off, 280), width=0.4)
        for y in YS:
            page[0].draw_line((60, y + off), (535, y + off), width=0.4)
    vertical, horizontal = rulings_of(scanned(picture_of(page, dpi)))
    assert positions(vertical) == pytest.approx(XS, abs=0.6)
    assert positions(horizontal) == pytest.approx(YS, abs=0.6)


def test_a_dashed_table_is_found_and_writing_in_a_column_is_not():
    page = table_page([])
    shape = page[0].new_shape()
    for x in XS:
        shape.draw_line((x, 100), (x, 280))
    for y in YS:
        shape.draw_line((60, y), (535, y))
    shape.finish(width=0.7, dashes="[3 1.5] 0")
    shape.commit()
    for row in range(3):
        for line in range(3):
            place = (205, 117 + 60 * row + 16 * line)
            page[0].insert_text(place, "申請川中十申請川中", fontname="china-t", fontsize=13)
    vertical, horizontal = rulings_of(scanned(picture_of(page)))
    assert positions(vertical) == pytest.approx(XS, abs=1.0)
    assert positions(horizontal) == pytest.approx(YS, abs=1.0)


def test_a_short_dashed_line_between_two_rulings_is_found():
    page = table_page([["服務", "提升", "業務組"]], row=36)
    shape = page[0].new_shape()
    shape.draw_line((300, 100), (300, 136))
    shape.finish(width=0.6, dashes="[3 1.5] 0")
    shape.commit()
    vertical, _ = rulings_of(scanned(picture_of(page)))
    assert positions(vertical) == pytest.approx([60, 200, 300, 420, 535], abs=0.7)


def test_an_underlined_word_is_no_ruling():
    page = table_page(CELLS)
    page[0].draw_line((300, 600), (350, 600), width=0.7)
    _, horizontal = rulings_of(picture_of(page))
    assert len(horizontal) == 4


def test_a_dashed_line_that_ends_in_the_air_beside_others_is_found():
    page = table_page([])
    shape = page[0].new_shape()
    for x in XS:
        shape.draw_line((x, 100), (x, 200))
    for y in (100, 160):
        shape.draw_line((60, y), (535, y))
    shape.draw_line((300, 160), (300, 200))
    shape.finish(width=0.7, dashes="[3 2.5] 0")
    shape.commit()
    vertical, _ = rulings_of(scanned(picture_of(page)))
    assert positions(vertical) == pytest.approx([60, 200, 300, 420, 535], abs=1)


def faded(level, top=132, bottom=152, x=200):
    """Return a scanned table in which a part of one ruling has a grey of ``level``."""
    page = table_page(CELLS)
    picture = picture_of(page)
    (left, high), (right, low) = at(x - 1.5, top), at(x + 1.5, bottom)
    picture.pixels[high:low, left:right] = 255
    picture.pixels[high:low, round(x * SCALE)] = level
    return scanned(picture, noise=6)


def test_a_ruling_goes_on_where_it_is_too_pale_for_ink():
    vertical, _ = rulings_of(faded(242))
    assert len([one for one in vertical if abs(one.position - 200) < 1]) == 1


def test_a_ruling_with_a_white_gap_that_ends_in_the_air_is_one():
    """A ruling ends at rulings: a copy lost what lies between."""
    vertical, _ = rulings_of(faded(255))
    assert len([one for one in vertical if abs(one.position - 200) < 1]) == 1


def test_a_ruling_is_not_cut_where_a_table_has_no_border_on_its_side():
    page = table_page([["", "提升", "業務組"]] * 3, xs=(60, 95, 420, 535))
    page[0].draw_rect((59, 101, 61, 279), color=(1, 1, 1), fill=(1, 1, 1))
    picture = picture_of(page)
    _, horizontal = rulings_of(scanned(picture))
    assert [line.start for line in horizontal] == pytest.approx([60] * 4, abs=2)


def test_what_is_left_of_a_second_stroke_is_no_writing():
    picture = picture_of(table_page(CELLS))
    ink = np.where(picture.pixels < 128, 255, 0).astype(np.uint8)
    for x in range(80, 190, 9):
        left, y = at(x, 98.2)
        ink[y, left : left + 12] = 255
    found = find_rulings(ink, SCALE)
    left_over = np.where(found.pixels > 0, 0, ink)[at(0, 97)[1] : at(0, 103)[1]]
    assert not left_over[:, at(75, 0)[0] : at(195, 0)[0]].any()
    one = ink.copy()
    one[at(0, 97)[1] : at(0, 99)[1]] = 0
    left, y = at(120, 97.6)
    one[y, left : left + 25] = 255
    assert np.where(find_rulings(one, SCALE).pixels > 0, 0, one)[y].any()


def _grid(gap):
    """Draw two columns with the middle ruling missing in the rows ``gap``, in pixels."""
    ink = np.zeros((500, 500), np.uint8)
    for across in (40, 250, 330, 460):
        ink[across : across + 3, 40:463] = 255
    for across in (40, 250, 460):
        ink[40:463, across : across + 3] = 255
    ink[slice(*gap), 250:253] = 0
    found = find_rulings(ink, 2.78).rulings
    return [one for one in found if one.axis is Axis.VERTICAL and abs(one.position - 90.5) < 1]


def test_a_break_that_ends_in_the_air_is_mended_and_a_merged_cell_stays_open():
    (mended,) = _grid((150, 205))
    assert mended.end - mended.start > 145
    assert len(_grid((253, 330))) == 2
