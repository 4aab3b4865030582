"""Font sizes of a scan's lines: known from the Han characters, and alike where type is alike."""

from dataclasses import replace

from planparse.ocr.glyph_candidates import to_runs
from tests.ocr.candidates_for_tests import EM, line_of

BODY = "提升服務效能執行計畫"


def scaled(text, times, em=1.0):
    """Return a line whose characters are so many times as high, its line box ``em`` times."""
    line = line_of(text)
    glyphs = tuple(replace(one, bottom=one.bottom * times) for one in line.glyphs)
    return replace(line, glyphs=glyphs, bottom=EM * em)


def sizes(*lines):
    return [run.font_size for run in to_runs(lines, 1, 0, 1.0)]


def test_a_line_with_higher_brackets_has_the_size_of_the_others():
    assert len(set(sizes(*[scaled(BODY, 1)] * 5, scaled(BODY, 1, em=1.3)))) == 1


def test_two_lines_of_a_title_have_one_size_though_a_pixel_differs():
    body, one, two = sizes(*[scaled(BODY * 3, 1)] * 5, scaled(BODY, 1.4), scaled(BODY, 1.45))[-3:]
    assert one == two
    assert one > 1.3 * body


def test_a_smaller_running_header_keeps_its_size():
    *_, body, header = sizes(*[scaled(BODY * 3, 1)] * 5, scaled(BODY, 0.75))
    assert header < 0.8 * body
