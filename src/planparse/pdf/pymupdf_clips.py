"""Tell cheaply that no clipping path of a page can hide any of its text."""

from __future__ import annotations

import re
from typing import Any

import pymupdf

from planparse.pdf.pymupdf_document import PDF_ERRORS, check_memory

# Text may clip what follows; W and W* are the operators of clipping paths.
_TEXT_CLIPS = re.compile(rb"[4-7][\s\0]*Tr")
_NUMBER = rb"(-?[0-9]*\.?[0-9]+)\s+"
# Producers that clip once do so at the start: the page, or what its margins leave.
_FRAME = re.compile(
    rb"\s*(?:[0-9.]+\s+w\s+)?"
    rb"(?:" + _NUMBER + rb"0\s+0\s+" + 3 * _NUMBER + rb"cm\s+)?"
    rb"q\s+" + 4 * _NUMBER + rb"re\s+W\*?\s+n\s"
)


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

    False where that cannot be told at a glance; ``blocks`` are in the page's own coordinates.
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
