"""Rulings from the paths that pdfplumber's parser finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planparse.model.page import Axis, Ruling
from planparse.pdf.pdfminer_glyphs import Path

# Thicker than this is a shading, not a line; Word's heaviest border is 6 points.
_MAX_THICKNESS = 6.0
# Corners of a rectangle stand this exactly (points) on two lines each way.
_EXACT = 0.01

Corner = tuple[float, float]


def _thin(left: float, top: float, right: float, bottom: float) -> list[Ruling]:
    """Return the line that a thin area draws; a small square may belong to either axis."""
    width, height = right - left, bottom - top
    lines = []
    if height <= _MAX_THICKNESS and width >= height - _EXACT:
        lines.append(Ruling(Axis.HORIZONTAL, (top + bottom) / 2, left, right, height))
    if width <= _MAX_THICKNESS and height >= width - _EXACT:
        lines.append(Ruling(Axis.VERTICAL, (left + right) / 2, top, bottom, width))
    return lines


def _legs(corners: Sequence[Corner]) -> list[Ruling]:
    """Return the upright and level legs of a stroked path."""
    lines: list[Ruling] = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        across, down = abs(x0 - x1), abs(y0 - y1)
        if min(across, down) < 1 and max(across, down) > _EXACT:
            lines += _thin(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return lines


def _is_rectangle(corners: Sequence[Corner]) -> bool:
    """Return True if corners stand on two lines each way."""
    return all(
        max(values) - min(values) <= _EXACT
        or all(min(v - min(values), max(values) - v) <= _EXACT for v in values)
        for values in ([x for x, _ in corners], [y for _, y in corners])
    )


def rulings_of(paths: Iterable[Path], left: float, top: float, scale: float) -> list[Ruling]:
    """Return the rulings of paths; ``left`` and ``top`` are the page's corner in their points."""
    rulings: list[Ruling] = []
    for path in paths:
        if path.white or path.alpha == 0:
            continue
        corners = [((x - left) * scale, (top - y) * scale) for x, y in path.points]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _MAX_THICKNESS:
            if path.straight or path.stroked:
                rulings += _thin(*box)
        elif path.stroked:
            # Of a rectangle with round corners the straight legs are the borders.
            rulings += _legs(corners)
    return rulings
