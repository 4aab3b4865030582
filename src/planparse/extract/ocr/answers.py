"""What the recogniser answers, and the agreement with whatever answers in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from planparse.extract.ocr.lines import LineBox
from planparse.extract.ocr.picture import Pixels

LINE_HEIGHT = 48
"""Pixels: the height that the model was trained on."""

STEP = 8
"""Pixels of a line's picture a step of the model's answer."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as read: steps ``start`` … ``stop - 1``, surest at ``peak``.

    ``rivals`` are what it may be, the likeliest first, each with its chance 0 … 1. ``faint``:
    the model thought white likelier.
    """

    start: int
    stop: int
    peak: int
    rivals: tuple[tuple[str, float], ...]
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The glyphs of one line, left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The likeliest characters."""
        return "".join(glyph.rivals[0][0] for glyph in self.glyphs if not glyph.faint)

    @property
    def worst(self) -> float:
        """The smallest chance of a character that was read; 0 for an empty line."""
        return min((glyph.rivals[0][1] for glyph in self.glyphs if not glyph.faint), default=0.0)


@dataclass(frozen=True, slots=True)
class Crop:
    """A line's picture, ``LINE_HEIGHT`` high.

    ``scale`` is its pixels a pixel of the page, ``left`` where on the page it begins.
    """

    pixels: Pixels
    box: LineBox
    scale: float
    left: float

    def middle(self, glyph: Glyph) -> float:
        """Give the glyph's middle, in pixels of the page."""
        return self.left + (glyph.start + glyph.stop) / 2 * STEP / self.scale


class Engine(Protocol):
    """Reads lines: the recogniser, its cache, or recorded answers."""

    @property
    def name(self) -> str:
        """Name and version: part of the cache's key."""

    def read(self, crops: Sequence[Crop]) -> list[Answer]:
        """Read each line; EngineMissingError if there is no engine to read with."""
