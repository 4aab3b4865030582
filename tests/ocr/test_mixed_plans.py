"""Whole plans with scanned pages, read by the real engine: every row as in the digital plan."""

import pymupdf
import pytest

from planparse.model.page import Origin
from planparse.pipeline import parse_plan
from planparse.read_document import read_document
from tests.unseen import draw_plan, to_scan
from tests.unseen.compare import compare

SEED = 707


def digital():
    return pymupdf.open(stream=draw_plan(SEED).pdf)


def scanned_pages():
    return pymupdf.open(stream=to_scan(draw_plan(SEED).pdf, 200, SEED))


def first_digital_second_scanned():
    made = digital()
    made.delete_page(1)
    made.insert_pdf(scanned_pages(), from_page=1, to_page=1)
    return made


def second_upside_down():
    """Turn the scan by 180° in the file, as a sheet fed in the wrong way round."""
    made = pymupdf.open()
    for page in scanned_pages():
        new = made.new_page(width=page.rect.width, height=page.rect.height)
        new.show_pdf_page(new.rect, page.parent, page.number, rotate=180 * page.number)
    return made


def lying_on_their_sides():
    made = scanned_pages()
    for page, turn in zip(made, (90, 270), strict=True):
        page.set_rotation(turn)
    return made


def bad_layer_behind_the_picture():
    made = scanned_pages()
    for page in made:
        for y in range(60, int(page.rect.height) - 40, 14):
            text = "服务效能丸行計書(—)具休作法" * 2
            page.insert_text((50, y), text, fontname="china-t", fontsize=10, render_mode=3)
    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "origins"),
    [
        (first_digital_second_scanned, [Origin.TEXT_LAYER, Origin.OCR]),
        (second_upside_down, [Origin.OCR, Origin.OCR]),
        (lying_on_their_sides, [Origin.OCR, Origin.OCR]),
        (bad_layer_behind_the_picture, [Origin.OCR, Origin.OCR]),
    ],
)
def test_a_plan_with_scanned_pages_is_read_as_the_digital_one(make, origins, tmp_path):
    path = tmp_path / "plan.pdf"
    make().save(path)
    assert [page.origin for page in read_document(path).pages] == origins
    assert compare(draw_plan(SEED).truth, parse_plan(path).plan) == []
