"""Ink that is not the plan's: what is taken out, and what of the plan's stays."""

import numpy as np

from planparse.ocr.foreign_ink import without_colours, without_grounds, without_streaks
from planparse.ocr.picture import level_paper

SCALE = 2.78
RED, BLUE, BLACK = (200, 30, 40), (30, 60, 150), (20, 20, 20)


def page(high=600, wide=500):
    return np.full((high, wide, 3), 245, np.uint8)


def frame(pixels, top, left, side, colour, stroke=6):
    pixels[top : top + side, left : left + side] = colour
    inner = slice(top + stroke, top + side - stroke), slice(left + stroke, left + side - stroke)
    pixels[inner] = 245


def test_a_stamp_and_its_characters_go_and_the_writing_below_stays():
    pixels = page()
    frame(pixels, 100, 100, 160, RED)
    pixels[150:180, 150:165] = RED
    pixels[200:220, 130:150] = BLACK
    grey = without_colours(pixels, SCALE)
    assert grey[100:106, 110:250].min() > 200
    assert grey[155:175, 152:162].min() > 200
    assert grey[203:217, 133:147].max() < 80


def test_a_highlighter_leaves_the_writing_that_it_marks():
    pixels = page()
    pixels[100:140, 50:300] = (255, 240, 60)
    pixels[110:130, 80:84] = BLACK
    grey = without_colours(pixels, SCALE)
    assert grey[105:135, 120:280].min() > 220
    assert grey[112:128, 81:83].max() < 80


def test_coloured_writing_and_coloured_rulings_stay():
    pixels = page()
    pixels[100:130, 50:54] = pixels[100:104, 50:80] = RED
    pixels[300:304, 20:480] = BLUE
    grey = without_colours(pixels, SCALE)
    assert grey[105:125, 51:53].max() < 130
    assert grey[301:303, 30:470].max() < 130


def test_a_streak_goes_and_a_ruling_that_ends_on_the_page_stays():
    pixels = page()[:, :, 0]
    pixels[:, 200:202] = 190
    pixels[40:560, 300:302] = 20
    pixels[100:120, 195:210] = 20
    clean = without_streaks(pixels, SCALE)
    assert clean[200:500, 198:204].min() > 230
    assert clean[100:120, 196:209].max() < 60
    assert clean[60:540, 300:302].max() < 60


def test_a_black_streak_goes_and_a_border_of_the_page_is_no_streak():
    pixels = page()[:, :, 0]
    pixels[:, 200:203] = 10
    pixels[:, :60] = 10
    clean = without_streaks(pixels, SCALE)
    assert clean[:, 198:205].min() > 230
    assert clean[:, :50].max() < 60


def test_white_letters_on_a_dark_ground_become_black_on_white():
    pixels = page()[:, :, 0]
    pixels[100:160, 50:350] = 70
    pixels[120:140, 90:94] = 250
    clean = without_grounds(pixels, level_paper(pixels), SCALE)
    assert clean[110:115, 60:340].min() > 230
    assert clean[122:138, 91:93].max() < 60
    assert clean[100:101, 60:340].max() < 60


def test_black_writing_and_pale_shading_are_no_ground():
    pixels = page()[:, :, 0]
    pixels[100:160, 50:350] = 215
    pixels[120:140, 90:98] = 20
    assert (without_grounds(pixels, level_paper(pixels), SCALE) == pixels).all()
