"""The picture of a page: taken, turned upright, without its watermark, as ink and paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.foreign_ink import without_colours, without_grounds, without_streaks

if TYPE_CHECKING:
    import pymupdf

Pixels = NDArray[np.uint8]

POINTS_AN_INCH = 72.0
LEAST_DPI, MOST_DPI, DRAWN_DPI = 150.0, 300.0, 250.0
"""A scan is read at its own resolution inside these bounds; a drawn page at ``DRAWN_DPI``."""

MOST_PIXELS = 40_000_000
"""An A3 page at 300 dpi has 17 million; a larger raster is made coarser."""

MOST_STORED_BYTES = 800_000_000
"""A stored picture of more is not decoded: 20,000 x 20,000 grey pixels are half of it."""

DARKEST = (0.01, 0.003, 0.001, 0.0003)
"""Part of a page's pixels that is surely ink: of a full page, and of one with a line or two."""

CONTRAST = 24.0
"""Grey levels between paper and the palest writing; what differs less is grain."""

INK_LIMIT = 0.7
"""Where between ink (0) and paper (1) a pixel's grey still counts as ink."""

GRAINS = 2.5
"""Ink is darker than paper by so many times the usual step from pixel to pixel."""

MOST_TURN = 3.0
"""Degrees: a page fed into a scanner is seldom askew by more than two."""

STEPS = ((MOST_TURN, 0.25), (0.25, 0.05), (0.05, 0.01))
"""Degrees: how far on either side, and how finely, the turn is sought, round after round."""

SAMPLES, FEWEST = 120_000, 500
"""Pixels of ink that are enough to find the turn, and that are too few for it."""

LEAST_TURN = 0.02
"""Degrees: a smaller turn moves the end of a line across an A4 page by 0.2 points."""

MARK_STROKE = 5.0
"""Points: a watermark's strokes are thicker, those of a title thinner."""

MARK_SIZE = 40.0
"""Points: a watermark's characters are higher and wider."""

MARK_PALEST, MARK_DARKEST = 238, 130
"""Grey of a watermark on white paper: paler is paper, darker is a bar or a picture."""

MARK_ALIKE = 10
"""Levels of grey by which pieces of one watermark differ at most."""


class PictureTooLargeError(ValueError):
    """The page holds a picture that is not decoded, because of its size."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Grey pixels of a page as displayed; ``scale`` is pixels per point."""

    pixels: Pixels
    scale: float

    @property
    def width(self) -> float:
        """Width in points."""
        return float(self.pixels.shape[1] / self.scale)

    @property
    def height(self) -> float:
        """Height in points."""
        return float(self.pixels.shape[0] / self.scale)


def take_picture(page: pymupdf.Page) -> PagePicture:
    """Draw the page in grey at its scan's resolution, without coloured stamps.

    PictureTooLargeError.
    """
    import pymupdf

    width, height = page.rect.width, page.rect.height
    scale = _dpi(page) / POINTS_AN_INCH
    scale = min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    space = pymupdf.csRGB if _is_coloured(page) else pymupdf.csGRAY
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=space)
    rows = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.h, pixmap.stride)
    rows = rows[:, : pixmap.w * pixmap.n]
    if pixmap.n == 1:
        return PagePicture(rows.copy(), scale)
    return PagePicture(without_colours(rows.reshape(pixmap.h, pixmap.w, 3), scale), scale)


def _is_coloured(page: pymupdf.Page) -> bool:
    """Return True if a picture of the page has more channels than grey."""
    return any(info["colorspace"] > 1 for info in page.get_image_info())


def _dpi(page: pymupdf.Page) -> float:
    """Return the resolution of the page's largest picture, within bounds."""
    best, area = DRAWN_DPI, 0.2 * page.rect.width * page.rect.height
    for info in page.get_image_info():
        channels = max(info["colorspace"], 1) * max(info["bpc"], 8) // 8
        if info["width"] * info["height"] * channels > MOST_STORED_BYTES:
            raise PictureTooLargeError(f"{info['width']} x {info['height']} pixels")
        a, b, c, d, _, _ = info["transform"]
        wide, high = math.hypot(a, b), math.hypot(c, d)
        if wide * high > area:
            area = wide * high
            best = POINTS_AN_INCH * max(info["width"] / wide, info["height"] / high)
    return min(max(best, LEAST_DPI), MOST_DPI)


def level_paper(pixels: Pixels) -> Pixels:
    """Make the paper white everywhere: divide by the brightness around each pixel.

    Scanners leave a shadow at the binding and grey paper; one threshold for the whole page
    would lose pale strokes on one side or make ink of the shadow on the other.
    """
    import cv2

    high, wide = pixels.shape
    small = cv2.resize(pixels, (max(wide // 8, 1), max(high // 8, 1)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    paper = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR)
    levelled: Any = cv2.divide(pixels, np.maximum(paper, 16), scale=255)
    return np.asarray(levelled, np.uint8)


def find_ink(levelled: Pixels) -> Pixels:
    """Return 255 where there is ink, 0 where there is paper.

    The threshold lies between white and the page's own darkest writing, so that a pale copy keeps
    its full stops, and beyond the paper's grain, which is the same on a full page and an empty one.
    """
    import cv2

    smooth = cv2.GaussianBlur(levelled, (3, 3), 0)
    counts = np.bincount(smooth[::2, ::2].ravel(), minlength=256)
    share = np.cumsum(counts) / counts.sum()
    middle = float(np.searchsorted(share, 0.5))
    darkest = [float(np.searchsorted(share, part)) for part in DARKEST]
    writing = next((grey for grey in darkest if grey <= middle - CONTRAST), None)
    if writing is None:
        # A blank page: its grain is no ink.
        limit = min(darkest)
    else:
        # From pixel to pixel: what differs over a longer way is shading, not grain.
        steps = np.abs(np.diff(levelled[::2].astype(np.int16), axis=1))
        grain = float(np.median(steps)) if steps.size else 0.0
        limit = min(writing + INK_LIMIT * (255.0 - writing), middle - GRAINS * grain)
    return np.asarray(np.where(smooth < max(limit, 40.0), 255, 0), np.uint8)


def stretches(ink: Pixels, *, rows: bool) -> list[tuple[int, int]]:
    """Return start and end (beyond the last) of each stretch of rows, or columns, with ink."""
    inked = (ink > 0).any(axis=int(rows)).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0])))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def find_turn(ink: Pixels) -> float:
    """Return the degrees, clockwise, by which the page must be turned to stand upright.

    Lines of writing and rulings fall into few rows where the page is upright: the turn sought is
    the one whose count of ink per row is most uneven.
    """
    ys, xs = np.nonzero(ink)
    if len(ys) < FEWEST:
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


def without_foreign_ink(picture: PagePicture) -> PagePicture:
    """Return the picture as scanned without streaks, dark grounds and its watermark."""
    pixels = without_streaks(picture.pixels, picture.scale)
    levelled = level_paper(pixels)
    light = without_grounds(pixels, levelled, picture.scale)
    levelled = levelled if light is pixels else level_paper(light)
    return PagePicture(without_watermark(light, levelled, picture.scale), picture.scale)


def without_watermark(pixels: Pixels, levelled: Pixels, scale: float) -> Pixels:
    """Return the picture without its watermark; the picture itself where there is none.

    ``levelled`` is the picture with white paper.
    Inside the watermark its own grey counts as paper, so that writing over it stays.
    """
    import cv2

    smooth = np.asarray(cv2.GaussianBlur(levelled, (5, 5), 0), np.uint8)
    solid = np.asarray(np.where(smooth < MARK_PALEST, 255, 0), np.uint8)[::2, ::2]
    side = max(int(MARK_STROKE * scale / 2), 3)
    square = np.ones((side, side), np.uint8)
    solid = np.asarray(cv2.morphologyEx(solid, cv2.MORPH_OPEN, square), np.uint8)
    outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    large = [one for one in outlines if min(cv2.boundingRect(one)[2:]) * 2 >= MARK_SIZE * scale]
    mask = _filled(solid, large)
    if not mask.any():
        return pixels
    half = smooth[::2, ::2]
    grey = float(np.median(half[mask > 0]))
    if grey < MARK_DARKEST:
        return pixels
    # What the page's edge or the writing cut off of it is smaller, but of the same grey.
    small = [one for one in outlines if abs(_grey(one, solid, half) - grey) <= MARK_ALIKE]
    mask |= _filled(solid, small)
    near = cv2.dilate(mask, np.ones((side + 4, side + 4), np.uint8))
    near = cv2.resize(near, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_NEAREST)
    lightened = np.minimum(levelled.astype(np.float32) * (255.0 / (grey - 6.0)), 255.0)
    return np.where(near > 0, lightened, levelled).astype(np.uint8)


def _filled(solid: Pixels, outlines: Sequence[Any]) -> Pixels:
    """Return the mask (255) of the solid ink inside the outlines."""
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
    """Return the middle grey of the solid ink inside one outline."""
    import cv2

    left, top, wide, high = cv2.boundingRect(outline)
    place = slice(top, top + high), slice(left, left + wide)
    inside = half[place][solid[place] > 0]
    return float(np.median(inside)) if inside.size else 0.0
