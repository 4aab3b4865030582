"""Long thin lines in a page's ink: the raw material of rulings, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planparse.extract.ocr.picture import Pixels

THICKEST = 6.0
"""Points: a bar is thicker; a filled cell much thicker."""

SNAP = 4.0
"""Points: how far a ruling's end may miss the ruling that it meets."""

GAP = 7.0
"""Points: a break in one ruling that noise or a crease made."""


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


def find_level_lines(
    ink: Pixels, scale: float, shortest: float, between: list[Line] | None = None
) -> tuple[list[Line], Pixels]:
    """Find level lines, long runs of ink that are thin, and the mask of their pixels.

    ``between``: only those that begin and end near one of these lines of the other axis.
    """
    import cv2

    ink = np.ascontiguousarray(ink)
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = max(int(shortest * scale), 5)
    opened = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    runs = np.asarray(cv2.bitwise_and(opened, ink), np.uint8)
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, max(int(scale), 3)), np.uint8))
    # Outlines instead of labels: the same boxes in a fiftieth of the time.
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = np.array([cv2.boundingRect(line) for line in outlines], np.int64).reshape(-1, 4)
    pieces = []
    mask = np.zeros_like(ink)
    for left, top, wide, high in _likely(boxes, scale, long, between):
        piece = _measure(runs, int(left), int(top), int(wide), int(high))
        if piece is not None and _stands_free(ink, piece, scale):
            pieces.append(piece)
            place = slice(int(top), int(top + high)), slice(int(left), int(left + wide))
            mask[place] = runs[place]
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


def _stands_free(ink: Pixels, line: Line, scale: float) -> bool:
    """Tell whether little ink stands beside the line: an edge of a picture has much on one side."""
    away = line.thickness / 2 + 1.5 * scale
    left, right = int(line.start), int(line.end)
    for side in (-1, 1):
        row = round(line.across + side * away)
        if 0 <= row < ink.shape[0] and (ink[row, left:right] > 0).mean() > 0.6:
            return False
    return True


def _join(pieces: list[Line], scale: float) -> list[Line]:
    """Join pieces of one ruling: nearly the same row, overlapping or a small gap apart."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.across)):
        for at, line in enumerate(lines):
            near = abs(line.across - piece.across) <= max(1.2 * scale, line.thickness)
            if near and piece.start - line.end <= GAP * scale:
                lines[at] = _union(line, piece)
                break
        else:
            lines.append(piece)
    return lines


def _union(one: Line, other: Line) -> Line:
    weight = one.length / max(one.length + other.length, 1.0)
    return Line(
        one.across * weight + other.across * (1 - weight),
        min(one.start, other.start),
        max(one.end, other.end),
        one.thickness * weight + other.thickness * (1 - weight),
    )
