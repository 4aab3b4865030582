"""The picture of a page: grey pixels, how dark the ink is, and which way is up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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


class PictureTooLargeError(ValueError):
    """The page holds a picture that is not decoded, because of its size."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Grey pixels of a page as displayed; ``scale`` is pixels a point."""

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
    """Draw the page in grey, at its scan's own resolution; PictureTooLargeError."""
    import pymupdf

    width, height = page.rect.width, page.rect.height
    scale = _dpi(page) / POINTS_AN_INCH
    scale = min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.h, pixmap.stride)
    return PagePicture(grey[:, : pixmap.w].copy(), scale)


def _dpi(page: pymupdf.Page) -> float:
    """Give the resolution of the page's largest picture, within bounds."""
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
    """Tell ink from paper: 255 where there is ink, 0 elsewhere.

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
