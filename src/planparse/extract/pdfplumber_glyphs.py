"""What pdfplumber's parser draws on a page: glyphs and paths, in the order of the content.

pdfplumber's own objects lack the text rendering mode, transparency and the base line, so the
content is interpreted once more here, by the same parser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot, sqrt
from typing import Any, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import (
    Matrix,
    PathSegment,
    Point,
    apply_matrix_pt,
    mult_matrix,
    translate_matrix,
)

from planparse.extract.folds import LIGATURES

# What a font does not name is no text: the number of the glyph would be a guess.
UNKNOWN = "\ufffd"
# The ideographic em box around a base line.
ABOVE, BELOW = 0.88, 0.12
# Glyphs of Adobe-CNS1 that pdfminer's table names by a compatibility or private character.
_CNS1 = str.maketrans("￡￠￥⊙¯﹨ˆ\uf6f4\uf6f5\uf819\uf81a", "£¢¥☉‾＼＾［］＇＂")
# Text rendering modes that paint nothing: 3, and 7, which only clips.
_UNPAINTED = frozenset({3, 7})


class Glyph(NamedTuple):
    """A glyph in points of the parser's page, y upwards; ``across`` and ``up`` are its direction.

    ``luminance`` is 0 (black) to 1 (white), ``alpha`` 0 (not to be seen) to 1.
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
    painted: bool
    alpha: float
    luminance: float


class Path(NamedTuple):
    """One part of a path: its corners, and how it is painted; ``white``: filled in white."""

    points: tuple[Point, ...]
    straight: bool
    stroked: bool
    white: bool
    alpha: float


def luminance(color: Any) -> float:
    """Give the luminance of a colour of any space; 0 for patterns and what is not known."""
    parts = color if isinstance(color, Sequence) and not isinstance(color, str) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if len(parts) == 1:
        return float(parts[0])
    if len(parts) == 3:
        red, green, blue = parts
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        red, green, blue = ((1 - part) * (1 - black) for part in (cyan, magenta, yellow))
    else:
        return 0.0
    return float(0.299 * red + 0.587 * green + 0.114 * blue)


class _State(PDFGraphicState):
    """The parser's graphics state, and the transparency that it leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0

    def copy(self) -> _State:
        made = _State()
        made.__dict__.update(self.__dict__)
        return made


class Recorder(PDFDevice):
    """Notes down what a page draws."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self.paths: list[Path] = []

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
        state = graphicstate if isinstance(graphicstate, _State) else _State()
        white = not stroke and luminance(state.ncolor) > 0.999
        alpha = max(state.fill_alpha if fill else 0.0, state.stroke_alpha if stroke else 0.0)
        part: list[Point] = []
        straight = True
        for segment in [*path, ("m",)]:
            kind = str(segment[0])
            if kind == "m":
                if len(part) > 1:
                    self.paths.append(Path(tuple(part), straight, stroke, white, alpha))
                part, straight = [], True
            if kind == "h":
                part += part[:1]
            elif len(segment) > 2:
                straight = straight and kind in ("m", "l")
                point = (float(segment[-2]), float(segment[-1]))
                part.append(apply_matrix_pt(self.ctm, point))

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
        self._state = state if isinstance(state, _State) else _State()
        self._matrix: Matrix = mult_matrix(text.matrix, recorder.ctm or (1, 0, 0, 1, 0, 0))
        self._scaling = text.scaling * 0.01
        self._vertical = font.is_vertical()
        self._cns1 = getattr(font, "cidcoding", "") == "Adobe-CNS1"
        self._luminance = luminance(self._state.ncolor)
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
            text = UNKNOWN
        self._note(text or UNKNOWN, code, advance)
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
            low, high = (
                self._text.rise - above - BELOW * size,
                self._text.rise - above + ABOVE * size,
            )
        corners = [
            apply_matrix_pt(matrix, (x, y)) for x in (left, left + width) for y in (low, high)
        ]
        a, b, c, d, _, _ = matrix
        length = hypot(a, b) or 1.0
        step = (max(x for x, _ in corners) - min(x for x, _ in corners)) / len(text)
        start = min(x for x, _ in corners)
        for at, char in enumerate(text):
            self._recorder.glyphs.append(
                Glyph(
                    char,
                    start + at * step,
                    min(y for _, y in corners),
                    start + (at + 1) * step,
                    max(y for _, y in corners),
                    size * sqrt(abs((a * d - b * c) * self._scaling)),
                    a / length,
                    b / length,
                    self._vertical,
                    self._text.render not in _UNPAINTED,
                    self._state.fill_alpha,
                    self._luminance,
                )
            )


def _vertical_origin(shift: float | tuple[float | None, float], size: float) -> tuple[float, float]:
    """Give how far the origin of a vertical glyph is right of it and above its base line."""
    across, above = shift if isinstance(shift, tuple) else (None, 880.0)
    return (0.5 if across is None else across * 0.001) * size, above * 0.001 * size


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, minding transparency; forms inherit the state they are drawn in."""

    inherited: _State | None = None

    def init_state(self, ctm: Matrix) -> None:
        """Start with the state of whoever draws this content."""
        super().init_state(ctm)
        self.graphicstate: PDFGraphicState = (
            _State() if self.inherited is None else self.inherited.copy()
        )

    def subinterp(self) -> Interpreter:
        """Give an interpreter for a form."""
        made = super().subinterp()
        if not isinstance(made, Interpreter):
            raise TypeError("a form is interpreted by another class")
        if isinstance(self.graphicstate, _State):
            made.inherited = self.graphicstate
        return made

    def do_gs(self, name: Any) -> None:
        """Take transparency from a set of parameters."""
        sets: Any = resolve1(self.resources.get("ExtGState")) or {}
        key = name.name if isinstance(name, PSLiteral) else name
        found: Any = resolve1(sets.get(key)) or {}
        if isinstance(self.graphicstate, _State):
            self.graphicstate.fill_alpha = _number(found.get("ca"), self.graphicstate.fill_alpha)
            self.graphicstate.stroke_alpha = _number(
                found.get("CA"), self.graphicstate.stroke_alpha
            )


def _number(value: Any, otherwise: float) -> float:
    value = resolve1(value)
    return float(value) if isinstance(value, int | float) else otherwise
