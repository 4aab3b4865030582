"""Draw cells' borders, shading and glyphs the way a style asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from .breaking import Width, width_of
from .ops import Fill, Frame, Line, Text
from .pages import DrawnCell, PageParts
from .style import Style

Segment = tuple[float, float, float]  # position across, start, end
_WORDS = re.compile(r"[!-~]+|[^!-~\s]+")


def paint(rng: Random, style: Style, parts: PageParts, width: Width) -> None:
    """Add rulings and shading to a page and split and order its texts."""
    page = parts.page
    if style.shade_heading:
        for cell in parts.cells:
            if cell.heading:
                page.shades.insert(0, Fill(cell.left, cell.top, cell.right, cell.bottom, 0.85))
    if style.rulings == "cell_rects" and not style.open_break and style.outer == "full":
        page.rulings = [Frame(c.left, c.top, c.right, c.bottom, 0.5) for c in parts.cells]
    else:
        across, down = _edges(style, parts.cells)
        page.rulings = _lines(rng, style, across, down, parts.cells)
    texts = [piece for text in page.texts for piece in _pieces(style, text, width)]
    page.texts = _ordered(rng, style, texts)


def _edges(style: Style, cells: list[DrawnCell]) -> tuple[list[Segment], list[Segment]]:
    """Give horizontal and vertical edges of all cells, without those that the style leaves out."""
    if not cells:
        return [], []
    left = min(cell.left for cell in cells)
    right = max(cell.right for cell in cells)
    across, down = set(), set()
    for cell in cells:
        if not (cell.cut_above and style.open_break):
            across.add((round(cell.top, 3), round(cell.left, 3), round(cell.right, 3)))
        if not (cell.cut_below and style.open_break):
            across.add((round(cell.bottom, 3), round(cell.left, 3), round(cell.right, 3)))
        if not (cell.left == left and style.outer in ("no_left", "no_sides")):
            down.add((round(cell.left, 3), round(cell.top, 3), round(cell.bottom, 3)))
        if not (cell.right == right and style.outer in ("no_right", "no_sides")):
            down.add((round(cell.right, 3), round(cell.top, 3), round(cell.bottom, 3)))
    return sorted(across), sorted(down)


def _joined(segments: list[Segment]) -> list[Segment]:
    """Join segments on one line that touch or overlap."""
    out: list[Segment] = []
    for position, start, end in sorted(segments):
        if out and out[-1][0] == position and start <= out[-1][2] + 0.01:
            out[-1] = (position, out[-1][1], max(end, out[-1][2]))
        else:
            out.append((position, start, end))
    return out


def _dashed(segments: list[Segment]) -> list[Segment]:
    """Cut long segments into dashes of 3 points with 1.5 points between, as LibreOffice does."""
    out = []
    for position, start, end in segments:
        count = max(1, round((end - start) / 4.5))
        step = (end - start) / count
        for index in range(count):
            at = start + index * step
            stop = end if index + 1 == count else at + step * 2 / 3
            out.append((position, round(at, 3), round(stop, 3)))
    return out


def _lines(
    rng: Random,
    style: Style,
    across: list[Segment],
    down: list[Segment],
    cells: list[DrawnCell],
) -> list[Line | Fill | Frame]:
    kind = "stroke" if style.rulings == "cell_rects" else style.rulings
    pieces = kind in ("pieces", "fill_pieces")
    if not pieces:
        across, down = _joined(across), _joined(down)
    if kind == "dashes":
        across, down = _dashed(across), _dashed(down)
    made: list[Line | Fill | Frame] = []
    box = (
        (
            min(cell.left for cell in cells),
            min(cell.top for cell in cells),
            max(cell.right for cell in cells),
            max(cell.bottom for cell in cells),
        )
        if cells
        else (0.0, 0.0, 0.0, 0.0)
    )
    for y, x0, x1 in across:
        double = kind == "double" or (
            kind == "double_outer" and (abs(y - box[1]) < 0.01 or abs(y - box[3]) < 0.01)
        )
        made += _ruling(kind, double, (x0, y, x1, y))
    for x, y0, y1 in down:
        double = kind == "double" or (
            kind == "double_outer" and (abs(x - box[0]) < 0.01 or abs(x - box[2]) < 0.01)
        )
        made += _ruling(kind, double, (x, y0, x, y1))
    if kind == "fill_pieces":
        corners = {(x, y) for x, y0, y1 in down for y in (y0, y1)}
        made += [Fill(x - 0.25, y - 0.25, x + 0.25, y + 0.25, 0.0) for x, y in sorted(corners)]
    if style.paint_order == "shuffled":
        rng.shuffle(made)
    return made


def _ruling(
    kind: str, double: bool, at: tuple[float, float, float, float]
) -> list[Line | Fill | Frame]:
    x0, y0, x1, y1 = at
    offsets = (-0.9, 0.9) if double else (0.0,)
    made: list[Line | Fill | Frame] = []
    for offset in offsets:
        dx, dy = (0.0, offset) if y0 == y1 else (offset, 0.0)
        if kind in ("fill", "fill_pieces"):
            thick = 0.25
            ex, ey = (0.0, thick) if y0 == y1 else (thick, 0.0)
            short = 0.25 if kind == "fill_pieces" else 0.0
            sx, sy = (short, 0.0) if y0 == y1 else (0.0, short)
            made.append(
                Fill(x0 + dx - ex + sx, y0 + dy - ey + sy, x1 + dx + ex - sx, y1 + dy + ey - sy, 0)
            )
        else:
            made.append(Line(x0 + dx, y0 + dy, x1 + dx, y1 + dy, 0.4 if double else 0.6))
    return made


def _pieces(style: Style, text: Text, width: Width) -> list[Text]:
    """Split a run as the style's producer would place it; fake bold doubles it."""
    found: list[tuple[int, str]] = [(0, text.text)]
    if style.glyphs == "chars":
        found = [(at, char) for at, char in enumerate(text.text) if not char.isspace()]
    elif style.glyphs == "words":
        found = [(match.start(), match.group()) for match in _WORDS.finditer(text.text)]
    out = []
    for at, piece in found:
        x = text.x + width_of(text.text[:at], width) * text.size + at * text.spacing
        made = Text(x, text.y, piece, text.size, text.spacing, kerned=text.kerned)
        out.append(made)
        if text.bold:
            out.append(replace(made, x=x + 0.3))
    return out


def _ordered(rng: Random, style: Style, texts: list[Text]) -> list[Text]:
    if style.paint_order == "columns":
        return sorted(texts, key=lambda one: (round(one.x / 60), one.y, one.x))
    if style.paint_order == "reversed":
        return texts[::-1]
    if style.paint_order == "shuffled":
        texts = list(texts)
        rng.shuffle(texts)
    return texts
