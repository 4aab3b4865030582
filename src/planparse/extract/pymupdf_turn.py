"""Turn what MuPDF reads of a rotated page (/Rotate 90 …) into the page as displayed.

MuPDF gives text and vectors in the page's own, unrotated coordinates.
"""

from __future__ import annotations

from typing import Any

import pymupdf

from planparse.datamodel.page import Axis, Ruling


def _turned_box(box: tuple[float, ...], matrix: pymupdf.Matrix) -> tuple[float, ...]:
    turned = pymupdf.Rect(box) * matrix
    return (turned.x0, turned.y0, turned.x1, turned.y1)


def turn_blocks(blocks: list[dict[str, Any]], matrix: pymupdf.Matrix) -> None:
    """Turn the boxes, base lines and directions of a page's blocks, in place."""
    for block in blocks:
        block["bbox"] = _turned_box(block["bbox"], matrix)
        for line in block.get("lines", ()):
            across, down = line["dir"]
            line["dir"] = (
                across * matrix.a + down * matrix.c,
                across * matrix.b + down * matrix.d,
            )
            for span in line["spans"]:
                for char in span["chars"]:
                    char["bbox"] = _turned_box(char["bbox"], matrix)
                    char["origin"] = tuple(pymupdf.Point(char["origin"]) * matrix)


def turn_rulings(rulings: list[Ruling], matrix: pymupdf.Matrix) -> list[Ruling]:
    """Turn rulings; a quarter turn changes their axis."""
    turned = []
    for ruling in rulings:
        ends = (ruling.start, ruling.position, ruling.end, ruling.position)
        if ruling.axis is Axis.VERTICAL:
            ends = (ruling.position, ruling.start, ruling.position, ruling.end)
        left, top, right, bottom = _turned_box(ends, matrix)
        if right - left >= bottom - top:
            turned.append(Ruling(Axis.HORIZONTAL, top, left, right, ruling.thickness))
        else:
            turned.append(Ruling(Axis.VERTICAL, left, top, bottom, ruling.thickness))
    return turned
