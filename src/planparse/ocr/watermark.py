"""Pale strokes, far thicker than writing, behind the text: made white before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planparse.ocr.picture import Pixels, level_paper

STROKE = 5.0
"""Points: a watermark's strokes are thicker, those of a title thinner."""

LARGE = 40.0
"""Points: a watermark's characters are higher and wider."""

PALEST, DARKEST = 238, 130
"""Grey of a watermark on white paper: paler is paper, darker is a bar or a picture."""


ALIKE = 10
"""Levels of grey by which pieces of one watermark differ at most."""


def without_watermark(pixels: Pixels, scale: float) -> Pixels:
    """Take the page's watermark out; the picture itself where there is none.

    Inside the watermark its own grey counts as paper, so that writing over it stays.
    """
    import cv2

    levelled = level_paper(pixels)
    smooth = np.asarray(cv2.GaussianBlur(levelled, (5, 5), 0), np.uint8)
    solid = np.asarray(np.where(smooth < PALEST, 255, 0), np.uint8)[::2, ::2]
    side = max(int(STROKE * scale / 2), 3)
    square = np.ones((side, side), np.uint8)
    solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_OPEN, square), np.uint8)
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    large = [one for one in outlines if min(cv2.boundingRect(one)[2:]) * 2 >= LARGE * scale]
    mask = _filled(solid, large)
    if not mask.any():
        return pixels
    half = smooth[::2, ::2]
    grey = float(np.median(half[mask > 0]))
    if grey < DARKEST:
        return pixels
    # What the page's edge or the writing cut off of it is smaller, but of the same grey.
    small = [one for one in outlines if abs(_grey(one, solid, half) - grey) <= ALIKE]
    mask |= _filled(solid, small)
    near = cv2.dilate(mask, np.ones((side + 4, side + 4), np.uint8))
    near = cv2.resize(near, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
    lightened = np.minimum(levelled.astype(np.float32) * (255.0 / (grey - 6.0)), 255.0)
    return np.where(near > 0, lightened, levelled).astype(np.uint8)


def _filled(solid: Pixels, outlines: Sequence[Any]) -> Pixels:
    """Give the mask (255) of the solid ink inside the outlines."""
    import cv2

    mask = np.zeros(solid.shape, np.uint8)
    for outline in outlines:
        left, top, wide, high = cv2.boundingRect(outline)
        part = np.zeros((high, wide), np.uint8)
        cv2.drawContours(part, [outline], -1, 255, cv2.FILLED, offset=(-left, -top))
        place = slice(top, top + high), slice(left, left + wide)
        mask[place] |= part & solid[place]
    return mask


def _grey(outline: Any, solid: Pixels, half: Pixels) -> float:
    """Give the middle grey of the solid ink inside one outline."""
    import cv2

    left, top, wide, high = cv2.boundingRect(outline)
    place = slice(top, top + high), slice(left, left + wide)
    inside = half[place][solid[place] > 0]
    return float(np.median(inside)) if inside.size else 0.0
