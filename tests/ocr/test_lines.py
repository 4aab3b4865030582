"""Lines of writing: a line a line, cell by cell, and nothing that is no writing."""

import cv2
import numpy as np
import pytest

from planparse.ocr.lines import find_lines, find_writing, without_edges
from planparse.ocr.picture import (
    PagePicture,
    find_ink,
    find_turn,
    level_paper,
    turn_picture,
    without_watermark,
)
from planparse.ocr.rulings import find_rulings
from tests.ocr.pictures import picture_of, scanned, table_page

CELLS = [
    ["(一)\n服務一致\n及正確性", "(1)提升申辦案件的處理效率\n確保於處理時限內完成。", "業務組"],
    ["二、\n服務遞送", "提供多元的繳費措施\n。", "電費組\n業務組"],
]
LINES = 1 + 3 + 2 + 1 + 2 + 2 + 2


def lines_of(picture):
    turn = find_turn(without_edges(find_ink(level_paper(picture.pixels))))
    picture = turn_picture(picture, turn)
    ink = find_ink(level_paper(picture.pixels))
    rulings = find_rulings(ink, picture.scale)
    writing = find_writing(ink, rulings.pixels, picture.scale)
    return find_lines(writing, rulings.walls, picture.scale)


def within(line, left, right, scale):
    return left <= line.left / scale and line.right / scale <= right


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_each_line_of_each_cell_is_one_line(dpi):
    lines = lines_of(scanned(picture_of(table_page(CELLS), dpi), 0.7))
    assert len(lines) == LINES
    assert len({line.region for line in lines}) == 7


def test_no_line_crosses_a_column():
    picture = picture_of(table_page(CELLS))
    for line in lines_of(picture)[1:]:
        columns = [
            within(line, *edges, picture.scale) for edges in ((60, 200), (200, 420), (420, 535))
        ]
        assert sum(columns) == 1


def test_a_table_without_its_lower_border_keeps_its_columns_apart():
    full = ["服務一致及正確性維", "提升申辦案件的處理效率確保於處理", "業務組電費組設計"]
    lines = lines_of(scanned(picture_of(table_page([CELLS[0], full], closed=False))))
    assert len(lines) == 1 + 3 + 2 + 1 + 3
    assert len({line.region for line in lines}) == 7


def test_strokes_of_two_and_three_are_one_line():
    lines = lines_of(picture_of(table_page([["二、", "三、", "一、"]])))
    assert len(lines) == 4
    heights = [line.em for line in lines[1:]]
    assert max(heights) < 1.3 * min(heights)


def test_a_lone_full_stop_is_given_the_height_of_a_line():
    lines = lines_of(picture_of(table_page(CELLS)))
    stop = min(lines, key=lambda line: line.right - line.left)
    usual = np.median([line.em for line in lines])
    assert stop.right - stop.left < 0.5 * usual
    assert stop.em == pytest.approx(usual, rel=0.2)


def test_tight_lines_are_parted():
    page = table_page([])
    for line in range(20):
        page[0].insert_text(
            (60, 120 + 12.2 * line), "國家發展委員會電費組辦理" * 3, fontname="china-t", fontsize=12
        )
    assert len(lines_of(scanned(picture_of(page)))) == 21


def test_shadow_of_the_lid_holes_and_dust_are_no_lines():
    picture = scanned(picture_of(table_page(CELLS)), 0.6)
    pixels = picture.pixels
    pixels[:, :20] = 25
    pixels[:12] = 35
    for y in (600, 1700):
        cv2.circle(pixels, (70, y), 22, 20, -1)
    for x, y in np.random.default_rng(1).integers(200, 1600, (40, 2)):
        pixels[y, x] = 0
    assert len(lines_of(PagePicture(pixels, picture.scale))) == LINES


def unmarked(picture):
    """Return a picture's pixels without its watermark."""
    return without_watermark(picture.pixels, level_paper(picture.pixels), picture.scale)


def test_a_watermark_goes_and_the_writing_over_it_stays():
    picture = picture_of(table_page(CELLS))
    mark = np.full(picture.pixels.shape, 255, np.uint8)
    for x in (300, 800, 1100):
        cv2.putText(mark, "X", (x, 800), cv2.FONT_HERSHEY_SIMPLEX, 16, 200, 45)
    pale = scanned(PagePicture(np.minimum(picture.pixels, mark), picture.scale), 0.4)
    cleaned = PagePicture(unmarked(pale), pale.scale)
    assert len(lines_of(cleaned)) == LINES
    assert len(lines_of(pale)) != LINES


def test_a_page_without_a_watermark_is_left_as_it_is():
    picture = scanned(picture_of(table_page(CELLS)))
    assert unmarked(picture) is picture.pixels


def test_a_piece_of_the_watermark_at_the_edge_goes_too_and_a_grey_bar_without_one_stays():
    picture = picture_of(table_page(CELLS))
    mark = np.full(picture.pixels.shape, 255, np.uint8)
    cv2.rectangle(mark, (1300, 0), (1340, 30), 200, -1)
    alone = PagePicture(np.minimum(picture.pixels, mark), picture.scale)
    assert unmarked(alone) is alone.pixels
    for x in (300, 800):
        cv2.putText(mark, "X", (x, 800), cv2.FONT_HERSHEY_SIMPLEX, 16, 200, 45)
    pale = scanned(PagePicture(np.minimum(picture.pixels, mark), picture.scale))
    assert unmarked(pale)[5:25, 1305:1335].min() > 225


def test_one_and_a_point_alone_on_a_line_stand_in_their_em_square():
    for texts in (["一、", "一、服務"], ["一", "一服務"]):
        low, whole = lines_of(picture_of(table_page([texts])))[1:3]
        assert low.top == pytest.approx(whole.top, abs=0.12 * whole.em)


def test_pale_writing_is_found():
    pale = scanned(picture_of(table_page(CELLS)), ink=140, paper=215)
    assert len(lines_of(pale)) == LINES


def test_an_almost_empty_page_has_its_line_only():
    page = scanned(picture_of(table_page([])), noise=12)
    assert len(lines_of(page)) == 1


def test_a_page_full_of_small_writing_loses_none_of_it_at_150_dpi():
    page = table_page([])
    for line in range(60):
        page[0].insert_text(
            (20, 100 + 12 * line), "憲警體權響彎籲" * 8, fontname="china-t", fontsize=9.5
        )
    clean = picture_of(page, 150)
    drawn = find_ink(clean.pixels) > 0
    found = find_ink(level_paper(scanned(clean, noise=4).pixels)) > 0
    assert (found & drawn).sum() > 0.95 * drawn.sum()
    assert len(lines_of(scanned(clean, noise=4))) == 61


def test_a_dot_that_a_ruling_left_is_no_stroke_of_the_line_below():
    """一 with it would be as high as 二 and be read as one."""
    ink = np.zeros((200, 300), np.uint8)
    rulings = np.zeros_like(ink)
    rulings[40:44, 20:280] = 255
    ink[44:47, 60:61] = 255
    ink[78:82, 60:90] = 255
    writing = find_writing(ink, rulings, 2.78)
    assert not writing[:70].any()
    assert writing[78:82, 60:90].all()
    ink[52:55, 60:61] = 255
    ink[45:60, 64:76] = 255
    assert find_writing(ink, rulings, 2.78)[52:55, 60].all()


def test_the_smallest_blobs_are_points_beside_writing_and_dirt_elsewhere():
    ink = np.zeros((200, 300), np.uint8)
    ink[50:80, 40:70] = ink[74:78, 76:80] = ink[150:154, 200:204] = 255
    writing = find_writing(ink, np.zeros_like(ink), 2.78)
    assert writing[74:78, 76:80].all()
    assert not writing[140:].any()
