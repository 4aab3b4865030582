"""What a clipping path hides is dropped as invisible; what borders it shows are rulings."""

import pytest

from planparse.model.page import Axis, DropReason
from tests.pdf.made_pdf import HEIGHT, WIDTH, page_of, text


def test_a_glyph_outside_its_clipping_path_is_invisible():
    page = page_of(
        f"q 0 {HEIGHT - 100} 200 100 re W n "
        + text("業務組", 20, 150)
        + " "
        + text("總務組", 20, 50)
        + " Q"
    )
    assert "".join(run.text for run in page.runs) == "總務組"
    gone = {(drop.run.text, drop.reason) for drop in page.dropped}
    assert gone == {("業務組", DropReason.INVISIBLE)}
    assert page.glyph_count == 6


def sides(page):
    return {
        (ruling.axis, round(ruling.position), round(ruling.start), round(ruling.end))
        for ruling in page.rulings
        if ruling.end - ruling.start > 5
    }


def test_a_border_painted_as_an_area_with_a_hole():
    page = page_of("20 20 100 50 re 21 21 98 48 re f*")
    assert len(sides(page)) == 4
    assert {axis for axis, *_ in sides(page)} == {Axis.HORIZONTAL, Axis.VERTICAL}


def test_a_dark_area_clipped_to_one_side_is_that_side():
    page = page_of("q 20 20 1 50 re W n 20 20 100 50 re f Q")
    assert [axis for axis, *_ in sides(page)] == [Axis.VERTICAL]


def test_round_corners():
    corner = "30 20 m 110 20 l 116 20 120 24 120 30 c 120 60 l 120 66 116 70 110 70 c"
    page = page_of(corner + " 30 70 l 24 70 20 66 20 60 c 20 30 l 20 24 24 20 30 20 c s")
    assert {(axis, end - start) for axis, _, start, end in sides(page)} == {
        (Axis.HORIZONTAL, 100),
        (Axis.VERTICAL, 50),
    }


def test_dots_are_a_line():
    dots = " ".join(f"{20 + 1.5 * at} 20 0.75 0.75 re f" for at in range(40))
    assert (
        len([ruling for ruling in page_of(dots).rulings or () if ruling.axis is Axis.HORIZONTAL])
        == 40
    )


@pytest.mark.parametrize("line", [f"20 20 1 {HEIGHT + 90} re f", f"20 20 {WIDTH + 90} 1 re f"])
def test_rulings_end_with_the_page(line):
    (ruling,) = page_of(line).rulings or ()
    assert ruling.end <= (HEIGHT if ruling.axis is Axis.VERTICAL else WIDTH)
