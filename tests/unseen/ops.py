"""What is drawn on a page, independent of who writes the PDF. Points, origin top left."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Text:
    """A run of glyphs: left edge, base line, size; ``spacing`` is added after each glyph.

    ``kerned``: the spacing is written glyph by glyph, where the writer can.
    """

    x: float
    y: float
    text: str
    size: float
    spacing: float = 0.0
    bold: bool = False
    kerned: bool = False


@dataclass(slots=True)
class Line:
    """A stroked line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


@dataclass(slots=True)
class Fill:
    """A filled rectangle; ``grey`` 0 is black."""

    x0: float
    y0: float
    x1: float
    y1: float
    grey: float


@dataclass(slots=True)
class Frame:
    """A stroked rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


@dataclass(slots=True)
class Watermark:
    """Large light text across the page, turned by 45 degrees."""

    text: str
    size: float


@dataclass(slots=True)
class DrawnPage:
    """One page: under (shading), lines, texts; ``watermark`` lies below all."""

    width: float
    height: float
    shades: list[Fill] = field(default_factory=list)
    rulings: list[Line | Fill | Frame] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    watermark: Watermark | None = None
