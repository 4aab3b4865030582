"""What pdfplumber's parser draws on a page: glyphs and paths, in the order of the content.

pdfplumber's own objects lack the text rendering mode, transparency and the base line, so the
content is interpreted once more here, by the same parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot, sqrt
from typing import NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import (
    Matrix,
    PathSegment,
    Point,
    apply_matrix_pt,
    mult_matrix,
    translate_matrix,
)

from planparse.lexicon.character_folds import LIGATURES, UNMAPPED, sound
from planparse.pdf.glyphs import ABOVE, BELOW, is_symbol_font
from planparse.pdf.pdfminer_state import Area, DrawingState, color_of
from planparse.pdf.rulings import frame_sides
from planparse.pdf.unseen_text import WHITE
from planparse.pdf.unseen_text import Area as PaintedArea

# Glyphs of Adobe-CNS1 that pdfminer's table names by a compatibility or private character.
_CNS1 = str.maketrans("￡￠￥⊙¯﹨ˆ\uf6f4\uf6f5\uf819\uf81a", "£¢¥☉‾＼＾［］＇＂")
# A glyph shows where a clipping area leaves more than these parts of its width and height on
# every side: of less it cannot be read.
_EDGE, _SLIVER = 0.1, 0.25
# Text rendering modes that paint nothing: 3, and 7, which only clips.
_UNPAINTED = frozenset({3, 7})


class Glyph(NamedTuple):
    """A glyph in points of the parser's page, y upwards; ``across`` and ``up`` are its direction.

    ``order`` counts what was painted before, as ``Recorder.areas`` do. ``color`` is 0xRRGGBB, None
    if it is not known, ``alpha`` 0 (not to be seen) to 1. ``cut``: a clipping area shows less than
    half of its height. ``symbol``: it is a sign that its font does not name.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    across: float
    up: float
    vertical: bool
    order: int
    painted: bool
    alpha: float
    color: int | None
    cut: bool
    symbol: bool


class Path(NamedTuple):
    """One part of a path: its corners, and how it is painted; ``white``: filled in white."""

    points: tuple[Point, ...]
    straight: bool
    stroked: bool
    white: bool
    alpha: float


def _is_seen(box: Area, clip: Area | None) -> bool:
    """Return True if a clipping area leaves more of a glyph's box than its edge."""
    if clip is None:
        return True
    left, bottom, right, top = box
    across, up = _EDGE * min(right - left, top - bottom), _SLIVER * (top - bottom)
    return (
        clip[0] < right - across
        and left + across < clip[2]
        and clip[1] < top - up
        and bottom + up < clip[3]
    )


def _clipped(points: Sequence[Point], clip: Area | None) -> tuple[Point, ...]:
    """Return the corners of a path inside a clipping area; none where nothing of it shows."""
    if clip is None:
        return tuple(points)
    left, bottom, right, top = clip
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < left or min(xs) > right or max(ys) < bottom or min(ys) > top:
        return ()
    return tuple((min(max(x, left), right), min(max(y, bottom), top)) for x, y in points)


Part = tuple[Sequence[Point], bool]


def _parts(path: Sequence[PathSegment], ctm: Matrix) -> list[Part]:
    """Return the corners of each part of a path, and whether its legs are straight."""
    found: list[Part] = []
    part: list[Point] = []
    straight = True
    for segment in [*path, ("m",)]:
        kind = str(segment[0])
        if kind == "m":
            if len(part) > 1:
                found.append((part, straight))
            part, straight = [], True
        if kind == "h":
            part += part[:1]
        elif len(segment) > 2:
            straight = straight and kind in ("m", "l")
            part.append(apply_matrix_pt(ctm, (float(segment[-2]), float(segment[-1]))))
    return found


def _box(points: Sequence[Point]) -> Area:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _frame(one: Part, other: Part) -> list[Part]:
    """Return the four sides of an area with a hole that leaves a border; none if it is no such."""
    sides = frame_sides(_box(one[0]), _box(other[0]))
    return [(((left, low), (right, high)), True) for left, low, right, high in sides]


def _is_rectangle(points: Sequence[Point]) -> bool:
    """Return True if the corners of a path are those of its box."""
    left, bottom, right, top = _box(points)
    return all(x in (left, right) and y in (bottom, top) for x, y in points)


class Recorder(PDFDevice):
    """Notes down what a page draws.

    ``areas`` are filled areas and pictures, in points of the parser's page; their orders are odd.
    """

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self.paths: list[Path] = []
        self.areas: list[PaintedArea] = []

    @property
    def order(self) -> int:
        """How far the page is painted."""
        return 2 * len(self.areas)

    def _note_area(self, box: Area, color: int | None, state: DrawingState, hides: bool) -> None:
        hides = hides and state.fill_alpha == 1 and not state.blended
        self.areas.append(PaintedArea(box, color, self.order + 1, hides))

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Note the place of a picture: what stands on it may be of any colour."""
        del name, stream
        if self.ctm is not None:
            corners = [apply_matrix_pt(self.ctm, (x, y)) for x in (0, 1) for y in (0, 1)]
            self._note_area(_box(corners), None, DrawingState(), hides=False)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Note a path, part by part."""
        del evenodd
        if not (stroke or fill) or self.ctm is None:
            return
        state = graphicstate if isinstance(graphicstate, DrawingState) else DrawingState()
        color = color_of(state.ncolor)
        white = not stroke and color == WHITE
        alpha = max(state.fill_alpha if fill else 0.0, state.stroke_alpha if stroke else 0.0)
        parts = _parts(path, self.ctm)
        if fill and not stroke and len(parts) == 2:
            parts = _frame(*parts) or parts
        for points, straight in parts:
            if shown := _clipped(points, state.clip):
                self.paths.append(Path(shown, straight, stroke, white, alpha))
                if fill and state.fill_alpha:
                    whole = len(parts) == 1 and _is_rectangle(points)
                    self._note_area(_box(shown), color, state, whole)

    def render_string(
        self,
        textstate: PDFTextState,
        seq: Iterable[int | float | bytes],
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        """Note the glyphs of a string and move on behind them."""
        del ncs
        font = textstate.font
        if font is None or self.ctm is None:
            return
        pen = _Pen(self, textstate, font, graphicstate)
        for part in seq:
            if isinstance(part, bytes):
                for code in font.decode(part):
                    pen.draw(code)
            elif isinstance(part, int | float):
                pen.move(-part * 0.001 * textstate.fontsize)
        textstate.linematrix = pen.at


class _Pen:
    """Draws the glyphs of one string."""

    def __init__(
        self, recorder: Recorder, text: PDFTextState, font: PDFFont, state: PDFGraphicState
    ) -> None:
        self._recorder = recorder
        self._text = text
        self._font = font
        self._state = state if isinstance(state, DrawingState) else DrawingState()
        self._matrix: Matrix = mult_matrix(text.matrix, recorder.ctm or (1, 0, 0, 1, 0, 0))
        self._scaling = text.scaling * 0.01
        self._vertical = font.is_vertical()
        self._cns1 = getattr(font, "cidcoding", "") == "Adobe-CNS1"
        self._color = color_of(self._state.ncolor)
        self._symbols = is_symbol_font(str(getattr(font, "fontname", "")))
        self.at: Point = text.linematrix

    def move(self, distance: float) -> None:
        """Move along the line; ``distance`` in units of text space, not yet scaled."""
        x, y = self.at
        self.at = (x, y + distance) if self._vertical else (x + distance * self._scaling, y)

    def draw(self, code: int) -> None:
        """Draw the glyph of a character code."""
        advance = self._font.char_width(code) * self._text.fontsize
        try:
            text = self._font.to_unichr(code).translate(LIGATURES)
            if self._cns1:
                text = text.translate(_CNS1)
        except PDFUnicodeNotDefined:
            text = UNMAPPED
        self._note(sound(text) or UNMAPPED, code, advance)
        spaced = code == 32 and not self._font.is_multibyte()
        self.move(advance + self._text.charspace + (self._text.wordspace if spaced else 0.0))

    def _note(self, text: str, code: int, advance: float) -> None:
        size = self._text.fontsize
        matrix = translate_matrix(self._matrix, self.at)
        left, width = 0.0, advance * self._scaling
        low, high = self._text.rise - BELOW * size, self._text.rise + ABOVE * size
        if self._vertical:
            # The origin of vertical type stands above the glyph, in the middle of its width.
            shift, above = _vertical_origin(self._font.char_disp(code), size)
            left, width = -shift, size
            low, high = low - above, high - above
        corners = [
            apply_matrix_pt(matrix, (x, y)) for x in (left, left + width) for y in (low, high)
        ]
        a, b, c, d, _, _ = matrix
        length = hypot(a, b) or 1.0
        start, end = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
        step, clip = (end - start) / len(text), self._state.clip
        painted = self._text.render not in _UNPAINTED
        for at, char in enumerate(text):
            left = start + at * step
            self._recorder.glyphs.append(
                Glyph(
                    char,
                    left,
                    bottom,
                    left + step,
                    top,
                    size * sqrt(abs((a * d - b * c) * self._scaling)),
                    a / length,
                    b / length,
                    self._vertical,
                    self._recorder.order,
                    painted and _is_seen((left, bottom, left + step, top), clip),
                    self._state.fill_alpha,
                    self._color,
                    clip is not None and not clip[1] <= (bottom + top) / 2 <= clip[3],
                    self._symbols and char == UNMAPPED,
                )
            )


def _vertical_origin(shift: float | tuple[float | None, float], size: float) -> tuple[float, float]:
    """Return how far the origin of a vertical glyph is right of it and above its base line."""
    across, above = shift if isinstance(shift, tuple) else (None, 880.0)
    return (0.5 if across is None else across * 0.001) * size, above * 0.001 * size
