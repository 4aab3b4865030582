"""Lines of writing on an upright page, found by the rulings and the white between the rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.picture import Pixels, stretches

MOST_LINES = 1200
"""A full page of 8 point writing in five columns has fewer; a picture of noise has more."""

USUAL_EM, LEAST_EM, MOST_EM = 13.0, 5.0, 60.0
"""Points: the size of writing of an empty page, and the bounds of what counts."""

SPECK = 0.6
"""Points: the side of a square of dust."""

BURR = 1.2
"""Points: the same right beside a ruling, whose edge is never quite taken out."""

DIRT, BESIDE = 2.0, 9.0
"""Points: a blob that is no larger and has no larger ink, or row of blobs, so near beside it."""

DUST = 0.15
"""Ems: a line with no more ink than this, either way, is dust."""

HOLE, MARGIN = 9.0, 45.0
"""Points: the least width of a punched hole, and how far from the edge of the page it is."""

LOW = 0.75
"""Ems: a band that is lower has only a part of a line's strokes, as 一 or 。 alone."""

WIDE_GAP = 2.6
"""Ems of white inside a line beyond which two pieces are read one by one."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line of writing in pixels of the page.

    ``left`` to ``right`` and ``ceiling`` to ``floor`` hold its ink, ``top`` to ``bottom`` its em
    square; ``region`` numbers the cell that it stands in.
    """

    left: int
    right: int
    top: float
    bottom: float
    ceiling: int
    floor: int
    region: int = 0

    @property
    def em(self) -> float:
        """Height of the em square in pixels."""
        return self.bottom - self.top

    def moved(self, left: int, top: int, region: int) -> LineBox:
        """Return the line of a region whose corner is at ``left``, ``top``, on the page."""
        x0, x1 = self.left + left, self.right + left
        y0, y1 = self.top + top, self.bottom + top
        return LineBox(x0, x1, y0, y1, self.ceiling + top, self.floor + top, region)


@dataclass(frozen=True, slots=True)
class Band:
    """Rows ``top`` to ``bottom`` (beyond the last) with ink between white rows."""

    top: int
    bottom: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top


def find_writing(ink: Pixels, rulings: Pixels, scale: float) -> Pixels:
    """Return the ink without rulings, dust and the shadow at the edges of the paper."""
    writing = without_edges(np.where(rulings > 0, 0, ink).astype(np.uint8))
    return _without_dirt(_without_specks(writing, rulings, scale), scale)


def find_lines(writing: Pixels, walls: Pixels, scale: float) -> list[LineBox]:
    """Return the page's lines, region by region; at most ``MOST_LINES`` + 1."""
    import cv2

    free = np.asarray(np.where(walls > 0, 0, 255), np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    parts: list[tuple[Pixels, int, int, int]] = []
    for label in range(1, count):
        left, top, wide, high, area = (int(value) for value in stats[label])
        if min(wide, high) < LEAST_EM * scale:
            continue
        part = writing[top : top + high, left : left + wide]
        if area < wide * high:
            own = labels[top : top + high, left : left + wide] == label
            part = np.where(own, part, 0).astype(np.uint8)
        parts.append((part, left, top, label))
    em = _page_em([part for part, _, _, _ in parts], scale)
    lines: list[LineBox] = []
    for part, left, top, label in parts:
        lines += [line.moved(left, top, label) for line in _lines_of(part, em)]
        if len(lines) > MOST_LINES:
            break
    return lines[: MOST_LINES + 1]


def without_edges(writing: Pixels) -> Pixels:
    """Take out ink that runs over the edge of the page: a scanner's lid, a turned page's corner.

    It would join all the lines that it stands beside.
    """
    import cv2

    framed = cv2.copyMakeBorder(writing, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    cv2.floodFill(framed, None, (0, 0), 0, flags=8)
    return np.ascontiguousarray(framed[1:-1, 1:-1], np.uint8)


def _without_specks(writing: Pixels, rulings: Pixels, scale: float) -> Pixels:
    """Take out dust, blobs smaller than a third of a full stop, and what rulings left over.

    A dot of a ruling above 一 would make a 二 of it: the two would be one line's strokes.
    """
    import cv2

    largest, burr = max((SPECK * scale) ** 2, 3.0), max((BURR * scale) ** 2, 3.0)
    beside = cv2.dilate(rulings, np.ones((5, 5), np.uint8))
    clean = writing.copy()
    outlines, _ = cv2.findContours(writing, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        if len(outline) <= 8:
            left, top, wide, high = cv2.boundingRect(outline)
            there = slice(top, top + high), slice(left, left + wide)
            if wide * high < (burr if beside[there].any() else largest):
                clean[top : top + high, left : left + wide] = 0
        elif _is_hole(clean, outline, scale):
            cv2.drawContours(clean, [outline], -1, 0, cv2.FILLED)
    return clean


def _without_dirt(writing: Pixels, scale: float) -> Pixels:
    """Take out small blobs that stand alone: a point stands beside writing, dirt anywhere."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(writing, connectivity=8)
    small = (stats[:, 2:4].max(axis=1) <= DIRT * scale) & (np.arange(count) > 0)
    if not small.any():
        return writing
    large = np.where(small[labels], 0, writing).astype(np.uint8)
    reach = np.ones((1, 2 * int(BESIDE * scale) + 1), np.uint8)
    # Dots of a row lead on from one to the next.
    near = cv2.dilate(writing, np.ones((3, int(BESIDE * scale / 2) * 2 + 1), np.uint8))
    _, groups = cv2.connectedComponents(near, connectivity=8)
    held = np.zeros(int(groups.max()) + 1, np.bool_)
    held[groups[cv2.dilate(large, reach) > 0]] = True
    return np.where((writing > 0) & held[groups], 255, 0).astype(np.uint8)


def _is_hole(writing: Pixels, outline: NDArray[Any], scale: float) -> bool:
    """Return True if a blob is a punched hole: a full disc near the left or right edge."""
    import cv2

    left, top, wide, high = cv2.boundingRect(outline)
    near = min(left, writing.shape[1] - left - wide) <= MARGIN * scale
    if not near or min(wide, high) < HOLE * scale or abs(wide - high) > 0.15 * wide:
        return False
    area, hull = cv2.contourArea(outline), cv2.contourArea(cv2.convexHull(outline))
    full = (writing[top : top + high, left : left + wide] > 0).sum() >= 0.97 * area
    return bool(full and area >= 0.95 * hull and 0.7 <= area / (wide * high) <= 0.85)


def _bands(part: Pixels) -> list[Band]:
    return [Band(top, bottom) for top, bottom in stretches(part, rows=True)]


def _page_em(parts: list[Pixels], scale: float) -> float:
    """Return the usual height of the page's lines in pixels, weighted by their ink."""
    heights: list[float] = []
    for part in parts:
        for band in _bands(part):
            if LEAST_EM * scale <= band.height <= MOST_EM * scale:
                wide = int((part[band.top : band.bottom] > 0).any(axis=0).sum())
                heights += [float(band.height)] * max(wide // max(band.height, 1), 1)
    if not heights:
        return USUAL_EM * scale
    return float(np.median(heights))


def _lines_of(part: Pixels, em: float) -> list[LineBox]:
    """Return a region's lines from the top."""
    bands = _split_tall(part, _bands(part), em)
    bands = _merge_short(bands, em)
    found: list[LineBox] = []
    for at, band in enumerate(bands):
        above = bands[at - 1].bottom if at else 0
        below = bands[at + 1].top if at + 1 < len(bands) else part.shape[0]
        found += _pieces(part, band, (above, below), em)
    return found


def _split_tall(part: Pixels, bands: list[Band], em: float) -> list[Band]:
    """Cut bands that hold several lines at the rows with the least ink."""
    found: list[Band] = []
    for band in bands:
        count = round(band.height / (1.25 * em))
        if band.height < 1.7 * em or count < 2:
            found.append(band)
            continue
        rows = (part[band.top : band.bottom] > 0).sum(axis=1).astype(np.float64)
        cuts = _best_cuts(rows, em)
        edges = [0, *cuts, band.height]
        found += [Band(band.top + one, band.top + two) for one, two in pairwise(edges)]
    return found


def _best_cuts(rows: NDArray[np.float64], em: float) -> list[int]:
    """Choose cuts through the emptiest rows, every 0.9 to 2.2 ems."""
    size = len(rows)
    least, most = max(int(0.9 * em), 2), int(2.2 * em)
    cost = np.full(size + 1, np.inf)
    back = np.zeros(size + 1, np.int64)
    cost[0] = 0.0
    price = np.concatenate((rows, [0.0])) + 0.02 * rows.max()
    for at in range(least, size + 1):
        start = max(at - most, 0)
        before = cost[start : at - least + 1]
        pick = int(np.argmin(before))
        cost[at] = before[pick] + price[at]
        back[at] = start + pick
    cuts: list[int] = []
    at = int(back[size]) if np.isfinite(cost[size]) else 0
    while at > 0:
        cuts.append(at)
        at = int(back[at])
    return cuts[::-1]


def _merge_short(bands: list[Band], em: float) -> list[Band]:
    """Join bands of one line: the strokes of 二 and 三 have white between them.

    The smallest gap is closed first, as long as the two together are no higher than a line.
    """
    bands = list(bands)
    while True:
        gaps = [
            (below.top - above.bottom, at)
            for at, (above, below) in enumerate(pairwise(bands))
            if below.bottom - above.top <= 1.12 * em and min(above.height, below.height) < LOW * em
        ]
        if not gaps:
            return bands
        at = min(gaps)[1]
        bands[at : at + 2] = [Band(bands[at].top, bands[at + 1].bottom)]


def _pieces(part: Pixels, band: Band, room: tuple[int, int], em: float) -> list[LineBox]:
    """Return a band's line, or its pieces where wide white stands between them."""
    strokes = stretches(part[band.top : band.bottom], rows=False)
    if not strokes:
        return []
    top, bottom = float(band.top), float(band.bottom)
    if band.height < LOW * em:
        # 一、 alone on a line: the point stands at the bottom of the em square, 一 in its middle.
        lowest = band.bottom if _is_one(part, band, strokes, em) else (top + bottom + em) / 2
        top = max(lowest - em, min(float(room[0]), top))
        bottom = min(top + em, max(float(room[1]), bottom))
    size = bottom - top
    found: list[LineBox] = []
    first = strokes[0][0]
    for (_, end), after in zip_longest(strokes, strokes[1:]):
        if after is None or after[0] - end > WIDE_GAP * size:
            if max(end - first, band.height) > DUST * size:
                found.append(LineBox(first, end, top, bottom, band.top, band.bottom))
            first = end if after is None else after[0]
    return found


def _is_one(part: Pixels, band: Band, strokes: list[tuple[int, int]], em: float) -> bool:
    """Return True if a low line is 一 and a point below it on its right."""
    widths = [end - start for start, end in strokes]
    if len(widths) != 2 or widths[0] < 0.6 * em or widths[1] > 0.5 * em:
        return False
    stroke, point = (
        np.flatnonzero((part[band.top : band.bottom, left:right] > 0).any(axis=1))
        for left, right in strokes
    )
    return bool(len(stroke) <= 0.25 * em and point[0] >= stroke[-1])
