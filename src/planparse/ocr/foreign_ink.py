"""Ink that is not the plan's, taken out before a page is read: stamps, pens, streaks, shading.

Each is known by what no writing of a plan has: a colour over a wide shape, a line from edge to
edge of the paper, a dark ground under white letters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

COLOURED = 50
"""Levels between the brightest and the darkest channel of coloured ink; JPEG leaves black writing
up to 30."""

TINTED = 18
"""Levels of the pale edge of coloured ink, beside more colour."""

FULL = 0.5
"""Part of its box that a ground under letters fills; a stamp and a pen's stroke fill less."""

WIDE = 24.0
"""Points: coloured ink that hangs together over more, either way, is a stamp, a pen's stroke, a
highlighter or a ground; a character of a coloured title is smaller."""

RULING = 150.0
"""Points: a straight coloured line that is longer is a ruling; frames of seals are shorter."""

NEAR = 6.0
"""Points: smaller coloured ink inside a stamp's box, or so near to it, is the stamp's."""

STREAK, BRIGHTEST = 4.0, 96
"""Points that a streak is wide at most, and the percentile of grey along it: a ruling leaves more
than 4 % of a page's length white, a streak of the scanner's glass leaves none."""

STREAK_CONTRAST = 10.0
"""Levels by which a streak is darker than paper."""

BLACK = 110.0
"""Grey of a streak under which no writing is seen."""

GROUND, STROKE = 165, 4.0
"""Grey under which shading is a ground for white letters; points that no stroke of body text or
ruling is wide."""

LEAST_GROUND = (30.0, 9.0)
"""Points: width and height of the smallest ground, one cell of a heading."""


def without_colours(pixels: NDArray[np.uint8], scale: float) -> Pixels:
    """Return a coloured page (rows, columns, channels) in grey, without ink of wide colours.

    Such ink is as bright as its brightest channel: black writing under it stays. Small coloured
    shapes are coloured writing and keep their grey, as coloured rulings do.
    """
    import cv2

    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    brightest, darkest = _extremes(pixels)
    tint = cv2.subtract(brightest, darkest)
    coloured = np.where(tint >= COLOURED, 255, 0).astype(np.uint8)
    mask = _closed(coloured, 3)
    tinted = np.where(cv2.dilate(mask, np.ones((7, 7), np.uint8)) > 0, tint, 0) >= TINTED
    found = grey
    for left, top, across, down, part in _shapes(mask, WIDE * scale):
        own = brightest[top : top + down, left : left + across][part > 0]
        level = float(np.median(own))
        if _is_ruling(part, scale) or (level < GROUND and (part > 0).mean() > FULL):
            continue
        reach = int(NEAR * scale)
        rows = slice(max(top - reach, 0), top + down + reach)
        columns = slice(max(left - reach, 0), left + across + reach)
        lighter = np.minimum(brightest[rows, columns] * (255.0 / level), 255.0)
        found = found.copy() if found is grey else found
        place = found[rows, columns]
        place[:] = np.where(tinted[rows, columns], np.maximum(lighter, place), place)
    return found


def _extremes(pixels: NDArray[np.uint8]) -> tuple[Pixels, Pixels]:
    """Return the brightest and the darkest channel of each pixel."""
    import cv2

    red, green, blue = cv2.split(pixels)
    return (
        np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8),
        np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8),
    )


def _closed(ink: Pixels, side: int) -> Pixels:
    import cv2

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return np.asarray(closed, np.uint8)


def _shapes(mask: Pixels, least: float) -> list[tuple[int, int, int, int, Pixels]]:
    """Return left, top, width, height and pixels (255) of shapes so wide or high, in pixels."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for label in range(1, count):
        left, top, across, down, _ = (int(value) for value in stats[label])
        if max(across, down) < least:
            continue
        own = labels[top : top + down, left : left + across] == label
        found.append((left, top, across, down, np.where(own, 255, 0).astype(np.uint8)))
    return found


def _is_ruling(part: Pixels, scale: float) -> bool:
    """Return True if a shape is thin and holds a straight level or upright line."""
    import cv2

    long = int(RULING * scale)
    if max(part.shape) < long or ((part > 0).mean() > 0.5 and min(part.shape) > STREAK * scale):
        return False
    return any(
        bool(cv2.erode(part, np.ones(shape, np.uint8)).any()) for shape in ((1, long), (long, 1))
    )


def without_streaks(pixels: Pixels, scale: float) -> Pixels:
    """Return the picture without lines that run from edge to edge of the paper, either way.

    They stand exactly level or upright in the picture as scanned: call this before turning it.
    """
    for axis in (0, 1):
        pixels = _without_streaks(pixels if axis == 0 else pixels.T, scale)
        pixels = pixels if axis == 0 else np.ascontiguousarray(pixels.T)
    return pixels


def _without_streaks(pixels: Pixels, scale: float) -> Pixels:
    """Take out upright streaks: lighten them, or draw them over where they hide what is below."""
    bright = np.percentile(pixels[::2], BRIGHTEST, axis=0).astype(np.float32)
    reach = int(STREAK * scale)
    # The paper around: shading is wider than a streak.
    padded = np.pad(bright, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    paper = np.percentile(windows, 75, axis=1)
    dark = bright < paper - STREAK_CONTRAST
    if not dark.any() or dark.mean() > 0.1:
        return pixels
    found = pixels.astype(np.float32)
    for start, stop in _stretches(dark):
        if stop - start > reach:
            continue
        first, last = max(start - 2, 0), min(stop + 2, pixels.shape[1]) - 1
        level = bright[start:stop].min()
        part = found[:, first : last + 1]
        if level >= BLACK:
            part *= paper[first : last + 1] / np.maximum(bright[first : last + 1], 1.0)
        else:
            share = np.linspace(0.0, 1.0, last - first + 1, dtype=np.float32)
            part[:] = part[:, :1] * (1 - share) + part[:, -1:] * share
    return np.clip(found, 0, 255).astype(np.uint8)


def _stretches(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0])))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def without_grounds(pixels: Pixels, levelled: Pixels, scale: float) -> Pixels:
    """Return the picture with dark grounds under white letters made white, the letters black.

    ``levelled`` is the picture with white paper.
    """
    import cv2

    dark = np.where(levelled < GROUND, 255, 0).astype(np.uint8)
    side = max(int(STROKE * scale), 3)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    joined = _closed(np.asarray(solid, np.uint8), int(LEAST_GROUND[1] * scale))
    found: Pixels | None = None
    for left, top, across, down, part in _shapes(joined, LEAST_GROUND[0] * scale):
        if across < LEAST_GROUND[0] * scale or down < LEAST_GROUND[1] * scale:
            continue
        place = slice(top, top + down), slice(left, left + across)
        if not _is_ground(part, dark[place]):
            continue
        found = pixels.copy() if found is None else found
        found[place] = _inverted(levelled[place], part > 0)
        # The edge of a ground is the edge of its cell, which many tables draw no border around.
        outline = cv2.morphologyEx(np.pad(part, 1), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        found[place][outline[1:-1, 1:-1] > 0] = 0
    return pixels if found is None else found


def _is_ground(part: Pixels, dark: Pixels) -> bool:
    """Return True if a shape fills its box and is dark in most places."""
    return bool((part > 0).mean() >= 0.85 and (dark > 0).mean() >= 0.5)


def _inverted(levelled: Pixels, inside: NDArray[np.bool_]) -> Pixels:
    """Return a ground's pixels with the ground white, letters black and rulings still dark."""
    ground = float(np.median(levelled[inside]))
    values = levelled.astype(np.float32)
    letters = (values - ground) / max(255.0 - ground, 1.0)
    rulings = (ground - values) / max(ground, 1.0)
    made = 255.0 * (1.0 - np.clip(np.maximum(letters, rulings), 0.0, 1.0))
    return np.where(inside, made, levelled).astype(np.uint8)
