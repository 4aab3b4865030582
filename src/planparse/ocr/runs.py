"""Lines of signs as Runs in points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planparse.lexicon.character_folds import fold
from planparse.model.page import Origin, Run
from planparse.ocr.glyph_candidates import SignLine

INK_OF_EM = 0.92
"""Height of a line's ink as part of the font size: what Ming, Kai and Gothic types have."""

HAN_OF_EM, HAN_ENOUGH = 0.90, 6
"""Height of the higher Han characters as part of the font size, and how many tell it better than
the line's ink: brackets are higher, and (1) alone says little."""

LIKE_PAGE, LIKE_PAGE_HAN = 0.25, 0.17
"""A line whose size is off by less than this part has the page's usual one; the second, where
Han characters tell it."""

ALIKE = 1.12
"""Sizes of other lines, titles and headers, are one size if none is so many times another."""


def to_runs(lines: Sequence[SignLine], page: int, first: int, scale: float) -> tuple[Run, ...]:
    """Give a run a line, its glyphs numbered from ``first`` on."""
    sizes = _sizes(lines, scale)
    runs: list[Run] = []
    for line, size in zip(lines, sizes, strict=True):
        if not line.signs:
            continue
        middle = (line.top + line.bottom) / 2 / scale
        text = fold(line.text)
        read = "".join(sign.read for sign in line.signs)
        runs.append(
            Run(
                page,
                first,
                text,
                tuple(round(sign.left / scale, 2) for sign in line.signs),
                tuple(round(sign.right / scale, 2) for sign in line.signs),
                round(middle - size / 2, 2),
                round(middle + size / 2, 2),
                round(size, 2),
                line.spaces,
                None if read == text else read,
                Origin.OCR,
                tuple(round(sign.chance, 4) for sign in line.signs),
            )
        )
        first += len(text)
    return tuple(runs)


def _sizes(lines: Sequence[SignLine], scale: float) -> list[float]:
    """Give each line's font size in points; a pixel's difference makes no other size."""
    found = [_size(line, scale) for line in lines]
    weighted = [size for line, size in zip(lines, found, strict=True) for _ in line.signs]
    usual = float(np.median(weighted)) if weighted else 1.0
    limits = {
        size: LIKE_PAGE_HAN if len(_han_heights(line)) >= HAN_ENOUGH else LIKE_PAGE
        for line, size in zip(lines, found, strict=True)
    }
    groups: list[list[float]] = []
    for size in sorted(found):
        if abs(size / usual - 1) <= limits[size]:
            continue
        if groups and size <= ALIKE * groups[-1][0]:
            groups[-1].append(size)
        else:
            groups.append([size])
    known = {size: float(np.median(group)) for group in groups for size in group}
    return [known.get(size, usual) for size in found]


def _size(line: SignLine, scale: float) -> float:
    heights = _han_heights(line)
    if len(heights) >= HAN_ENOUGH:
        return float(np.percentile(heights, 80)) / scale / HAN_OF_EM
    return line.em / scale / INK_OF_EM


def _han_heights(line: SignLine) -> list[float]:
    return [sign.height for sign in line.signs if "\u4e00" <= sign.text <= "\u9fff"]
