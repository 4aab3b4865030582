"""The picture of one line as the recogniser wants it, and the way back to the page."""

from __future__ import annotations

import numpy as np

from planparse.extract.ocr.answers import LINE_HEIGHT, STEP, Crop
from planparse.extract.ocr.lines import LineBox
from planparse.extract.ocr.picture import Pixels

EM = 36.0
"""Pixels of an em square in the line's picture; smaller and larger ones were read worse."""

MARGIN = 4.0
"""Pixels of paper before and after the line; more of it cost characters at the ends."""

WIDEST = 4000
"""Pixels: a line of 110 characters; no page has a longer one."""


def cut_line(pixels: Pixels, box: LineBox, stretch: float = 1.0) -> Crop:
    """Cut a line out of the page, its em square in the middle; ``stretch`` widens the picture."""
    import cv2

    high = EM / max(box.em, 1.0)
    scale = high * stretch
    left = box.left - MARGIN / scale
    wide = min(max(int(np.ceil((box.right - left) * scale + MARGIN)), STEP), WIDEST)
    top = (box.top + box.bottom) / 2 - LINE_HEIGHT / 2 / high
    source = pixels
    x, y = left, top
    if high < 0.8:
        # Shrinking without smoothing first would drop thin strokes.
        x0, y0 = max(int(left) - 4, 0), max(int(top) - 4, 0)
        x1, y1 = int(box.right) + 8, int(top + LINE_HEIGHT / high) + 8
        source = cv2.GaussianBlur(pixels[y0:y1, x0:x1], (0, 0), 0.35 / high).astype(np.uint8)
        x, y = left - x0, top - y0
    matrix = np.array([[scale, 0.0, -x * scale], [0.0, high, -y * high]])
    cut = cv2.warpAffine(
        source,
        matrix,
        (wide, LINE_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Crop(np.asarray(cut, np.uint8), box, scale, left)
