"""Find glyphs that a clipping path hides: a spreadsheet draws a merged cell whole on each page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pymupdf

from planparse.pdf.pymupdf_clips import hides_nothing
from planparse.pdf.pymupdf_cuts import CutSpan, find_cut_spans
from planparse.pdf.pymupdf_document import TEXT_FLAGS

_SEEN = TEXT_FLAGS | pymupdf.TEXT_CLIP
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
    """Mark the glyphs of a page's blocks that are clipped away, in place.

    Those wholly outside are made fully transparent; a span that is ``cut`` shows less than half of
    its lines' height. MuPDF leaves out what is outside on demand; what it then counts tells
    whether there is anything.
    """
    if hides_nothing(page, blocks):
        return
    lines = [line for block in blocks for line in block.get("lines", ())]
    cut = find_cut_spans(page, lines)
    shown = _shown_places(page, blocks)
    if shown is None and not any(not span.shown for span in cut.values()):
        return
    paper = page.rect * page.derotation_matrix
    for line in lines:
        line["spans"] = [
            part for span in line["spans"] for part in _judged(span, shown, paper, cut)
        ]


def _shown_places(page: pymupdf.Page, blocks: list[dict[str, Any]]) -> set[Place] | None:
    """Return the places of the glyphs that are shown at least in part; None if that is all."""
    seen = page.get_textpage(flags=_SEEN)
    drawn = "".join([char["c"] for span in _text_spans(blocks) for char in span["chars"]])
    if _marks(seen.extractText()) == _marks(drawn):
        return None
    return {
        _place(char)
        for span in _text_spans(seen.extractRAWDICT()["blocks"])
        for char in span["chars"]
    }


def _judged(
    span: dict[str, Any],
    shown: set[Place] | None,
    paper: pymupdf.Rect,
    cut: dict[int, CutSpan],
) -> list[dict[str, Any]]:
    """Part a span into what is seen, what is hidden and what is cut."""
    edge = cut.get(id(span))
    if edge is None:
        return [span] if shown is None else _parted(span, shown, paper)
    if shown is None:
        return [span if edge.shown else {**span, "cut": True}]
    if not edge.shown:
        parts = _parted(span, shown, paper)
        return [part if part["alpha"] == 0 else {**part, "cut": True} for part in parts]
    # Of a line whose middle is shown a comma may lie wholly outside, below the edge.
    inside = {
        _place(char)
        for char in span["chars"]
        if edge.left <= (char["bbox"][0] + char["bbox"][2]) / 2 <= edge.right
    }
    return _parted(span, shown | inside, paper)


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
