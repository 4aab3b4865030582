"""A line that the page cuts in half is printed twice: it belongs to the page of its middle."""

import pymupdf
import pytest

from planparse.model.page import DropReason
from planparse.pdf import read_page
from planparse.read_document import read_document

WIDTH, HEIGHT = 300, 200
SHOWN, CUT = "業務組", "總務組，"


def drawn(pages):
    """Draw pages of (window, texts): heights count from the upper edge; a font with outlines."""
    document = pymupdf.open()
    for windows in pages:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        for (top, bottom), texts in windows:
            before = set(page.get_contents())
            for text, base in texts:
                page.insert_text((20, base), text, fontname="china-t", fontsize=12)
            frame = f"q 0 {HEIGHT - bottom} {WIDTH} {bottom - top} re W n "
            for xref in set(page.get_contents()) - before:
                content = frame.encode() + document.xref_stream(xref) + b" Q"
                document.update_stream(xref, content)
    return document


def read(tmp_path, *pages):
    path = tmp_path / "cut.pdf"
    with drawn(pages) as document:
        document.save(path)
    return read_document(path).pages


def kept(page):
    return [run.text for run in page.runs]


def cut(page):
    return [drop.run.text for drop in page.dropped if drop.reason is DropReason.CUT_PRINT]


def two_pages(off):
    """Return pages of 100 points' text each; a line's middle is ``off`` points below the cut."""
    base = 100 + off + 0.38 * 12
    first = [((0, 100), [(SHOWN, 60), (CUT, base)])]
    return first, [((20, 120), [(CUT, base - 80), (SHOWN, 80)])]


@pytest.mark.parametrize("off", [-5.0, -2.0, -0.1, 0.1, 2.0, 4.9])
def test_a_cut_line_stands_once(tmp_path, off):
    first, second = read(tmp_path, *two_pages(off))
    assert "".join(kept(first) + kept(second)).count("總務組") == 1
    assert ("總務組" in "".join(kept(first))) == (off < 0)
    assert SHOWN in kept(first)
    assert SHOWN in kept(second)
    for page in (first, second):
        assert page.glyph_count == 7


def test_punctuation_goes_with_its_line(tmp_path):
    """The comma stands wholly below the edge, the line's middle above it."""
    first, second = read(tmp_path, *two_pages(-1.0))
    assert CUT in kept(first)
    assert cut(second) == [CUT]


def test_half_a_line_that_no_other_page_prints_is_kept(tmp_path):
    first, _ = two_pages(2.0)
    (page,) = read(tmp_path, first)
    assert "總務組" in "".join(kept(page))
    assert cut(page) == []


def test_half_a_line_amid_a_page_is_kept(tmp_path):
    """A row that is too low for its text is not the page's end, whatever the next page says."""
    base = 100 + 2.0 + 0.38 * 12
    amid = [((0, 100), [(CUT, base)]), ((100, 200), [(SHOWN, base + 16)])]
    first, second = read(tmp_path, amid, [((0, 200), [(CUT, 40)])])
    assert "總務組" in "".join(kept(first))
    assert "總務組" in "".join(kept(second))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_cut_alike(rotation):
    with drawn([two_pages(2.0)[0]]) as document:
        page = document[0]
        page.set_rotation(rotation)
        assert "總務組" in "".join(cut(read_page(page, 1)))
        assert page.rotation == rotation
