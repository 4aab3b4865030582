"""What a recogniser is asked and what it returns: pictures of lines, characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from planparse.model.page import Page, Repair
from planparse.model.problem import Problem

if TYPE_CHECKING:
    # The door is imported with every file: NumPy only with the first scan.
    from planparse.ocr.lines import LineBox
    from planparse.ocr.picture import Pixels

LINE_HEIGHT = 48
"""Pixels: the height that the model was trained on."""

STEP = 8
"""Pixels of a line's picture per step of the model's output."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as read: steps ``start`` … ``stop - 1``, surest at ``peak``.

    ``alternatives`` are what it may be, the likeliest first, each with its chance 0 … 1. ``faint``:
    the model thought white likelier.
    """

    start: int
    stop: int
    peak: int
    alternatives: tuple[tuple[str, float], ...]
    faint: bool = False

    @property
    def text(self) -> str:
        """The likeliest character."""
        return self.alternatives[0][0]

    @property
    def chance(self) -> float:
        """Chance of the likeliest character."""
        return self.alternatives[0][1]


@dataclass(frozen=True, slots=True)
class Recognition:
    """The glyphs of one line, left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The likeliest characters."""
        return "".join(glyph.text for glyph in self.glyphs if not glyph.faint)


@dataclass(frozen=True, slots=True)
class Crop:
    """A line's picture, ``LINE_HEIGHT`` high.

    ``scale`` is its pixels per pixel of the page, ``left`` where on the page it begins.
    """

    pixels: Pixels
    box: LineBox
    scale: float
    left: float

    def middle(self, glyph: Glyph) -> float:
        """Return the glyph's middle, in pixels of the page."""
        return self.left + (glyph.start + glyph.stop) / 2 * STEP / self.scale


class Engine(Protocol):
    """Reads lines: the recogniser, its cache, or recorded recognitions."""

    @property
    def name(self) -> str:
        """Name and version: part of the cache's key."""

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Read each line; EngineMissingError if there is no engine to read with."""


EM = 36.0
"""Pixels of an em square in the line's picture; smaller and larger ones were read worse."""

MARGIN = 4.0
"""Pixels of paper before and after the line; more of it cost characters at the ends."""

WIDEST = 4000
"""Pixels: a line of 110 characters; no page has a longer one."""


def cut_line(pixels: Pixels, box: LineBox, stretch: float = 1.0) -> Crop:
    """Cut a line out of the page, its em square in the middle; ``stretch`` widens the picture."""
    import cv2
    import numpy as np

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


class EngineMissingError(RuntimeError):
    """The engine or its model is not installed; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class OcrReading:
    """What was read of a picture: the page, the repairs made on it, and what went wrong."""

    page: Page
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]
