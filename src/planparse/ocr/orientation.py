"""Which way is up: a page's small turn, and turning it back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.picture import PagePicture, Pixels

MOST_TURN = 3.0
"""Degrees: a page fed into a scanner is seldom askew by more than two."""

STEPS = ((MOST_TURN, 0.25), (0.25, 0.05), (0.05, 0.01))
SAMPLES = 120_000
LEAST_TURN = 0.02


def find_turn(ink: Pixels) -> float:
    """Give the degrees, clockwise, by which the page must be turned to stand upright.

    Lines of writing and rulings fall into few rows where the page is upright: the turn sought is
    the one whose count of ink a row is most uneven.
    """
    ys, xs = np.nonzero(ink)
    if len(ys) < 500:
        return 0.0
    if len(ys) > SAMPLES:
        pick = np.linspace(0, len(ys) - 1, SAMPLES).astype(np.int64)
        ys, xs = ys[pick], xs[pick]
    x = xs.astype(np.float64) - ink.shape[1] / 2
    y = ys.astype(np.float64) - ink.shape[0] / 2
    best = 0.0
    for reach, step in STEPS:
        tried = best + np.arange(-reach, reach + step / 2, step)
        best = float(tried[int(np.argmax([_unevenness(x, y, turn) for turn in tried]))])
    return best if abs(best) >= LEAST_TURN else 0.0


def _unevenness(x: NDArray[np.float64], y: NDArray[np.float64], turn: float) -> float:
    angle = np.deg2rad(turn)
    rows = (x * np.sin(angle) + y * np.cos(angle)).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((counts * counts).sum())


def turn_picture(picture: PagePicture, turn: float) -> PagePicture:
    """Turn the page clockwise about its middle, white where nothing stood; same size."""
    import cv2

    if turn == 0.0:
        return picture
    high, wide = picture.pixels.shape
    matrix = cv2.getRotationMatrix2D(((wide - 1) / 2, (high - 1) / 2), -turn, 1.0)
    turned = cv2.warpAffine(
        picture.pixels,
        matrix,
        (wide, high),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return PagePicture(np.asarray(turned, np.uint8), picture.scale)


def quarter_turn(picture: PagePicture, quarters: int) -> PagePicture:
    """Turn the page clockwise by quarters of a full turn."""
    return PagePicture(np.ascontiguousarray(np.rot90(picture.pixels, -quarters)), picture.scale)
