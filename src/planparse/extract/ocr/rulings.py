"""Ruling lines out of an upright page's ink."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planparse.datamodel.page import Axis, Origin, Ruling
from planparse.extract.ocr.picture import Pixels

LONG = 26.0
"""Points: no stroke of 14 point writing is as long; what is, may be a ruling."""

SHORT = 9.0
"""Points: a shorter piece counts where both of its ends stand on rulings of the other axis."""

LONE = 72.0
"""Points: a line that meets no other and is shorter is a dash or an underlined word."""

THICKEST = 6.0
"""Points: a bar is thicker; a filled cell much thicker."""

SNAP = 4.0
"""Points: how far a ruling's end may miss the ruling that it meets."""

GAP = 7.0
"""Points: a break in one ruling that noise or a crease made."""


SAME_END = 8.0
"""Points: rulings that end so near to each other end at one edge of the table."""


@dataclass(frozen=True, slots=True)
class PageRulings:
    """A page's rulings in points; masks (255) of their pixels and of the walls between cells.

    The walls are the rulings and what closes a table that runs on over the page break: many
    word processors draw no border there.
    """

    rulings: tuple[Ruling, ...]
    pixels: Pixels
    walls: Pixels


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


def find_rulings(ink: Pixels, scale: float) -> PageRulings:
    """Find the rulings of an upright page."""
    flat = _find_lines(ink, scale, LONG)
    steep = _find_lines(ink.T, scale, LONG)
    flat = _add_short(flat, _find_lines(ink, scale, SHORT), steep, scale)
    steep = _add_short(steep, _find_lines(ink.T, scale, SHORT), flat, scale)
    flat, steep = _snap(flat, steep, scale), _snap(steep, flat, scale)
    flat, steep = _without_lone(flat, steep, scale), _without_lone(steep, flat, scale)
    pixels = np.zeros_like(ink)
    for mask, lines in ((pixels, flat), (pixels.T, steep)):
        for line in lines:
            _paint(mask, line)
    walls = pixels.copy()
    for mask, lines in (
        (walls, _closing(steep, flat, scale)),
        (walls.T, _closing(flat, steep, scale)),
    ):
        for line in lines:
            _paint(mask, line)
    found = [_ruling(Axis.HORIZONTAL, line, scale) for line in flat]
    found += [_ruling(Axis.VERTICAL, line, scale) for line in steep]
    return PageRulings(tuple(found), pixels, walls)


def _closing(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    """Give the lines, of the other axis, that close a table where several lines end in the air."""
    ends = [
        (at, line)
        for line in lines
        for at in (line.start, line.end)
        if _meets(line, at, others, SNAP * scale) is None
    ]
    found: list[Line] = []
    group: list[tuple[float, Line]] = []
    for at, line in sorted(ends, key=lambda end: end[0]):
        if group and at - group[-1][0] > SAME_END * scale:
            found += _closed(group)
            group = []
        group.append((at, line))
    return found + _closed(group)


def _closed(group: list[tuple[float, Line]]) -> list[Line]:
    if len(group) < 2:
        return []
    across = [line.across for _, line in group]
    middle = sum(at for at, _ in group) / len(group)
    return [Line(middle, min(across), max(across), 1.0)]


def _ruling(axis: Axis, line: Line, scale: float) -> Ruling:
    return Ruling(
        axis,
        round((line.across + 0.5) / scale, 2),
        round(line.start / scale, 2),
        round(line.end / scale, 2),
        round(line.thickness / scale, 2),
        Origin.OCR,
    )


def _find_lines(ink: Pixels, scale: float, shortest: float) -> list[Line]:
    """Find level lines: long runs of ink that are thin."""
    import cv2

    ink = np.ascontiguousarray(ink)
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    long = max(int(shortest * scale), 5)
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    runs = np.asarray(cv2.bitwise_and(runs, ink), np.uint8)
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, max(int(scale), 3)), np.uint8))
    count, _labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pieces = []
    for left, top, wide, high, _area in stats[1:count]:
        if wide < long * 0.8 or high > THICKEST * scale + 2:
            continue
        piece = _measure(np.asarray(runs, np.uint8), int(left), int(top), int(wide), int(high))
        if piece is not None and _stands_free(ink, piece, scale):
            pieces.append(piece)
    return _join(pieces, scale)


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


def _meets(line: Line, at: float, others: list[Line], reach: float) -> Line | None:
    """Give the crossing line nearest to the end ``at`` of ``line``, None if none is in reach."""
    near = [
        other
        for other in others
        if abs(other.across - at) <= reach
        and other.start - reach <= line.across <= other.end + reach
    ]
    return min(near, key=lambda other: abs(other.across - at)) if near else None


def _add_short(
    lines: list[Line], short: list[Line], others: list[Line], scale: float
) -> list[Line]:
    """Add short lines that lead from one crossing line to another."""
    found = list(lines)
    reach = SNAP * scale / 2
    for line in short:
        known = any(
            abs(line.across - other.across) <= 2 * scale
            and line.start < other.end
            and other.start < line.end
            for other in lines
        )
        ends = [_meets(line, at, others, reach) for at in (line.start, line.end)]
        if not known and ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found.append(line)
    return found


def _snap(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    """Let ends stand exactly on the crossing lines that they nearly meet."""
    found = []
    for line in lines:
        first = _meets(line, line.start, others, SNAP * scale)
        last = _meets(line, line.end, others, SNAP * scale)
        start = line.start if first is None else first.across + 0.5
        end = line.end if last is None else last.across + 0.5
        found.append(replace(line, start=start, end=end) if start < end else line)
    return found


def _without_lone(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    return [
        line
        for line in lines
        if line.length >= LONE * scale
        or any(
            _meets(line, other.across, [other], 1.0) for other in others if _crosses(line, other)
        )
    ]


def _crosses(line: Line, other: Line) -> bool:
    return line.start - 2 <= other.across <= line.end + 2


def _paint(mask: Pixels, line: Line) -> None:
    half = line.thickness / 2 + 1.0
    top, bottom = int(max(line.across - half, 0)), int(line.across + half + 1.5)
    mask[top:bottom, int(max(line.start, 0)) : int(line.end) + 1] = 255
