"""From the recogniser's steps to glyphs, and from glyphs to places on the page."""

import numpy as np
import pytest

from planparse.ocr.engine import decode
from planparse.ocr.glyph_boxes import box_glyphs
from planparse.ocr.lines import LineBox
from planparse.ocr.missed_glyphs import read_words_again
from planparse.ocr.recognition import STEP, Crop, Glyph, Recognition, cut_line

ALPHABET = ["", "甲", "乙", "丙", "丁", "戊", "己", "庚"]


def steps(*best):
    """Return chances per step: 0.9 for the named character, the rest for the next one."""
    chances = np.zeros((len(best), len(ALPHABET)), np.float32)
    for at, char in enumerate(best):
        index = ALPHABET.index(char)
        chances[at, index] = 0.9
        chances[at, (index + 1) % len(ALPHABET)] += 0.1
    return chances


def test_repeated_steps_are_one_glyph_and_white_parts_two():
    recognition = decode(steps("甲", "甲", "", "甲", "乙", ""), ALPHABET)
    read = [
        (glyph.text, glyph.start, glyph.stop) for glyph in recognition.glyphs if not glyph.faint
    ]
    assert read == [("甲", 0, 2), ("甲", 3, 4), ("乙", 4, 5)]
    assert recognition.text == "甲甲乙"
    assert recognition.glyphs[0].alternatives == (("甲", 0.9), ("乙", 0.1))


def test_what_white_beat_is_kept_as_faint():
    recognition = decode(steps("", ""), ALPHABET)
    assert [glyph.faint for glyph in recognition.glyphs] == [True]
    assert recognition.text == ""
    assert decode(np.eye(8, dtype=np.float32)[[0, 0]], ALPHABET).glyphs == ()


def line(ink_at, wide=200):
    """Draw a line of 20 pixels' height with ink in these columns of the page."""
    ink = np.zeros((40, wide), np.uint8)
    for left, right in ink_at:
        ink[10:30, left:right] = 255
    box = LineBox(ink_at[0][0], ink_at[-1][1], 10.0, 30.0, 10, 30)
    return ink, Crop(np.full((48, wide * 2), 255, np.uint8), box, 2.0, 0.0)


def glyph(char, middle, faint=False, chance=0.9):
    """Make a glyph whose middle is at this pixel of the page (two pixels of the crop each)."""
    at = int(middle * 2 / STEP)
    return Glyph(at, at + 1, at, ((char, chance),), faint)


def test_glyphs_take_the_ink_that_is_nearest():
    ink, crop = line([(20, 27), (29, 38), (42, 60)])
    boxed = box_glyphs(Recognition((glyph("辦", 30), glyph("理", 50))), crop, ink)
    assert [(one.left, one.right) for one in boxed.glyphs] == [(20, 38), (42, 60)]
    assert boxed.unread == ()


def test_ink_without_a_glyph_is_unread_and_a_faint_one_takes_it():
    ink, crop = line([(20, 38), (42, 60), (64, 82)])
    read = (glyph("百", 30), glyph("以", 72))
    assert box_glyphs(Recognition(read), crop, ink).unread == ((42.0, 60.0),)
    boxed = box_glyphs(Recognition((*read, glyph("瓩", 50, faint=True, chance=0.1))), crop, ink)
    assert "".join(one.glyph.text for one in boxed.glyphs) == "百瓩以"
    assert boxed.unread == ()


def test_a_dropped_thin_letter_is_unread():
    ink, crop = line([(20, 30), (35, 37)])
    assert box_glyphs(Recognition((glyph("A", 25),)), crop, ink).unread == ((35.0, 37.0),)


def test_a_faint_trace_of_a_glyph_is_not_read_twice():
    ink, crop = line([(20, 24), (34, 52)])
    echo = (glyph("I", 27, faint=True), glyph("I", 30), glyph("一", 43))
    boxed = box_glyphs(Recognition(echo), crop, ink)
    assert "".join(one.glyph.text for one in boxed.glyphs) == "I一"
    assert (boxed.glyphs[0].left, boxed.glyphs[0].right) == (20, 24)
    assert boxed.unread == ()


def test_white_between_words_is_an_offset():
    ink, crop = line([(20, 30), (45, 55)])
    recognition = Recognition((glyph("A", 25), glyph(" ", 37), glyph("B", 50)))
    boxed = box_glyphs(recognition, crop, ink)
    assert boxed.spaces == (1,)
    assert len(boxed.glyphs) == 2


def test_a_line_is_cut_at_one_height_and_leads_back_to_the_page():
    pixels = np.full((300, 600), 255, np.uint8)
    pixels[100:150, 200:210] = 0
    crop = cut_line(pixels, LineBox(200, 400, 95.0, 155.0, 100, 150))
    assert crop.pixels.shape[0] == 48
    assert crop.scale == pytest.approx(36 / 60)
    dark = np.flatnonzero((crop.pixels < 128).any(axis=0))
    assert crop.left + (dark[0] + dark[-1] + 1) / 2 / crop.scale == pytest.approx(205, abs=1.0)


class Rereader:
    """Answers every word with the same letters."""

    name = "rereader"

    def __init__(self, text, chance=0.95):
        self.text, self.chance = text, chance

    def read(self, crops):
        return [
            Recognition(
                tuple(
                    Glyph(2 * at, 2 * at + 1, 2 * at, ((char, self.chance),))
                    for at, char in enumerate(self.text)
                )
            )
            for _ in crops
        ]


@pytest.mark.parametrize(
    ("again", "chance", "became"),
    [
        ("AMI", 0.95, "甲AMI乙"),
        ("AMI", 0.7, "甲AM乙"),
        ("AXIO", 0.95, "甲AM乙"),
        ("AM", 1, "甲AM乙"),
    ],
)
def test_a_second_look_adds_letters_that_it_is_sure_of(again, chance, became):
    ink, crop = line([(20, 38), (42, 50), (52, 64), (70, 88)])
    first = box_glyphs(
        Recognition((glyph("甲", 29), glyph("A", 46), glyph("M", 57), glyph("乙", 79))), crop, ink
    )
    pixels = np.where(ink > 0, 0, 255).astype(np.uint8)
    found = read_words_again([first], pixels, ink, Rereader(again, chance))[0]
    assert "".join(one.glyph.text for one in found.glyphs) == became
