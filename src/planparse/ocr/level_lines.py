"""Long thin lines in a page's ink, and pale ones in its grey: the raw material of rulings.

A coarse scan leaves rulings too pale for ink; they are seen in the mean of many grey pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.picture import Pixels, stretches

THICKEST = 6.0
"""Points: a bar is thicker; a filled cell much thicker."""

DOUBLE = 2.6
"""Points between the strokes of a double ruling."""

FREE, FREE_DASHED = 0.6, 0.3
"""Part of the row beside a line that may be ink; dashes are more easily mistaken."""

LEAST_DASHES, LONGEST_DASH = 4, 9.0
"""How many dashes make a line, and the points of the longest."""

SNAP = 4.0
"""Points: how far a ruling's end may miss the ruling that it meets."""

GAP = 7.0
"""Points: a break in one ruling that noise or a crease made."""


FAINT_LENGTH = 60.0
"""Points: a ruling is not pale over a longer way."""

FAINT_PIECE = 4.0
"""Points of a line that are judged together."""

FAINT_CONTRAST = 3.0
"""Grey levels by which such a piece's middle row is darker than the rows beside it."""

FAINT_BESIDE = 2.2
"""Points from a line's middle to the rows beside it."""

FAINT_PART = 0.85
"""Part of the pieces that must be darker: writing that stands in the way is so in few."""


BROKEN_PART, DARK = 0.25, 128
"""Part of a broken ruling's way that still has ink, and the grey that is ink in a bad copy."""


MENDED = 45.0
"""Points of a ruling that a copy lost, or that a stroke across it took out, at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling in pixels: rows ``across``, from ``start`` to ``end``."""

    across: float
    start: float
    end: float
    thickness: float

    @property
    def length(self) -> float:
        """Length in pixels."""
        return self.end - self.start


def _without_gaps(ink: Pixels, gap: int) -> Pixels:
    """Close the white between dashes, ``gap`` pixels wide; 0 leaves the picture as it is."""
    import cv2

    if not gap:
        return ink
    bridge = np.ones((1, gap + 1), np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), np.uint8)


def find_level_lines(
    ink: Pixels,
    scale: float,
    shortest: float,
    between: list[Line] | None = None,
    dash_gap: float = 0.0,
) -> tuple[list[Line], Pixels]:
    """Find level lines, long runs of ink that are thin, and the mask of their pixels.

    ``between``: only those that begin and end near one of these lines of the other axis.
    ``dash_gap``: points of white inside a line that do not end it.
    """
    import cv2

    ink = np.ascontiguousarray(ink)
    whole = _without_gaps(ink, int(dash_gap * scale))
    thick = cv2.dilate(whole, np.ones((3, 1), np.uint8))
    long = max(int(shortest * scale), 5)
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    runs = np.asarray(cv2.bitwise_and(opened, whole), np.uint8)
    # A double ruling is one line: its two strokes are a point or two apart.
    near = np.ones((int(DOUBLE * scale) + 1, max(int(scale), 3)), np.uint8)
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, near)
    # Outlines instead of labels: the same boxes in a fiftieth of the time.
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = np.array([cv2.boundingRect(line) for line in outlines], np.int64).reshape(-1, 4)
    most = FREE_DASHED if dash_gap else FREE
    pieces = []
    mask = np.zeros_like(ink)
    for box in _likely(boxes, scale, long, between):
        left, top, wide, high = (int(value) for value in box)
        piece = _measure(runs, left, top, wide, high)
        if piece is None or _beside(whole, (left, top, wide, high), scale) > most:
            continue
        if not dash_gap or _is_dashed(ink[top : top + high, left : left + wide], scale):
            pieces.append(piece)
            place = slice(top, top + high), slice(left, left + wide)
            mask[place] |= runs[place] & ink[place]
    return _join(pieces, scale), mask


def _likely(
    boxes: NDArray[np.int64], scale: float, long: int, between: list[Line] | None
) -> NDArray[np.int64]:
    """Keep the blobs (left, top, width, height) that are long, thin and well placed."""
    kept = (boxes[:, 2] >= long * 0.8) & (boxes[:, 3] <= THICKEST * scale + 2)
    if between is not None:
        places = np.array([line.across for line in between])
        for ends in (boxes[:, 0], boxes[:, 0] + boxes[:, 2]):
            near = np.abs(ends[:, None] - places[None, :]) <= SNAP * scale
            kept &= near.any(axis=1)
    return boxes[kept]


def _measure(runs: Pixels, left: int, top: int, wide: int, high: int) -> Line | None:
    part = runs[top : top + high, left : left + wide] > 0
    rows = part.sum(axis=1).astype(np.float64)
    if rows.sum() == 0:
        return None
    across = top + float((rows * np.arange(high)).sum() / rows.sum())
    columns = part.sum(axis=0)
    thickness = float(np.median(columns[columns > 0]))
    return Line(across, float(left), float(left + wide), thickness)


def _beside(ink: Pixels, box: tuple[int, int, int, int], scale: float) -> float:
    """Return how much of a row beside the line is ink: beside a picture's edge it is much."""
    left, top, wide, high = box
    away = max(int(1.5 * scale), 1)
    most = 0.0
    for row in (top - away, top + high - 1 + away):
        if 0 <= row < ink.shape[0]:
            most = max(most, float((ink[row, left : left + wide] > 0).mean()))
    return most


def _is_dashed(part: Pixels, scale: float) -> bool:
    """Return True if a line is made of dashes of one length, one distance apart.

    Strokes of writing that stand in line by chance are neither.
    """
    strokes = np.array(stretches(part, rows=False), np.int64).reshape(-1, 2)
    dashes = (strokes[:, 1] - strokes[:, 0])[1:-1]
    gaps = strokes[1:, 0] - strokes[:-1, 1]
    if len(dashes) < LEAST_DASHES or np.median(dashes) > LONGEST_DASH * scale:
        return False
    return all(
        (np.abs(sizes - np.median(sizes)) <= max(0.35 * np.median(sizes), 1.5)).mean() >= 0.7
        for sizes in (dashes, gaps)
    )


def _join(pieces: list[Line], scale: float) -> list[Line]:
    """Join pieces of one ruling: nearly the same row, overlapping or a small gap apart."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.across)):
        for at, line in enumerate(lines):
            near = abs(line.across - piece.across) <= max(1.2 * scale, line.thickness)
            if near and piece.start - line.end <= GAP * scale:
                lines[at] = join_lines(line, piece)
                break
        else:
            lines.append(piece)
    return lines


def join_lines(one: Line, other: Line) -> Line:
    """Return the one line that two pieces make."""
    weight = one.length / max(one.length + other.length, 1.0)
    return Line(
        one.across * weight + other.across * (1 - weight),
        min(one.start, other.start),
        max(one.end, other.end),
        one.thickness * weight + other.thickness * (1 - weight),
    )


def is_faint_line(grey: Pixels, line: Line, start: float, end: float, scale: float) -> bool:
    """Return True if ``line`` goes on from ``start`` to ``end`` (pixels), paler than ink."""
    first, last = int(min(start, end)), int(max(start, end)) + 1
    middle = round(line.across)
    away = max(round(FAINT_BESIDE * scale), 2) + int(line.thickness / 2)
    if last - first > FAINT_LENGTH * scale or middle < away or middle + away >= grey.shape[0]:
        return False
    step = max(int(FAINT_PIECE * scale), 4)
    dark = pieces = 0
    for left in range(max(first, 0), last, step):
        part = grey[middle - away : middle + away + 1, left : left + step]
        rows = part.mean(axis=1)
        inner = rows[away - 1 : away + 2]
        pieces += 1
        dark += min(rows[0], rows[-1]) - inner.min() >= FAINT_CONTRAST
    return pieces > 0 and dark >= FAINT_PART * pieces


def is_broken_line(grey: Pixels, line: Line, start: float, end: float, scale: float) -> bool:
    """Return True if pieces of ``line`` stand between ``start`` and ``end`` (pixels)."""
    first, last = int(max(min(start, end), 0)), int(max(start, end)) + 1
    half = int(line.thickness / 2 + scale / 2) + 1
    middle = round(line.across)
    part = grey[max(middle - half, 0) : middle + half + 1, first:last]
    return bool(part.size) and float((part.min(axis=0) < DARK).mean()) >= BROKEN_PART


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


def meets_line(line: Line, at: float, others: list[Line], reach: float) -> Line | None:
    """Return the crossing line nearest to the end ``at`` of ``line``, None if none is in reach."""
    near = [
        other
        for other in others
        if abs(other.across - at) <= reach
        and other.start - reach <= line.across <= other.end + reach
    ]
    return min(near, key=lambda other: abs(other.across - at)) if near else None


def mend_lines(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    """Join pieces of one ruling whose break ends in the air: a ruling ends at rulings."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: line.start):
        for at, before in enumerate(found):
            near = abs(before.across - line.across) <= max(1.2 * scale, before.thickness)
            held = [
                meets_line(piece, end, others, SNAP * scale) is not None
                for piece, end in ((before, before.end), (line, line.start))
            ]
            if near and 0 < line.start - before.end <= MENDED * scale and not all(held):
                found[at] = join_lines(before, line)
                break
        else:
            found.append(line)
    return found


def is_known_line(line: Line, lines: list[Line], scale: float) -> bool:
    """Return True if most of a line is one that is known already."""
    shared = sum(
        max(min(line.end, other.end) - max(line.start, other.start), 0.0)
        for other in lines
        if abs(line.across - other.across) <= 3 * scale
    )
    return shared > 0.6 * line.length
