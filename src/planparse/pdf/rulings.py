"""Rulings from a page's vectors: those that MuPDF collects with the text, or exact paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from planparse.model.geometry import Box
from planparse.model.page import Axis, Ruling
from planparse.pdf.glyphs import luminance, rgb

# Thicker than this is a shading, not a line; Word's heaviest border is 6 points.
MAX_THICKNESS = 6.0
_WHITE = 0xFFFFFF
# Luminance (0 to 255) below which an area may be the borders of a cell.
_DARK = 150
# So many areas of this size in points, one after the other, are a dotted line.
_DOT, _DOTTED = 2.0, 6
# A ruling that stands this near to the page (points) is half on it.
_EDGE = 2.0
_WHITE_FILL = (1.0, 1.0, 1.0)
# A leg stands on a side of a box if it is this near, in points.
_ON_SIDE = 0.3
#: A stroke is level or upright if its ends differ by less, in points; the line from a comment to
#: its words is slanted and borders nothing.
SLANT = 1.0

Bounds = tuple[float, float, float, float]


def thin_rulings(box: Bounds, *, square: float = 0.0) -> list[Ruling]:
    """Return the line that a thin area draws; a small square may belong to either axis.

    ``square``: points by which the sides of a square may differ.
    """
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    lines = []
    if height <= MAX_THICKNESS and width >= height - square:
        lines.append(Ruling(Axis.HORIZONTAL, (top + bottom) / 2, left, right, height))
    if width <= MAX_THICKNESS and height >= width - square:
        lines.append(Ruling(Axis.VERTICAL, (left + right) / 2, top, bottom, width))
    return lines


def _is_dark(color: int) -> bool:
    """Return True if an area is too dark for a shading under black text."""
    return luminance(*rgb(color)) < _DARK


def rulings_from_vectors(blocks: Iterable[Mapping[str, Any]]) -> tuple[list[Ruling], bool]:
    """Return the rulings of a page's vector blocks, and whether some need the exact paths.

    A path of several legs (a polyline) is collected as its bounding box only, and a dark area
    without the path that clips it: the second value is True where such are there and
    ``rulings_from_drawings`` must be asked. So must it for stroked boxes: MuPDF calls three sides
    of a cell that is open above a rectangle too; for dotted lines, of whose dots it keeps few; and
    for strokes that may be slanted.
    """
    rulings: list[Ruling] = []
    incomplete = False
    dots = 0
    for block in blocks:
        left, top, right, bottom = block["bbox"]
        thin = not is_area(block["bbox"])
        if (block["color"] == _WHITE and not block["stroked"]) or block["alpha"] == 0:
            continue
        dots = dots + 1 if right - left <= _DOT and bottom - top <= _DOT else 0
        incomplete = incomplete or dots >= _DOTTED
        if thin and block["stroked"] and _least(block["bbox"]) > 2 * SLANT:
            incomplete = True
        if thin:
            rulings += thin_rulings(block["bbox"])
        elif not block["isrect"] or block["stroked"] or _is_dark(block["color"]):
            incomplete = True
    return rulings, incomplete


def fills_from_vectors(blocks: Iterable[Mapping[str, Any]]) -> list[Box]:
    """Return the coloured areas of a page's vector blocks that are no lines."""
    return [
        Box(*block["bbox"])
        for block in blocks
        if not block["stroked"]
        and block["isrect"]
        and block["color"] != _WHITE
        and block["alpha"] != 0
        and is_area(block["bbox"])
    ]


def _least(box: Bounds) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def is_area(box: Bounds) -> bool:
    """Return True if a filled box is an area, too thick for a line either way."""
    return _least(box) > MAX_THICKNESS


@dataclass(slots=True)
class _Part:
    """A connected part of a path: its box, its straight legs, whether it has no others."""

    box: Bounds
    legs: list[Bounds] = field(default_factory=list)
    straight: bool = True
    end: tuple[float, float] | None = None

    def add(self, points: Sequence[tuple[float, float]], straight: bool) -> None:
        """Add a leg that starts where the last one ended."""
        left, top, right, bottom = self.box
        xs, ys = [x for x, _ in points], [y for _, y in points]
        leg = (min(xs), min(ys), max(xs), max(ys))
        self.box = (min(left, leg[0]), min(top, leg[1]), max(right, leg[2]), max(bottom, leg[3]))
        self.straight = self.straight and straight
        if straight:
            self.legs.append(leg)
        self.end = points[-1]


def _parts(items: Iterable[Sequence[Any]]) -> list[_Part]:
    parts: list[_Part] = []
    for item in items:
        if item[0] == "re":
            x0, y0, x1, y1 = item[1]
            # Drawn in a space that is turned or mirrored, its right edge may come first.
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            parts.append(_Part(box, _sides(box)))
            continue
        # A quad names its corners row by row, lines and curves theirs along the path.
        points = [item[1][at] for at in (0, 1, 3, 2, 0)] if item[0] == "qu" else list(item[1:])
        straight = item[0] != "c"
        if not parts or parts[-1].end != points[0]:
            parts.append(_Part((*points[0], *points[0])))
        for before, after in pairwise(points) if straight else [(points[0], points[-1])]:
            parts[-1].add((before, after), straight)
    return parts


def _sides(box: Bounds) -> list[Bounds]:
    left, top, right, bottom = box
    return [
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ]


def _level(legs: Iterable[Bounds]) -> list[Bounds]:
    return [leg for leg in legs if _least(leg) < SLANT]


def _is_rounded(part: _Part) -> bool:
    """Return True if a part is a rectangle with round corners: straight legs on all four sides."""
    left, top, right, bottom = part.box
    on = {
        side
        for leg in part.legs
        for side, off in enumerate((leg[2] - left, leg[3] - top, right - leg[0], bottom - leg[1]))
        if abs(off) < _ON_SIDE
    }
    return not part.straight and len(on) == 4


def frame_sides(one: Bounds, other: Bounds) -> list[Bounds]:
    """Return the sides of a cell border that is painted as an area with a hole; else none."""
    outer, inner = (one, other) if one[2] - one[0] >= other[2] - other[0] else (other, one)
    widths = [inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]]
    if min(widths) < -_ON_SIDE or max(widths) > MAX_THICKNESS:
        return []
    left, top, right, bottom = outer
    sides = (
        (left, top, inner[0], bottom),
        (left, top, right, inner[1]),
        (inner[2], top, right, bottom),
        (left, inner[3], right, bottom),
    )
    return [side for side, width in zip(sides, widths, strict=True) if width > 0]


def _seen_of(box: Bounds, window: Bounds | None) -> Bounds | None:
    """Return the part of a box that a clipping path lets through, None if there is none."""
    if window is None:
        return box
    left, top = max(box[0], window[0] - _ON_SIDE), max(box[1], window[1] - _ON_SIDE)
    right, bottom = min(box[2], window[2] + _ON_SIDE), min(box[3], window[3] + _ON_SIDE)
    return (left, top, right, bottom) if left <= right and top <= bottom else None


def _from_part(part: _Part, stroked: bool, window: Bounds | None) -> list[Ruling]:
    box = part.box
    if not is_area(box):
        areas = _level(part.legs) if stroked else [box]
    elif not stroked:
        # Browsers paint a cell's border as its whole area, clipped to one side after the other.
        seen = _seen_of(box, window)
        thin = seen is not None and not is_area(seen)
        areas = [box] if thin else []
    else:
        areas = _sides(box) if _is_rounded(part) else _level(part.legs)
    return _shown_rulings(areas, window)


def _shown_rulings(areas: Iterable[Bounds], window: Bounds | None) -> list[Ruling]:
    """Return the rulings of what a clipping path lets through of thin areas."""
    shown = [seen for area in areas if (seen := _seen_of(area, window)) is not None]
    return [ruling for area in shown for ruling in thin_rulings(area)]


def rulings_from_drawings(drawings: Iterable[Mapping[str, Any]]) -> list[Ruling]:
    """Return the rulings of a page's drawing paths (the extended list), leg by leg."""
    rulings: list[Ruling] = []
    windows: list[tuple[int, Bounds]] = []
    for drawing in drawings:
        while windows and windows[-1][0] >= drawing["level"]:
            windows.pop()
        if drawing["type"] == "clip":
            windows.append((drawing["level"], drawing["scissor"]))
        elif drawing["type"] != "group":
            rulings += _from_drawing(drawing, windows[-1][1] if windows else None)
    return rulings


def _from_drawing(drawing: Mapping[str, Any], window: Bounds | None) -> list[Ruling]:
    stroked = "s" in drawing["type"]
    if not stroked and drawing["fill"] == _WHITE_FILL:
        return []
    parts = _parts(drawing["items"])
    is_pair = not stroked and len(parts) == 2
    if sides := frame_sides(parts[0].box, parts[1].box) if is_pair else []:
        return _shown_rulings(sides, window)
    return [line for part in parts for line in _from_part(part, stroked, window)]


def rulings_on_page(rulings: Iterable[Ruling], width: float, height: float) -> list[Ruling]:
    """Cut off what is drawn beyond the page: a browser draws a table whole on each of its pages."""
    kept = []
    for ruling in rulings:
        across, along = (height, width) if ruling.axis is Axis.HORIZONTAL else (width, height)
        if ruling.start >= 0 and ruling.end <= along and 0 <= ruling.position <= across:
            kept.append(ruling)
        elif (
            -_EDGE <= ruling.position <= across + _EDGE and ruling.start < along and ruling.end > 0
        ):
            kept.append(replace(ruling, start=max(ruling.start, 0.0), end=min(ruling.end, along)))
    return kept
