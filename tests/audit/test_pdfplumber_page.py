"""pdfplumber gives the same pages as MuPDF: glyph for glyph, ruling for ruling."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pdfplumber
import pymupdf
import pytest

from planparse.model.page import Axis, DropReason, Page
from planparse.pdf.pdfminer_page import read_page_again
from planparse.pdf.pymupdf_page import read_page

Draw = Callable[[pymupdf.Page], None]
TRADITIONAL: dict[str, Any] = {"fontname": "china-t", "fontsize": 12}


def both(draw: Draw) -> tuple[Page, Page]:
    """Draw a page and read it with both extractors."""
    with pymupdf.open() as document:
        draw(document.new_page(width=400, height=300))
        content = document.tobytes()
    with (
        pymupdf.open(stream=content, filetype="pdf") as first,
        pdfplumber.open(io.BytesIO(content)) as second,
    ):
        return read_page(first[0], 1), read_page_again(second.pages[0], 1)


def glyphs(page: Page) -> dict[str, list[tuple[float, float]]]:
    """Return the centres of the page's glyphs by character."""
    found: dict[str, list[tuple[float, float]]] = {}
    for run in page.runs:
        for char, left, right in zip(run.text, run.lefts, run.rights, strict=True):
            found.setdefault(char, []).append(((left + right) / 2, run.middle))
    return {char: sorted(places) for char, places in found.items()}


def dropped(page: Page) -> dict[DropReason, str]:
    found: dict[DropReason, str] = {}
    for drop in page.dropped:
        found[drop.reason] = found.get(drop.reason, "") + drop.run.text
    return found


def positions(page: Page) -> dict[Axis, list[int]]:
    return {
        axis: sorted({round(one.position - 0.01) for one in page.rulings or () if one.axis is axis})
        for axis in Axis
    }


def assert_same(draw: Draw) -> tuple[Page, Page]:
    first, second = both(draw)
    ours, theirs = glyphs(first), glyphs(second)
    assert ours.keys() == theirs.keys()
    for char, places in ours.items():
        for place, other in zip(places, theirs[char], strict=True):
            # Of type that is turned, MuPDF's boxes follow the font's own ascent.
            assert place == pytest.approx(other, abs=0.3)
    assert (second.width, second.height) == pytest.approx((first.width, first.height), abs=0.01)
    ordinals = [
        run.first + at
        for run in [*second.runs, *[drop.run for drop in second.dropped]]
        for at in range(len(run.text))
    ]
    assert sorted(ordinals) == list(range(second.glyph_count))
    return first, second


def text(x: float, y: float, words: str, **more: Any) -> Draw:
    return lambda page: page.insert_text((x, y), words, **TRADITIONAL | more)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_pages(rotation):
    def draw(page: pymupdf.Page) -> None:
        text(50, 60, "服務AB cd")(page)
        page.draw_line((40, 70), (200, 70), width=0.5)
        page.draw_line((45, 30), (45, 90), width=0.5)
        page.set_rotation(rotation)

    first, second = assert_same(draw)
    assert positions(first) == positions(second)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_shows_its_crop_box_only(rotation):
    def draw(page: pymupdf.Page) -> None:
        text(50, 60, "服務")(page)
        text(150, 260, "外面")(page)
        page.set_cropbox((30, 20, 300, 200))
        page.set_rotation(rotation)

    _, second = assert_same(draw)
    assert dropped(second) == {DropReason.OFF_PAGE: "外面"}


def test_what_is_not_to_be_seen_is_dropped_for_the_same_reason():
    def draw(page: pymupdf.Page) -> None:
        text(50, 60, "看得見")(page)
        text(50, 60.2, "看得見")(page)
        text(50, 90, "看不見", render_mode=3)(page)
        text(50, 120, "透明", fill_opacity=0)(page)
        text(50, 200, "草案", fontsize=60, color=(0.8, 0.8, 0.8))(page)
        text(150, 200, "淡", fontsize=60, fill_opacity=0.3)(page)
        text(200, 100, "斜", morph=(pymupdf.Point(200, 100), pymupdf.Matrix(45)))(page)

    first, second = assert_same(draw)
    assert dropped(first) == dropped(second)
    assert set(dropped(second)) == {
        DropReason.INVISIBLE,
        DropReason.WATERMARK,
        DropReason.DUPLICATE_OVERPRINT,
    }


def test_a_form_inherits_the_state_it_is_drawn_in():
    with pymupdf.open() as inner:
        text(50, 60, "表單")(inner.new_page(width=400, height=300))

        def draw(page: pymupdf.Page) -> None:
            page.show_pdf_page(page.rect, inner, 0)

        _, second = assert_same(draw)
    assert "".join(run.text for run in second.runs) == "表單"


def with_font_lacking(*lacking: str) -> Draw:
    """Draw two glyphs of an embedded font, and take entries out of its description."""

    def draw(page: pymupdf.Page) -> None:
        page.insert_font(fontname="F0", fontbuffer=pymupdf.Font("cjk").buffer)
        page.insert_text((50, 60), "服務", fontname="F0", fontsize=12)
        document = page.parent
        for xref in range(1, document.xref_length()):
            for key in lacking:
                if document.xref_get_key(xref, key)[0] != "null":
                    document.xref_set_key(xref, key, "null")

    return draw


def test_what_a_font_does_not_name_is_no_text():
    _, second = assert_same(with_font_lacking("ToUnicode", "FontFile2", "FontFile3"))
    assert [run.text for run in second.runs] == ["\ufffd\ufffd"]


def test_names_that_only_the_embedded_font_knows_are_a_second_opinion_worth_having():
    first, second = both(with_font_lacking("ToUnicode"))
    assert [run.text for run in first.runs] == ["\ufffd\ufffd"]
    assert [run.text for run in second.runs] == ["服務"]


def test_signs_of_big5_fonts_have_one_name():
    def draw(page: pymupdf.Page) -> None:
        text(50, 60, "／…～［］")(page)

    first, _ = assert_same(draw)
    assert "".join(run.text for run in first.runs) == "／…～［］"


def test_spaces_between_words_are_kept_and_invented_alike():
    def draw(page: pymupdf.Page) -> None:
        page.insert_text((50, 60), "LINE Pay", fontname="helv", fontsize=12)
        page.insert_text((50, 90), "LINE", fontname="helv", fontsize=12)
        page.insert_text((81, 90), "Pay", fontname="helv", fontsize=12)

    first, second = assert_same(draw)
    from planparse.tables.text_lines import group_lines

    ours, theirs = ([line.text for line in group_lines(page.runs)] for page in (first, second))
    assert ours == theirs == ["LINE Pay", "LINE Pay"]


def test_rulings_of_every_make():
    def draw(page: pymupdf.Page) -> None:
        page.draw_rect((40, 40, 200, 100), width=0.5)  # stroked outline
        page.draw_rect((40, 120, 200, 120.5), color=None, fill=(0, 0, 0))  # thin and filled
        page.draw_rect((220, 40, 220.5, 100), color=None, fill=(0, 0, 0))
        page.draw_rect((240, 40, 340, 100), color=None, fill=(0.8, 0.8, 0.8))  # shading
        page.draw_rect((240, 120, 340, 120.5), color=None, fill=(1, 1, 1))  # white
        page.draw_polyline([(40, 150), (200, 150), (200, 180)], width=0.5)

    first, second = both(draw)
    assert positions(second) == {
        Axis.HORIZONTAL: [40, 100, 120, 150],
        Axis.VERTICAL: [40, 200, 220],
    }
    assert positions(first) == positions(second)


def test_what_a_clipping_path_hides_is_not_seen():
    """Spreadsheets draw a merged cell whole on each page and clip it at the page's end."""

    def draw(page: pymupdf.Page) -> None:
        text(50, 60, "看得見")(page)
        text(50, 160, "看不見")(page)
        page.draw_line((40, 70), (200, 70), width=0.5)
        page.draw_line((40, 170), (200, 170), width=0.5)
        page.draw_line((60, 40), (60, 180), width=0.5)
        page.clean_contents()
        (xref,) = page.get_contents()
        document = page.parent
        content = document.xref_stream(xref)
        document.update_stream(xref, b"q 0 190 400 110 re W n\n" + content + b"\nQ")

    first, second = assert_same(draw)
    assert dropped(first) == dropped(second) == {DropReason.INVISIBLE: "看不見"}
    assert positions(second)[Axis.HORIZONTAL] == [70]
    (upright,) = [one for one in second.rulings or () if one.axis is Axis.VERTICAL]
    assert upright.end == pytest.approx(110, abs=0.5)


@pytest.mark.parametrize(("rotate", "turn"), [(0, 0), (90, 270), (270, 90)])
def test_the_direction_of_glyphs(rotate, turn):
    first, second = assert_same(text(150, 150, "直立", rotate=rotate))
    assert {run.turn for run in first.runs} == {run.turn for run in second.runs} == {turn}


def test_ligatures_are_letters():
    first, second = both(lambda page: page.insert_text((50, 60), "o\ufb00ice", fontname="helv"))
    assert "".join(run.text for run in first.runs) == "".join(run.text for run in second.runs)
