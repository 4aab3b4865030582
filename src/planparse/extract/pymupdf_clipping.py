"""Find glyphs that a clipping path hides: a spreadsheet draws a merged cell whole on each page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pymupdf

from planparse.extract.pymupdf_clips import hides_nothing

_SEEN = (
    pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_IGNORE_ACTUALTEXT
    | pymupdf.TEXT_CLIP
)
# Places are compared in parts of a point.
_PARTS = 8

Place = tuple[str, int, int]


def _place(char: dict[str, Any]) -> Place:
    x, y = char["origin"]
    return (char["c"], round(x * _PARTS), round(y * _PARTS))


def _text_spans(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    return [span for line in lines for span in line["spans"]]


def _marks(text: str) -> int:
    """Count the characters that are no white space."""
    return sum(map(len, text.split()))


def hide_clipped(page: pymupdf.Page, blocks: list[dict[str, Any]]) -> None:
    """Make the glyphs of a page's blocks that are clipped away fully transparent, in place.

    MuPDF leaves such glyphs out on demand; what it then counts tells whether there are any.
    """
    if hides_nothing(page, blocks):
        return
    seen = page.get_textpage(flags=_SEEN)
    drawn = "".join([char["c"] for span in _text_spans(blocks) for char in span["chars"]])
    if _marks(seen.extractText()) == _marks(drawn):
        return
    shown = {
        _place(char)
        for span in _text_spans(seen.extractRAWDICT()["blocks"])
        for char in span["chars"]
    }
    paper = page.rect * page.derotation_matrix
    for block in blocks:
        for line in block.get("lines", ()):
            line["spans"] = [part for span in line["spans"] for part in _parted(span, shown, paper)]


def _parted(span: dict[str, Any], shown: set[Place], paper: pymupdf.Rect) -> list[dict[str, Any]]:
    """Part a span into what is seen and what is hidden; white space goes with what it follows.

    What lies beyond the ``paper`` is left to be told as such.
    """
    marks: list[bool] = []
    for char in span["chars"]:
        if char["c"].isspace():
            marks.append(marks[-1] if marks else True)
        else:
            on_paper = pymupdf.Rect(char["bbox"]).intersects(paper)
            marks.append(not on_paper or _place(char) in shown)
    if all(marks):
        return [span]
    parts = []
    for seen, group in groupby(zip(marks, span["chars"], strict=True), key=lambda pair: pair[0]):
        chars = [char for _, char in group]
        parts.append({**span, "chars": chars} if seen else {**span, "chars": chars, "alpha": 0})
    return parts
