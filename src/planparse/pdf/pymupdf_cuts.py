"""Find lines that the edge of a clipping path cuts in half, and what of them counts as shown.

A spreadsheet draws a merged cell whole on each page, a browser's print may cut a page anywhere:
then one line is printed twice, each time in part. It belongs to the page that shows its middle.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pymupdf
from pymupdf import mupdf

from planparse.pdf.pymupdf_document import TEXT_FLAGS

# The ideographic em box around a base line, and its middle, as parts of the font size.
_ABOVE, _BELOW, _MIDDLE = 0.88, 0.12, 0.38
# An edge cuts a line if more than this of it, in points, lies on either side.
_HAIR = 0.3
# Height in points of the strip in which a middle is looked for, and what lies beyond all pages.
_STRIP, _FAR = 0.002, 1e5
# Places are compared in half points.
_HALVES = 2

Box = tuple[float, float, float, float]
Place = tuple[str, int, int]


class CutSpan(NamedTuple):
    """A span that an edge cuts: is its middle ``shown``; ``left`` and ``right`` of the windows."""

    shown: bool
    left: float
    right: float


def _windows(page: pymupdf.Page) -> list[Box]:
    drawings = page.get_cdrawings(extended=True)
    return [drawing["scissor"] for drawing in drawings if drawing["type"] == "clip"]


def _cutting(span: dict[str, Any], windows: list[Box]) -> list[Box]:
    """Return the windows whose upper or lower edge cuts a span."""
    left, _, right, _ = span["bbox"]
    base, size = span["chars"][0]["origin"][1], span["size"]
    top, bottom = base - _ABOVE * size + _HAIR, base + _BELOW * size - _HAIR
    return [
        window
        for window in windows
        if (top < window[1] < bottom or top < window[3] < bottom)
        and window[0] < right
        and window[2] > left
    ]


def _places(char: dict[str, Any]) -> list[Place]:
    """Return the places near a character's origin."""
    x, y = char["origin"]
    at, down = round(x * _HALVES), round(y * _HALVES)
    return [(char["c"], at + dx, down + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


def _shown_at(shown: mupdf.FzDisplayList, y: float) -> set[Place]:
    """Return the places of the text that is drawn at a height, clipped text being none.

    A display list knows the visible box of everything on it, and leaves out what the strip that is
    asked for does not meet.
    """
    found = mupdf.FzStextPage(mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE))
    device = mupdf.FzDevice(found, mupdf.FzStextOptions(TEXT_FLAGS))
    strip = mupdf.FzRect(-_FAR, y - _STRIP, _FAR, y + _STRIP)
    mupdf.fz_run_display_list(shown, device, mupdf.FzMatrix(), strip, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    blocks = pymupdf.TextPage(found).extractRAWDICT()["blocks"]
    return {
        place
        for block in blocks
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
        for place in _places(char)
    }


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


def find_cut_spans(page: pymupdf.Page, lines: list[dict[str, Any]]) -> dict[int, CutSpan]:
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
    drawn = _display_list(page)
    seen: dict[float, set[Place]] = {}
    found: dict[int, CutSpan] = {}
    for span, edges in cut:
        middle = span["chars"][0]["origin"][1] - _MIDDLE * span["size"]
        if middle not in seen:
            seen[middle] = _shown_at(drawn, middle)
        marks = [char for char in span["chars"] if not char["c"].isspace()]
        shown = any(_place(char) in seen[middle] for char in marks)
        left, right = min(edge[0] for edge in edges), max(edge[2] for edge in edges)
        found[id(span)] = CutSpan(shown, left, right)
    return found


def _place(char: dict[str, Any]) -> Place:
    x, y = char["origin"]
    return (char["c"], round(x * _HALVES), round(y * _HALVES))
