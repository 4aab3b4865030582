"""A clipping path that may hide text is never overlooked; the usual harmless ones are told."""

from __future__ import annotations

import pymupdf
import pytest

from planparse.pdf.pymupdf_clipping import hides_nothing

_INSIDE = b"q 10 10 500 700 re W* n"
_TEXT = b" BT /helv 12 Tf 1 0 0 1 100 600 Tm (plan) Tj ET"
# A browser: four units a point, counted downwards.
_SCALED = b".25 0 0 -.25 0 842 cm q 160 160 2100 3000 re W* n"
_SCALED_TEXT = b" BT /helv 12 Tf 4 0 0 -4 400 800 Tm (plan) Tj ET"


def _told(content: bytes) -> bool:
    """Return True if a page of this content is known to hide nothing."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_font("helv")
    stream = made.get_new_xref()
    made.update_object(stream, "<<>>")
    made.update_stream(stream, content)
    page.set_contents(stream)
    with pymupdf.open(stream=made.tobytes(), filetype="pdf") as document:
        everything = {"flags": pymupdf.TEXT_PRESERVE_WHITESPACE, "clip": pymupdf.INFINITE_RECT()}
        blocks = document[0].get_text("rawdict", **everything)["blocks"]
        assert blocks, "the page must have text"
        return hides_nothing(document[0], blocks)


@pytest.mark.parametrize(
    "content",
    [_TEXT, b"0.1 w\n" + _INSIDE + _TEXT, _INSIDE + _TEXT, _SCALED + _SCALED_TEXT],
)
def test_text_inside_the_only_clip_is_all_seen(content: bytes) -> None:
    assert _told(content)


@pytest.mark.parametrize(
    "before",
    [
        b"q 10 10 500 400 re W* n",  # above it
        b"q 200 10 300 700 re W n",  # left of it
        b"q 10 10 500 700 re W* n 0 0 999 999 re W n",  # a second one
        b"q 10 10 m 500 10 l 500 700 l h W n",  # no rectangle
        b"1 0 0 1 0 0 cm 1 0 0 1 0 -30 cm q 10 10 500 700 re W n",
        b"q 0 0 m 900 900 l h\0W\0n",
        b"7 Tr",
        b"/Fm0 Do",
        b"/Cs0 cs 0 scn",
    ],
)
def test_what_may_hide_text_is_left_to_be_looked_at(before: bytes) -> None:
    assert not _told(before + _TEXT)


def test_contents_that_cannot_be_read_are_left_to_be_looked_at() -> None:
    made = pymupdf.open()
    page = made.new_page()
    made.xref_set_key(page.xref, "Contents", f"{page.xref} 0 R")
    with pymupdf.open(stream=made.tobytes(), filetype="pdf") as document:
        assert not hides_nothing(document[0], [])
