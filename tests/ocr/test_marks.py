"""Marks of a list that the engine did not see, or took for something like them."""

import numpy as np

from planparse.ocr.glyph_boxes import BoxedLine
from planparse.ocr.glyph_candidates import Candidate, CandidateLine
from planparse.ocr.lines import LineBox
from planparse.ocr.missed_glyphs import read_marks
from planparse.ocr.recognition import Crop

EM, LEFT = 30, 50
MARK_WIDE = 20


def ink_of(shapes):
    """Draw what stands at each line's start: a full square, an empty one, or nothing."""
    ink = np.zeros((60 * len(shapes), 400), np.uint8)
    for at, shape in enumerate(shapes):
        top = 60 * at + 5
        if shape:
            ink[top : top + MARK_WIDE, LEFT : LEFT + MARK_WIDE] = 255
        if shape == "□":
            ink[top + 4 : top + 16, LEFT + 4 : LEFT + 16] = 0
    return ink


def line_at(at, text, *, unread=False, chance=0.9, alternatives=()):
    """Return a line; where its mark is ``unread`` its text begins further right."""
    top = 60 * at
    glyphs: list[Candidate] = []
    x = LEFT + (40 if unread else 0)
    for char in text:
        wide = MARK_WIDE if not glyphs and not unread else EM
        given = chance if not glyphs else 0.99
        own = ((char, given), *(alternatives if not glyphs else ()))
        glyphs.append(Candidate(char, char, given, own, x, x + wide, top + 5, top + 5 + MARK_WIDE))
        x += 40
    box = LineBox(LEFT, x, top, top + EM, top, top + EM)
    crop = Crop(np.zeros((48, 100), np.uint8), box, 1.0, LEFT)
    left_over = ((float(LEFT), float(LEFT + MARK_WIDE)),) if unread else ()
    return CandidateLine(tuple(glyphs), (), top, top + EM, 1), BoxedLine(crop, (), (), left_over)


def read(ink, *pairs):
    lines, boxed = read_marks([line for line, _ in pairs], [one for _, one in pairs], ink)
    return [line.text for line in lines], lines, boxed


def test_ink_like_the_mark_of_another_line_is_that_mark():
    pairs = line_at(0, "■宣導"), line_at(1, "查核", unread=True)
    texts, lines, boxed = read(ink_of("■■"), *pairs)
    assert texts == ["■宣導", "■查核"]
    assert [(became, rule) for _, became, rule in lines[1].repairs] == [("■查", "list-mark")]
    assert lines[1].glyphs[0].chance == 0.5
    assert boxed[1].unread == ()


def test_ink_of_another_shape_or_without_such_a_mark_stays_unread():
    pairs = line_at(0, "■宣導"), line_at(1, "查核", unread=True)
    texts, _, boxed = read(ink_of("■□"), *pairs)
    assert texts == ["■宣導", "查核"]
    assert boxed[1].unread
    alone = line_at(0, "宣導"), line_at(1, "查核", unread=True)
    assert read(ink_of(" ■"), *alone)[0] == ["宣導", "查核"]


def test_a_sign_in_doubt_is_the_mark_that_it_may_be():
    doubted = line_at(1, "②查核", chance=0.1, alternatives=(("◎", 0.07),))
    assert read(ink_of("□□"), line_at(0, "◎宣導"), doubted)[0][1] == "◎查核"


def test_a_sign_that_was_read_well_or_is_no_rival_stays():
    first = line_at(0, "◎宣導")
    sure = line_at(1, "②查核", chance=0.8, alternatives=(("◎", 0.2),))
    assert read(ink_of("□□"), first, sure)[0][1] == "②查核"
    other = line_at(1, "回查核", chance=0.1, alternatives=(("◎", 0.001),))
    assert read(ink_of("□□"), first, other)[0][1] == "回查核"
