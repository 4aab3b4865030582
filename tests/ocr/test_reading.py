"""Scans through the whole of OCR: recorded always, with the engine where marked."""

import os
import socket
import subprocess
import sys

import numpy as np
import pytest

from planparse.model.geometry import Box
from planparse.model.page import Axis, Origin, Page
from planparse.ocr import reading_with
from planparse.ocr.engine import rapidocr_engine
from planparse.ocr.picture import PagePicture
from planparse.ocr.read_page_picture import read_page_picture
from planparse.ocr.recorded import RecordedEngine
from planparse.read_document import read_document
from tests.corpus.documents import ROOT
from tests.ocr.pictures import SureEngine, picture_of, scanned, table_page

ANSWERS = ROOT / "tests" / "ocr_answers"
CELLS = [
    ["一、檢討既有", "提升申辦案件的處理效率", "業務組"],
    ["服務措施", "並建置單一窗口，隨時辦理。", "電費組"],
]


@pytest.fixture(scope="module")
def fengshan():
    """Read the scan with recorded recognitions alone: a line that none holds fails."""
    with reading_with(RecordedEngine(sorted(ANSWERS.glob("*.json.gz")))):
        return read_document(ROOT / "raw_pdfs" / "fengshan-112.pdf")


@pytest.mark.slow
def test_every_page_of_a_scan_says_that_it_was_read_by_ocr_and_why(fengshan):
    assert [page.origin for page in fengshan.pages] == [Origin.OCR] * 10
    assert {page.why for page in fengshan.pages} == {"the page is a picture; it has no text layer"}


@pytest.mark.slow
def test_glyphs_are_numbered_once_and_stand_in_order(fengshan):
    for page in fengshan.pages:
        ordinals = [run.first + at for run in page.runs for at in range(len(run.text))]
        assert ordinals == list(range(page.glyph_count))
        for run in page.runs:
            assert len(run.text) == len(run.lefts) == len(run.rights) == len(run.confidences)
            assert run.printed is None or len(run.printed) == len(run.text)
            assert list(run.lefts) == sorted(run.lefts)
            assert all(left < right for left, right in zip(run.lefts, run.rights, strict=True))
            assert all(0 < chance <= 1 for chance in run.confidences)


@pytest.mark.slow
def test_rulings_of_every_page_give_the_five_columns(fengshan):
    for page in fengshan.pages:
        steep = sorted(one.position for one in page.rulings if one.axis is Axis.VERTICAL)
        widths = np.diff(steep)
        assert len(steep) in (6, 7)
        assert steep[-1] - steep[0] == pytest.approx(525.5, abs=1.5)
        assert widths.min() > 60


@pytest.mark.slow
def test_what_was_read_stays_reachable(fengshan):
    folded = [run for page in fengshan.pages for run in page.runs if run.printed is not None]
    assert folded
    changed = sum(
        one != two for run in folded for one, two in zip(run.text, run.printed, strict=True)
    )
    assert len(fengshan.repairs) >= changed


def test_a_turned_page_leads_back_to_the_page_as_displayed():
    picture = picture_of(table_page(CELLS))
    askew = scanned(picture, 1.0)
    found = read_page_picture(askew, 1, SureEngine()).page
    assert found.turn == pytest.approx(-1.0, abs=0.05)
    assert found.rulings
    first = found.rulings[0]
    corner = Box(first.start, first.position, first.start + 1, first.position + 1)
    ink = np.argwhere(askew.pixels < 120) / askew.scale
    shown = found.displayed(corner)
    distances = np.hypot(ink[:, 1] - shown.left, ink[:, 0] - shown.top)
    assert distances.min() < 1.5
    assert np.hypot(ink[:, 1] - corner.left, ink[:, 0] - corner.top).min() > distances.min()


@pytest.mark.parametrize("turn", [90.0, 180.0, 270.0, -1.0, 91.0])
def test_a_box_comes_back_to_the_place_that_it_was_turned_from(turn):
    page = Page(1, 595.0, 842.0, (), (), turn=turn)
    shown = page.displayed(Box(100, 200, 110, 204))
    wide, high = (842, 595) if round(turn / 90) % 2 else (595, 842)
    assert 0 <= shown.left < shown.right <= wide
    assert 0 <= shown.top < shown.bottom <= high
    back = Page(1, wide, high, (), (), turn=-turn).displayed(shown)
    assert back.left == pytest.approx(100, abs=0.3)
    assert back.bottom == pytest.approx(204, abs=0.3)


def test_a_page_upright_is_left_where_it_is():
    box = Box(1.2345, 2, 3, 4)
    assert Page(1, 595, 842, (), ()).displayed(box) is box


def test_importing_the_door_imports_no_engine():
    code = (
        "import sys; import planparse.read_document; "
        "heavy = ('numpy', 'cv2', 'onnxruntime', 'rapidocr'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=here
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_engine_reads_a_page_whichever_way_it_lies(quarters, monkeypatch):
    def no_network(*_args, **_keywords):
        raise AssertionError("OCR must not use the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    picture = scanned(picture_of(table_page(CELLS)), 0.8)
    lying = PagePicture(np.ascontiguousarray(np.rot90(picture.pixels, quarters)), picture.scale)
    found = read_page_picture(lying, 1, rapidocr_engine())
    text = {run.text for run in found.page.runs}
    assert text == {"提升服務效能執行計畫", *(cell for row in CELLS for cell in row)}
    assert round(found.page.turn / 90) % 4 == quarters
    assert found.problems == ()


@pytest.mark.slow
def test_glyphs_stand_where_they_were_drawn():
    document = table_page(CELLS)
    drawn = [
        (char["c"], char["bbox"])
        for block in document[0].get_text("rawdict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for char in span["chars"]
    ]
    page = read_page_picture(scanned(picture_of(document)), 1, rapidocr_engine()).page
    read = [
        (char, (left + right) / 2, run.middle)
        for run in page.runs
        for char, left, right in zip(run.text, run.lefts, run.rights, strict=True)
    ]
    assert len(read) == len(drawn)
    for char, (left, top, right, bottom) in drawn:
        # A point stands anywhere in its square.
        if not char.isalpha():
            continue
        near = [one for one in read if one[0] == char and abs(one[1] - (left + right) / 2) < 3.5]
        assert any(abs(y - (top + bottom) / 2) < 5 for _, _, y in near), char
