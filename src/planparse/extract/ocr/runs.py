"""Lines of signs as Runs in points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planparse.datamodel.page import Origin, Run
from planparse.extract.folds import fold
from planparse.extract.ocr.signs import SignLine

INK_OF_EM = 0.92
"""Height of a line's ink as part of the font size: what Ming, Kai and Gothic types have."""

LIKE_PAGE = 0.25
"""A line whose height is off by less than this part has the page's usual font size."""


def to_runs(lines: Sequence[SignLine], page: int, first: int, scale: float) -> tuple[Run, ...]:
    """Give a run a line, its glyphs numbered from ``first`` on."""
    usual = _usual_size(lines, scale)
    runs: list[Run] = []
    for line in lines:
        if not line.signs:
            continue
        size = line.em / scale / INK_OF_EM
        if abs(size / usual - 1) <= LIKE_PAGE:
            size = usual
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


def _usual_size(lines: Sequence[SignLine], scale: float) -> float:
    """Give the font size of most of the page's characters."""
    sizes = [line.em for line in lines for _ in line.signs]
    return float(np.median(sizes)) / scale / INK_OF_EM if sizes else 1.0
