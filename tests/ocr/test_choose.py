"""Which pages OCR reads, and the words that say why."""

from dataclasses import replace

import pymupdf
import pytest

from planparse.model.page import DropReason, Origin
from planparse.ocr import read_if_scanned, reading_with
from planparse.ocr.choose import choose_ocr, is_better, is_unknown
from planparse.pdf import read_page
from tests.ocr.pictures import SureEngine, pdf_of, picture_of, scanned, table_page

CELLS = [["服務一致及正確性", "提升申辦案件的處理效率，確保完成", "業務組"]] * 4


def choice(document):
    return choose_ocr(document[0], read_page(document[0], 1))


@pytest.fixture(scope="module")
def scan():
    return scanned(picture_of(table_page(CELLS)))


def test_a_digital_page_needs_no_ocr():
    assert choice(table_page(CELLS)) is None


def test_a_blank_page_needs_none():
    assert choice(table_page([], title=" ")) is None


def test_a_picture_needs_it(scan):
    found = choice(pdf_of(scan))
    assert found is not None
    assert found.sure
    assert found.why == "the page is a picture; it has no text layer"


def test_a_picture_in_strips_needs_it(scan):
    document = pdf_of(scan)
    document.new_page(width=595, height=842)
    for strip in range(4):
        part = scan.pixels[strip * 550 : (strip + 1) * 550]
        samples = pymupdf.Pixmap(pymupdf.csGRAY, part.shape[1], part.shape[0], part.tobytes(), 0)
        place = pymupdf.Rect(0, strip * 210, 595, strip * 210 + 210)
        document[1].insert_image(place, pixmap=samples, keep_proportion=False)
    assert choose_ocr(document[1], read_page(document[1], 2)) is not None


def test_what_a_scanner_guessed_is_not_believed(scan):
    found = choice(pdf_of(scan, hidden="服務-致及王確性業務紐"))
    assert found is not None
    assert found.sure
    assert found.why == "the page is a picture; its text layer is invisible"


def test_text_painted_over_by_the_picture_is_not_believed(scan):
    document = table_page(CELLS)
    document[0].insert_image(
        document[0].rect, stream=pdf_of(scan)[0].get_pixmap(dpi=60).tobytes("png")
    )
    found = choice(document)
    assert found.why == "the text layer is hidden behind a picture of the page"


def test_glyphs_that_stand_for_no_character_are_counted():
    document = table_page([["服務一致及正確性", "提升申辦", "業務組"]])
    layer = read_page(document[0], 1)
    runs = [replace(run, text=run.text.replace("申", "\ue001")) for run in layer.runs]
    assert choose_ocr(document[0], replace(layer, runs=tuple(runs))) is None
    for char in "申務服":
        runs = [replace(run, text=run.text.replace(char, "\ue001")) for run in runs]
    found = choose_ocr(document[0], replace(layer, runs=tuple(runs)))
    assert found is not None
    assert found.sure
    assert found.why == "6 of 25 glyphs of the text layer stand for no character"


@pytest.mark.parametrize("char", ["\ufffd", "\ue123", "\u0001", "\U000f0000", "\ufdd0"])
def test_characters_that_say_nothing(char):
    assert is_unknown(char)


@pytest.mark.parametrize("char", ["組", "a", "。", "\uf0b7", "◎", "𠮷"])
def test_characters_that_say_something(char):
    assert not is_unknown(char)


def test_a_logo_beside_the_text_is_no_reason(scan):
    document = table_page(CELLS)
    logo = pdf_of(scan)[0].get_pixmap(dpi=20).tobytes("png")
    document[0].insert_image(pymupdf.Rect(450, 700, 550, 800), stream=logo)
    assert choice(document) is None


def test_a_page_drawn_as_curves_needs_it():
    document = pymupdf.open()
    page = document.new_page()
    for at in range(100):
        page.draw_rect(
            (60 + at % 20 * 20, 60 + at // 20 * 20, 70 + at % 20 * 20, 72 + at // 20 * 20),
            color=None,
            fill=(0, 0, 0),
        )
    assert "drawn as curves" in choice(document).why


def test_a_picture_beside_text_is_read_and_the_better_one_kept(scan):
    document = table_page(CELLS)
    half = pymupdf.Rect(0, 421, 595, 842)
    document[0].insert_image(
        half, stream=pdf_of(scan)[0].get_pixmap(dpi=90).tobytes("png"), keep_proportion=False
    )
    layer = read_page(document[0], 1)
    found = choose_ocr(document[0], layer)
    assert found is not None
    assert not found.sure
    empty = layer.__class__(1, 595, 842, (), ())
    assert not is_better(layer, empty)
    assert not is_better(layer, layer)
    double = layer.__class__(1, 595, 842, layer.runs * 2, ())
    assert is_better(layer, double)


def test_the_layer_that_ocr_replaces_is_accounted_for(scan):
    document = pdf_of(scan, hidden="服務-致")
    document[0].insert_text((60, 800), "\ue001\ue002\ue003", fontname="china-t")
    layer = read_page(document[0], 1)
    with reading_with(SureEngine()):
        found = read_if_scanned(document[0], layer)
    assert found is not None
    page = found.page
    assert page.origin is Origin.OCR
    assert page.why
    ordinals = [
        number
        for run in (*page.runs, *(drop.run for drop in page.dropped))
        for number in range(run.first, run.first + len(run.text))
    ]
    assert sorted(ordinals) == list(range(page.glyph_count))
    assert {drop.reason for drop in page.dropped} <= {
        DropReason.INVISIBLE,
        DropReason.REPLACED_BY_OCR,
    }


def test_pages_of_one_file_are_chosen_one_by_one(scan, tmp_path):
    from planparse.read_document import read_document

    document = table_page(CELLS)
    document.insert_pdf(pdf_of(scan))
    document.insert_pdf(table_page(CELLS))
    path = tmp_path / "mixed.pdf"
    document.save(path)
    with reading_with(SureEngine()):
        pages = read_document(path).pages
    assert [page.origin for page in pages] == [
        Origin.TEXT_LAYER,
        Origin.OCR,
        Origin.TEXT_LAYER,
    ]
    assert [page.why is None for page in pages] == [True, False, True]
