"""Rulings from the vectors that MuPDF collects while it reads the text: one pass a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planparse.datamodel.page import Axis, Ruling

# Thicker than this is a shading, not a line; Word's heaviest border is 6 points.
MAX_THICKNESS = 6.0
_WHITE = 0xFFFFFF


def _from_rectangle(left: float, top: float, right: float, bottom: float) -> list[Ruling]:
    """Give the line that a thin rectangle draws; a small square may belong to either axis."""
    width, height = right - left, bottom - top
    lines = []
    if height <= MAX_THICKNESS and width >= height:
        lines.append(Ruling(Axis.HORIZONTAL, (top + bottom) / 2, left, right, height))
    if width <= MAX_THICKNESS and height >= width:
        lines.append(Ruling(Axis.VERTICAL, (left + right) / 2, top, bottom, width))
    return lines


def _from_outline(left: float, top: float, right: float, bottom: float) -> list[Ruling]:
    """Give the four sides of a stroked rectangle."""
    return [
        Ruling(Axis.HORIZONTAL, top, left, right, 0.0),
        Ruling(Axis.HORIZONTAL, bottom, left, right, 0.0),
        Ruling(Axis.VERTICAL, left, top, bottom, 0.0),
        Ruling(Axis.VERTICAL, right, top, bottom, 0.0),
    ]


def rulings_from_vectors(blocks: Iterable[Mapping[str, Any]]) -> tuple[list[Ruling], bool]:
    """Give the rulings of a page's vector blocks, and whether some need the exact paths.

    A path of several legs (a polyline) is collected as its bounding box only: the second value
    tells that such paths are there and ``rulings_from_drawings`` must be asked.
    """
    rulings: list[Ruling] = []
    incomplete = False
    for block in blocks:
        left, top, right, bottom = block["bbox"]
        thin = right - left <= MAX_THICKNESS or bottom - top <= MAX_THICKNESS
        if (block["color"] == _WHITE and not block["stroked"]) or block["alpha"] == 0:
            continue
        if thin:
            rulings += _from_rectangle(left, top, right, bottom)
        elif not block["isrect"]:
            incomplete = True
        elif block["stroked"]:
            rulings += _from_outline(left, top, right, bottom)
    return rulings, incomplete


def rulings_from_drawings(drawings: Iterable[Mapping[str, Any]]) -> list[Ruling]:
    """Give the rulings of a page's drawing paths, leg by leg."""
    rulings: list[Ruling] = []
    for drawing in drawings:
        stroked = "s" in drawing["type"]
        for item in drawing["items"]:
            if item[0] == "re":
                left, top, right, bottom = item[1]
                if min(right - left, bottom - top) <= MAX_THICKNESS:
                    rulings += _from_rectangle(left, top, right, bottom)
                elif stroked:
                    rulings += _from_outline(left, top, right, bottom)
            elif item[0] == "l" and stroked:
                (x0, y0), (x1, y1) = item[1], item[2]
                rulings += _from_rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return rulings
