"""Pages printed sideways without /Rotate are turned once; boxes lead back to what is displayed."""

import pytest

from planparse.model.page import Axis
from planparse.pdf.upright import upright
from tests.pdf.made_pdf import HEIGHT, WIDTH, line, page_of, text

# Draws what follows turned by a quarter, to the left or to the right, about the page's corner.
LEFT = f"q 0 1 -1 0 {HEIGHT} 0 cm"
RIGHT = f"q 0 -1 1 0 0 {HEIGHT} cm"
CONTENT = [text("提升服務效能", 20, 40), text("執行 plan 計畫", 30, 90), line(20, 100, 120, 100)]


def sideways(turned, *more):
    return page_of(turned, *CONTENT, "Q", *more)


def texts(page):
    return [run.text for run in page.runs]


@pytest.mark.parametrize("turned", [LEFT, RIGHT])
def test_glyphs_read_to_the_right_again(turned):
    page = upright(sideways(turned))
    assert texts(page) == ["提升服務效能", "執行plan計畫"]
    assert [run.turn for run in page.runs] == [0, 0]
    assert page.runs[1].spaces == (2, 6)
    assert all(run.lefts == tuple(sorted(run.lefts)) for run in page.runs)
    assert (page.width, page.height) == (HEIGHT, WIDTH)
    (ruling,) = page.rulings or ()
    assert ruling.axis is Axis.HORIZONTAL
    assert ruling.end - ruling.start == pytest.approx(100, abs=1)
    assert page.runs[1].bottom < ruling.position < page.runs[1].bottom + 12


@pytest.mark.parametrize("turned", [LEFT, RIGHT])
def test_boxes_lead_back_to_the_page_as_displayed(turned):
    before = sideways(turned)
    page = upright(before)
    back = page.displayed(page.runs[0].box)
    glyphs = before.runs[:6]
    assert (back.left, back.right) == pytest.approx(
        (min(run.left for run in glyphs), max(run.right for run in glyphs)), abs=0.02
    )
    assert (back.top, back.bottom) == pytest.approx(
        (min(run.top for run in glyphs), max(run.bottom for run in glyphs)), abs=0.02
    )


def test_every_glyph_keeps_its_ordinal():
    page = upright(sideways(LEFT, text("3", 150, 190)))
    ordinals = [run.first + at for run in page.runs for at in range(len(run.text))]
    assert ordinals == list(range(page.glyph_count))
    assert page.runs[-1].turn == 90  # the page number stands level on the page as displayed


def test_a_turned_heading_does_not_turn_the_page():
    page = page_of(text("提升服務效能執行計畫", 20, 40), LEFT, text("面向", 20, 60), "Q")
    assert upright(page) is page
