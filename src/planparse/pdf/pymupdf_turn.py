"""Glyphs of a page as displayed: turned back, and those printed twice once."""

from __future__ import annotations

from itertools import pairwise
from operator import sub
from typing import Any

import pymupdf

from planparse.model.page import Axis, Ruling, Run


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


# A second print stands within this part of the font size of the first.
# More would take the second of two dots: a dot is a quarter as wide as its font size.
NEAR = 0.15


def _is_spread(run: Run) -> bool:
    return len(run.lefts) < 2 or min(map(sub, run.lefts[1:], run.lefts)) >= NEAR * run.font_size


def _may_double(runs: list[Run], spread: bool | None) -> bool:
    """Tell cheaply whether glyphs may stand twice: a run without advance, or over another run."""
    if not (all(map(_is_spread, runs)) if spread is None else spread):
        return True
    ordered = sorted(runs, key=lambda run: (round(run.top), run.lefts[0]))
    for before, run in pairwise(ordered):
        if run.top - before.top < run.font_size and run.lefts[0] < before.rights[-1] - 1.0:
            return True
    return False


def without_overprint(
    runs: list[Run], *, spread: bool | None = None
) -> tuple[list[Run], list[Run]]:
    """Part the runs into those to keep and the second prints of glyphs that stand already.

    ``spread``: whether the glyphs of each run are known to stand apart; None: to be seen.
    """
    if not _may_double(runs, spread):
        return runs, []
    seen: dict[str, list[tuple[float, float]]] = {}
    kept: list[Run] = []
    doubled: list[Run] = []
    for run in runs:
        near = NEAR * run.font_size
        again = []
        for char, left in zip(run.text, run.lefts, strict=True):
            places = seen.setdefault(char, [])
            again.append(any(abs(x - left) < near and abs(y - run.top) < near for x, y in places))
            places.append((left, run.top))
        if not any(again):
            kept.append(run)
            continue
        start = 0
        for at in range(1, len(again) + 1):
            if at == len(again) or again[at] != again[start]:
                (doubled if again[start] else kept).append(run.slice(start, at))
                start = at
    return kept, doubled
