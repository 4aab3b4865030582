"""Rulings that a coarse scan left too pale for ink: seen in the mean of many grey pixels."""

from __future__ import annotations

from planparse.ocr.level_lines import Line, join_lines
from planparse.ocr.picture import Pixels

FARTHEST = 60.0
"""Points: a ruling is not pale over a longer way."""

CHUNK = 4.0
"""Points of a line that are judged together."""

DARKER = 3.0
"""Grey levels by which such a piece's middle row is darker than the rows beside it."""

BESIDE = 2.2
"""Points from a line's middle to the rows beside it."""

MOST = 0.85
"""Part of the pieces that must be darker: writing that stands in the way is so in few."""


def is_faint_line(grey: Pixels, line: Line, start: float, end: float, scale: float) -> bool:
    """Tell whether ``line`` goes on from ``start`` to ``end`` (pixels), paler than ink."""
    first, last = int(min(start, end)), int(max(start, end)) + 1
    middle = round(line.across)
    away = max(round(BESIDE * scale), 2) + int(line.thickness / 2)
    if last - first > FARTHEST * scale or middle < away or middle + away >= grey.shape[0]:
        return False
    step = max(int(CHUNK * scale), 4)
    dark = pieces = 0
    for left in range(max(first, 0), last, step):
        part = grey[middle - away : middle + away + 1, left : left + step]
        rows = part.mean(axis=1)
        inner = rows[away - 1 : away + 2]
        pieces += 1
        dark += min(rows[0], rows[-1]) - inner.min() >= DARKER
    return pieces > 0 and dark >= MOST * pieces


def bridge_lines(lines: list[Line], grey: Pixels, scale: float) -> list[Line]:
    """Join pieces of one ruling where a faint line leads from one to the next."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: line.start):
        for at, before in enumerate(found):
            near = abs(before.across - line.across) <= max(1.2 * scale, before.thickness)
            gap = line.start - before.end
            if near and gap > 0 and is_faint_line(grey, before, before.end, line.start, scale):
                found[at] = join_lines(before, line)
                break
        else:
            found.append(line)
    return found
