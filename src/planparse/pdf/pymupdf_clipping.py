"""Glyphs that clipping paths hide, and lines that their edges cut in half.

A spreadsheet draws a merged cell whole on each page, a browser's print may cut a page anywhere:
then one line is printed twice, each time in part. It belongs to the page that shows its middle.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

import pymupdf
from pymupdf import mupdf

from planparse.pdf.glyphs import ABOVE, BELOW
from planparse.pdf.pymupdf_document import PDF_ERRORS, TEXT_FLAGS, check_memory

_SEEN = TEXT_FLAGS | pymupdf.TEXT_CLIP
# Parts of a point in which places of hidden and of clipped text are compared.
_PARTS, _HALVES = 8, 2
# Text may clip what follows; W and W* are the operators of clipping paths.
_TEXT_CLIPS = re.compile(rb"[4-7][\s\0]*Tr")
_NUMBER = rb"(-?[0-9]*\.?[0-9]+)\s+"
# Producers that clip once do so at the start: the page, or what its margins leave.
_FRAME = re.compile(
    rb"\s*(?:[0-9.]+\s+w\s+)?"
    rb"(?:" + _NUMBER + rb"0\s+0\s+" + 3 * _NUMBER + rb"cm\s+)?"
    rb"q\s+" + 4 * _NUMBER + rb"re\s+W\*?\s+n\s"
)

# Font sizes from a base line up to the middle of the em box.
_MIDDLE = (ABOVE - BELOW) / 2
# And from there to the heights of which one shows at least where a line can be read.
_QUARTER = 0.25
# An edge cuts a line if more than this of it, in points, lies on either side.
_HAIR = 0.3
# Height in points of the strip in which a middle is looked for, and what lies beyond all pages.
_STRIP, _FAR = 0.002, 1e5

Box = tuple[float, float, float, float]
Place = tuple[str, int, int]


class ClippedSpan(NamedTuple):
    """A span that an edge cuts: is its middle ``shown``; ``left`` and ``right`` of the windows.

    Of a ``sliver`` too little shows to be read.
    """

    shown: bool
    sliver: bool
    left: float
    right: float


def _place(char: dict[str, Any], parts: int = _PARTS) -> Place:
    """Return a character and its origin in whole parts of a point."""
    x, y = char["origin"]
    return (char["c"], round(x * parts), round(y * parts))


def _text_spans(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    return [span for line in lines for span in line["spans"]]


def _marks(text: str) -> int:
    """Count the characters that are no white space."""
    return sum(map(len, text.split()))


def hide_clipped(page: pymupdf.Page, blocks: list[dict[str, Any]]) -> None:
    """Mark the glyphs of a page's blocks that are clipped away, in place.

    Those wholly outside are made fully transparent; a span that is ``cut`` shows less than half of
    its lines' height. MuPDF leaves out what is outside on demand; what it then counts shows
    whether there is anything.
    """
    if hides_nothing(page, blocks):
        return
    lines = [line for block in blocks for line in block.get("lines", ())]
    cut = _find_clipped_spans(page, lines)
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
    cut: dict[int, ClippedSpan],
) -> list[dict[str, Any]]:
    """Part a span into what is seen, what is hidden and what is cut."""
    edge = cut.get(id(span))
    if edge is not None and edge.sliver:
        return [{**span, "alpha": 0}]
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

    What lies beyond the ``paper`` is left to be dropped as such.
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


def _frame(content: bytes) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right, top of the rectangle that a page is clipped to at its start."""
    found = _FRAME.match(content)
    if found is None:
        return None
    *matrix, x, y, width, height = found.groups()
    across, down, right, up = (1.0, 1.0, 0.0, 0.0) if matrix[0] is None else map(float, matrix)
    xs = [across * float(x) + right, across * (float(x) + float(width)) + right]
    ys = [down * float(y) + up, down * (float(y) + float(height)) + up]
    return min(xs), min(ys), max(xs), max(ys)


def hides_nothing(page: pymupdf.Page, blocks: list[dict[str, Any]]) -> bool:
    """Return True if all text stands inside the only clipping path of a page, or there is none.

    False where that cannot be seen at a glance; ``blocks`` are in the page's own coordinates.
    """
    try:
        content = page.read_contents()
    except PDF_ERRORS as error:
        check_memory(error)
        return False
    # Letters are counted, not operators: inside a text they are none, and then this looks twice.
    # Forms have a box of their own, and so have patterns and annotations.
    clips = content.count(b"W")
    if clips > 1 or b"Do" in content or b"scn" in content or b"SCN" in content:
        return False
    if b"Tr" in content and _TEXT_CLIPS.search(content):
        return False
    if page.first_annot is not None or page.first_widget is not None:
        return False
    return clips == 0 or _all_framed(page, content, blocks)


def _all_framed(page: pymupdf.Page, content: bytes, blocks: list[dict[str, Any]]) -> bool:
    """Return True if the path that the content is clipped to at its start holds all lines."""
    frame = _frame(content)
    if frame is None or page.rotation:
        return False
    whole, shown = page.mediabox, page.rect
    if (whole.width, whole.height) != (shown.width, shown.height):
        return False
    left, bottom, right, top = frame
    # Content counts from the lower left corner of the page upwards.
    corner, upper = whole.x0, whole.y1
    boxes = [line["bbox"] for block in blocks for line in block.get("lines", ())]
    return all(
        left <= box[0] + corner
        and box[2] + corner <= right
        and bottom <= upper - box[3]
        and upper - box[1] <= top
        for box in boxes
    )


def _windows(page: pymupdf.Page) -> list[Box]:
    drawings = page.get_cdrawings(extended=True)
    return [drawing["scissor"] for drawing in drawings if drawing["type"] == "clip"]


def _cutting(span: dict[str, Any], windows: list[Box]) -> list[Box]:
    """Return the windows whose upper or lower edge cuts a span."""
    left, _, right, _ = span["bbox"]
    base, size = span["chars"][0]["origin"][1], span["size"]
    top, bottom = base - ABOVE * size + _HAIR, base + BELOW * size - _HAIR
    return [
        window
        for window in windows
        if (top < window[1] < bottom or top < window[3] < bottom)
        and window[0] < right
        and window[2] > left
    ]


def _places(char: dict[str, Any]) -> list[Place]:
    """Return the places near a character's origin."""
    text, x, y = _place(char, _HALVES)
    return [(text, x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]


def _shown_in(shown: mupdf.FzDisplayList, strip: Box) -> set[Place]:
    """Return the places of the text that is drawn in a strip, clipped text being none.

    A display list knows the visible box of everything on it, and leaves out what the strip that is
    asked for does not meet.
    """
    found = mupdf.FzStextPage(mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE))
    device = mupdf.FzDevice(found, mupdf.FzStextOptions(TEXT_FLAGS))
    area = mupdf.FzRect(*strip)
    mupdf.fz_run_display_list(shown, device, mupdf.FzMatrix(), area, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    blocks = pymupdf.TextPage(found).extractRAWDICT()["blocks"]
    chars = (char for span in _text_spans(blocks) for char in span["chars"])
    return {place for char in chars for place in _places(char)}


def _display_list(page: pymupdf.Page) -> mupdf.FzDisplayList:
    """Return the page's display list in its own coordinates, those of its text, also if turned."""
    rotation = page.rotation
    if rotation:
        page.set_rotation(0)
    try:
        return page.get_displaylist().this
    finally:
        if rotation:
            page.set_rotation(rotation)


def _find_clipped_spans(page: pymupdf.Page, lines: list[dict[str, Any]]) -> dict[int, ClippedSpan]:
    """Return by id the spans of lines (set left to right) that an edge cuts in half."""
    windows = _windows(page)
    cut = [
        (span, edges)
        for line in lines
        if line["dir"][0] > 0.99 and not line["wmode"]
        for span in line["spans"]
        if (edges := _cutting(span, windows))
    ]
    if not cut:
        return {}
    seen = _Strips(_display_list(page))
    found: dict[int, ClippedSpan] = {}
    for span, edges in cut:
        size = span["size"]
        middle = span["chars"][0]["origin"][1] - _MIDDLE * size
        shown = seen.has(span, middle)
        quarters = (middle - _QUARTER * size, middle + _QUARTER * size)
        sliver = not shown and not any(seen.has(span, y) for y in quarters)
        left, right = min(edge[0] for edge in edges), max(edge[2] for edge in edges)
        found[id(span)] = ClippedSpan(shown, sliver, left, right)
    return found


class _Strips:
    """What a page shows at single heights."""

    def __init__(self, drawn: mupdf.FzDisplayList) -> None:
        self._drawn = drawn
        self._seen: dict[float, set[Place]] = {}

    def has(self, span: dict[str, Any], y: float) -> bool:
        """Return True if any glyph of a span shows at a height."""
        if y not in self._seen:
            self._seen[y] = _shown_in(self._drawn, (-_FAR, y - _STRIP, _FAR, y + _STRIP))
        marks = (char for char in span["chars"] if not char["c"].isspace())
        return any(_place(char, _HALVES) in self._seen[y] for char in marks)
