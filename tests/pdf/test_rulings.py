"""What a page draws, as rulings: strokes, thin areas, outlines, polylines; shading is none."""

import io

import pymupdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from planparse.model.page import Axis
from tests.pdf.made_pdf import box, line, page_of, read_bytes_as_page

ACROSS, DOWN = Axis.HORIZONTAL, Axis.VERTICAL


def found(*content, rotate=0):
    """Return each ruling as axis, position, start, end in whole points."""
    rulings = page_of(*content, rotate=rotate).rulings
    assert rulings is not None
    return sorted((r.axis, round(r.position), round(r.start), round(r.end)) for r in rulings)


def frame(left, top, right, bottom):
    return sorted(
        [
            (ACROSS, top, left, right),
            (ACROSS, bottom, left, right),
            (DOWN, left, top, bottom),
            (DOWN, right, top, bottom),
        ]
    )


def test_strokes_of_either_axis():
    assert found(line(10, 50, 200, 50), line(30, 50, 30, 150)) == [
        (ACROSS, 50, 10, 200),
        (DOWN, 30, 50, 150),
    ]


@pytest.mark.parametrize(("thickness", "count"), [(0.5, 1), (6, 1), (6.5, 0), (40, 0)])
def test_a_thin_area_is_a_ruling_a_shading_is_none(thickness, count):
    assert len(found("0.8 g", box(10, 60, 200, 60 + thickness))) == count


def test_a_thin_area_stands_in_its_middle():
    (ruling,) = page_of(box(10, 60, 200, 62)).rulings or ()
    assert (ruling.position, ruling.thickness) == (61, 2)


def test_a_corner_square_belongs_to_both_axes():
    assert [axis for axis, *_ in found(box(10, 60, 10.5, 60.5))] == [ACROSS, DOWN]


def test_a_stroked_rectangle_has_four_sides():
    assert found(box(20, 30, 120, 90, "S")) == frame(20, 30, 120, 90)
    assert found("0.9 g", box(20, 30, 120, 90, "B")) == frame(20, 30, 120, 90)


def test_a_polyline_is_read_leg_by_leg():
    """One path of several legs: its bounding box alone would close a side that is open."""
    legs = "20 170 m 20 110 l 120 110 l 120 170 l S"
    assert found(legs) == [(ACROSS, 90, 20, 120), (DOWN, 20, 30, 90), (DOWN, 120, 30, 90)]


def test_a_polyline_beside_other_rulings_loses_none_of_them():
    legs = "20 170 m 20 110 l 120 110 l S"
    assert found(legs, line(10, 150, 250, 150), box(10, 160, 250, 161))[0:3] == [
        (ACROSS, 90, 20, 120),
        (ACROSS, 150, 10, 250),
        (ACROSS, 160, 10, 250),
    ]


def test_a_rectangle_in_a_mirrored_space_is_one_all_the_same():
    legs = "20 170 m 20 110 l 120 110 l S"
    mirrored = f"q -1 0 0 1 300 0 cm {box(100, 140, 200, 180, 'S')} Q"
    assert found(legs, mirrored) == sorted(
        [(ACROSS, 90, 20, 120), (DOWN, 20, 30, 90), *frame(100, 140, 200, 180)]
    )


def test_a_slanting_line_is_no_ruling():
    assert found("20 170 m 120 90 l S") == []


@pytest.mark.parametrize("dash", ["", "[2 2] 0 d"])
def test_a_line_that_slants_a_little_is_no_ruling(dash):
    """The line from a comment beside a table to its words ends in such a leg."""
    assert found("0.4 w", dash, "20 170 m 34 165 l S") == []
    assert found("0.4 w", dash, "20 170 m 120 170 l 134 165 l S") == [(ACROSS, 30, 20, 120)]


def test_white_areas_are_no_rulings():
    """Word paints a white patch behind every line of text."""
    assert found("1 1 1 rg", box(10, 60, 200, 61), box(10, 80, 200, 120)) == []
    legs = "20 170 m 20 110 l 120 110 l S"
    assert found("q 1 1 1 rg", box(10, 60, 200, 61), "Q", legs) == [
        (ACROSS, 90, 20, 120),
        (DOWN, 20, 30, 90),
    ]


def test_white_strokes_divide_shaded_cells():
    assert found("1 1 1 RG", line(10, 60, 200, 60)) == [(ACROSS, 60, 10, 200)]


def test_what_is_wholly_transparent_is_no_ruling():
    assert found("/Gone gs", box(10, 60, 200, 61)) == []


def test_what_is_drawn_beyond_the_page_is_cut_off():
    assert found(line(-50, 60, 500, 60), line(30, -400, 30, -300), line(10, 300, 90, 300)) == [
        (ACROSS, 60, 0, 300)
    ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize(
    "content",
    [
        [line(10, 50, 200, 50), line(30, 50, 30, 150)],
        [box(20, 30, 120, 90, "S"), box(10, 150, 250, 151)],
        ["20 170 m 20 110 l 120 110 l 120 170 l S"],
    ],
    ids=["strokes", "areas", "polyline"],
)
def test_a_rotated_page_has_the_rulings_that_are_seen(rotate, content):
    assert found(*content, rotate=rotate) == found(*content)


def test_a_page_without_drawings_has_none():
    assert page_of("").rulings == ()


def test_a_table_of_reportlab():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 200))
    canvas.grid([20, 80, 160], [40, 90, 150])
    canvas.save()
    rulings = read_bytes_as_page(out.getvalue()).rulings
    assert rulings is not None
    places = {(r.axis, round(r.position)) for r in rulings}
    assert places == {
        (DOWN, 20),
        (DOWN, 80),
        (DOWN, 160),
        (ACROSS, 160),
        (ACROSS, 110),
        (ACROSS, 50),
    }


def test_a_polyline_of_pymupdf():
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    shape = page.new_shape()
    shape.draw_polyline([(20, 30), (20, 90), (120, 90)])
    shape.finish(closePath=False)
    shape.commit()
    rulings = read_bytes_as_page(document.tobytes()).rulings
    assert rulings is not None
    assert sorted((r.axis, r.position, r.start, r.end) for r in rulings) == [
        (ACROSS, 90, 20, 120),
        (DOWN, 20, 30, 90),
    ]
