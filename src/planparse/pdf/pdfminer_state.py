"""How pdfplumber's parser draws: colour, transparency and clipping, which it leaves out itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import Matrix, apply_matrix_pt

# Left, bottom, right and top in points of the parser's page.
Area = tuple[float, float, float, float]


def color_of(color: Any) -> int | None:
    """Return a colour of any space as 0xRRGGBB; None for patterns and what is not known."""
    parts = color if isinstance(color, Sequence) and not isinstance(color, str) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return None
    if len(parts) == 1:
        rgb: tuple[Any, ...] = (*parts, *parts, *parts)
    elif len(parts) == 3:
        rgb = tuple(parts)
    elif len(parts) == 4:
        *inks, black = parts
        rgb = tuple((1 - part) * (1 - black) for part in inks)
    else:
        return None
    red, green, blue = (min(max(round(255 * float(part)), 0), 255) for part in rgb)
    return red << 16 | green << 8 | blue


class DrawingState(PDFGraphicState):
    """The parser's graphics state with transparency, and the ``clip`` outside which nothing shows.

    ``clip`` is None where nothing clips. ``blended``: what is below shines through, as of a marker,
    or around what is painted: it is clipped by a path that is no rectangle.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0
        self.clip: Area | None = None
        self.blended = False

    def copy(self) -> DrawingState:
        """Return a state of its own with the same values."""
        made = DrawingState()
        made.__dict__.update(self.__dict__)
        return made

    def narrow(self, area: Area) -> None:
        """Clip by an area as well."""
        if self.clip is not None:
            left, bottom, right, top = self.clip
            area = (
                max(area[0], left),
                max(area[1], bottom),
                min(area[2], right),
                min(area[3], top),
            )
        self.clip = area


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, minding transparency; forms inherit the state they are drawn in."""

    inherited: DrawingState | None = None

    def init_state(self, ctm: Matrix) -> None:
        """Start with the state of whoever draws this content."""
        super().init_state(ctm)
        self.graphicstate: PDFGraphicState = (
            DrawingState() if self.inherited is None else self.inherited.copy()
        )

    def subinterp(self) -> Interpreter:
        """Return an interpreter for a form."""
        made = super().subinterp()
        if not isinstance(made, Interpreter):
            raise TypeError("a form is interpreted by another class")
        if isinstance(self.graphicstate, DrawingState):
            made.inherited = self.graphicstate
        return made

    def do_W(self) -> None:  # noqa: N802 - the parser calls operators by their names
        """Clip by the path that was laid out; of a path that is no rectangle, by its box."""
        points = [
            apply_matrix_pt(self.ctm, (float(part[-2]), float(part[-1])))
            for part in self.curpath
            if len(part) > 2
        ]
        if points and isinstance(self.graphicstate, DrawingState):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self.graphicstate.narrow((min(xs), min(ys), max(xs), max(ys)))
            if len({*xs}) > 2 or len({*ys}) > 2:
                self.graphicstate.blended = True

    def do_W_a(self) -> None:  # noqa: N802
        """Clip by the even-odd rule: the same box."""
        self.do_W()

    def do_gs(self, name: Any) -> None:
        """Take transparency from a set of parameters."""
        sets: Any = resolve1(self.resources.get("ExtGState")) or {}
        key = name.name if isinstance(name, PSLiteral) else name
        found: Any = resolve1(sets.get(key)) or {}
        if isinstance(self.graphicstate, DrawingState):
            self.graphicstate.fill_alpha = _number(found.get("ca"), self.graphicstate.fill_alpha)
            self.graphicstate.stroke_alpha = _number(
                found.get("CA"), self.graphicstate.stroke_alpha
            )
            if "BM" in found:
                self.graphicstate.blended = resolve1(found["BM"]) is not LIT("Normal")


def _number(value: Any, otherwise: float) -> float:
    value = resolve1(value)
    return float(value) if isinstance(value, int | float) else otherwise
