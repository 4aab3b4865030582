"""Pages that are no writing: a Problem each, and no more work than a page of writing takes."""

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from planparse.model.problem import ProblemCode, Severity
from planparse.ocr import read_if_scanned, reading_with
from planparse.ocr.lines import MOST_LINES
from planparse.ocr.picture import MOST_PIXELS, PagePicture, take_picture
from planparse.ocr.read_page_picture import read_page_picture
from planparse.ocr.recognition import Recognition
from planparse.pdf import read_page
from tests.ocr.pictures import SCALE, SilentEngine, SureEngine, picture_of, scanned, table_page

SIZE = (2339, 1654)
RANDOM = np.random.default_rng(5)


def photograph():
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    picture = 128 + 60 * np.sin(x / 90) + 50 * np.cos(y / 140 + x / 300)
    picture = np.clip(picture + RANDOM.normal(0, 8, SIZE), 0, 255).astype(np.uint8)
    for _ in range(60):
        middle = int(RANDOM.integers(SIZE[1])), int(RANDOM.integers(SIZE[0]))
        cv2.circle(picture, middle, int(RANDOM.integers(10, 200)), int(RANDOM.integers(255)), -1)
    return cv2.GaussianBlur(picture, (0, 0), 2)


def checks():
    rows, columns = (np.arange(size) // 20 % 2 for size in SIZE)
    return np.where((rows[:, None] ^ columns[None]) == 0, 0, 255).astype(np.uint8)


PAGES = {
    "noise": lambda: RANDOM.integers(0, 256, SIZE).astype(np.uint8),
    "dust": lambda: np.where(RANDOM.random(SIZE) < 0.05, 0, 255).astype(np.uint8),
    "photograph": photograph,
    "checks": checks,
    "black": lambda: np.zeros(SIZE, np.uint8),
    "stripes": lambda: np.repeat(checks()[:, :1], SIZE[1], axis=1),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_writing_is_a_problem_and_gives_no_text(name):
    engine = SilentEngine()
    found = read_page_picture(PagePicture(PAGES[name](), SCALE), 4, engine)
    assert [problem.code for problem in found.problems] == [ProblemCode.UNREADABLE_PAGE]
    assert found.problems[0].page == 4
    assert found.problems[0].severity is Severity.WARNING
    assert found.page.runs == ()
    assert found.page.rulings == ()
    assert engine.lines <= 4 * 10


def test_a_blank_page_is_only_a_note():
    paper = np.clip(RANDOM.normal(240, 2, SIZE), 0, 255).astype(np.uint8)
    found = read_page_picture(PagePicture(paper, SCALE), 1, SilentEngine())
    assert [(one.code, one.severity) for one in found.problems] == [
        (ProblemCode.UNREADABLE_PAGE, Severity.NOTE)
    ]


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2000, 1), (1, 2000)])
def test_a_sliver_of_a_picture_is_no_crash(size):
    found = read_page_picture(PagePicture(np.full(size, 200, np.uint8), SCALE), 1, SilentEngine())
    assert found.problems


def test_more_lines_than_a_page_has_are_not_read():
    pixels = np.full((4000, 3000), 255, np.uint8)
    letter = np.kron(np.eye(4, dtype=np.uint8), np.ones((6, 6), np.uint8)) > 0
    for y in range(10, 3950, 40):
        for x in range(10, 2950, 120):
            pixels[y : y + 24, x : x + 24][letter] = 0
    engine = SureEngine()
    found = read_page_picture(PagePicture(pixels, 300 / 72), 1, engine)
    assert found.problems[0].code is ProblemCode.UNREADABLE_PAGE
    assert f"more than {MOST_LINES} lines" in found.problems[0].message
    assert engine.lines == 0


def picture_pdf(pixels, width=595.0, height=842.0):
    done, png = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    assert done
    document = pymupdf.open()
    page = document.new_page(width=width, height=height)
    page.insert_image(page.rect, stream=png.tobytes(), keep_proportion=False)
    return document


@pytest.mark.slow
def test_a_page_of_20_000_pixels_is_read_at_300_dpi():
    pixels = np.full((20000, 14000), 250, np.uint8)
    picture = take_picture(picture_pdf(pixels)[0])
    assert picture.scale == pytest.approx(300 / 72)
    assert picture.pixels.size < 10_000_000


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak there")
def test_a_page_of_20_000_pixels_takes_no_more_memory_than_its_picture(tmp_path):
    path = tmp_path / "large.pdf"
    picture_pdf(np.full((20000, 14000), 250, np.uint8)).save(path)
    code = (
        "import re, sys; from planparse.read_document import read_document; "
        "from pathlib import Path; found = read_document(Path(sys.argv[1])); "
        "print([one.code.value for one in found.problems]); "
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=here,
        timeout=300,
    )
    codes, kilobytes = done.stdout.splitlines()
    assert codes == "['unreadable_page']"
    assert int(kilobytes) < 900_000


def test_a_huge_page_is_made_coarser():
    document = picture_pdf(np.full((2000, 2000), 250, np.uint8), 14000, 14000)
    assert take_picture(document[0]).pixels.size <= MOST_PIXELS * 1.01


def test_a_picture_that_would_fill_the_memory_is_not_decoded(monkeypatch):
    monkeypatch.setattr("planparse.ocr.picture.MOST_STORED_BYTES", 1000)
    document = picture_pdf(np.full((100, 100), 250, np.uint8))
    with reading_with(SilentEngine()):
        found = read_if_scanned(document[0], read_page(document[0], 2))
    assert found is not None
    assert [problem.code for problem in found.problems] == [ProblemCode.UNREADABLE_PAGE]
    assert "too large" in found.problems[0].message


class Forgetful(SureEngine):
    """Reads a long line but for its end."""

    def read(self, crops):
        recognitions = super().read(crops)
        return [
            Recognition(one.glyphs[:-2] if len(one.glyphs) > 9 else one.glyphs)
            for one in recognitions
        ]


def test_ink_that_no_character_explains_is_a_problem_where_it_stands(monkeypatch):
    # These engines read a page that lies on its side as gladly as any other.
    monkeypatch.setattr("planparse.ocr.read_page_picture.SURELY_UPRIGHT", 0.0)
    cells = [["服務一致及正確性", "提升申辦案件的處理效率", ""]] * 6
    picture = scanned(picture_of(table_page(cells)))
    found = read_page_picture(picture, 1, Forgetful())
    boxed = [problem.box for problem in found.problems if problem.box is not None]
    assert len(boxed) == 7
    assert all(0 <= box.left < box.right <= picture.width for box in boxed)
    assert {problem.code for problem in found.problems} == {ProblemCode.LOW_OCR_CONFIDENCE}
    sure = read_page_picture(picture, 1, SureEngine())
    assert sure.problems == ()
