"""Ruling lines out of an upright page's ink."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planparse.model.page import Axis, Origin, Ruling
from planparse.ocr.level_lines import (
    DOUBLE,
    MENDED,
    SNAP,
    Line,
    bridge_lines,
    find_level_lines,
    is_broken_line,
    is_faint_line,
    is_known_line,
    meets_line,
    mend_lines,
)
from planparse.ocr.picture import Pixels

LONG = 26.0
"""Points: no stroke of 14 point writing is as long; what is, may be a ruling."""

SHORT = 13.0
"""Points: a shorter piece counts where both of its ends stand on rulings of the other axis."""

DASHED, DASH_GAP = 22.0, 3.5
"""Points: the least length of a dashed line, and the white between two dashes."""

LONE = 72.0
"""Points: a line that meets no other and is shorter is a dash or an underlined word."""

STROKE, STROKES = 1.4, 24.0
"""Points: the second stroke of a double ruling is no thicker, and reaches farther."""

BROKEN = 40.0
"""Points by which a ruling's end may miss the one it meets where a faint line leads on."""

CURVED = 3.0
"""Points by which a ruling's ink may leave the straight line."""

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


def find_rulings(ink: Pixels, scale: float, grey: Pixels | None = None) -> PageRulings:
    """Find the rulings of an upright page; in ``grey``, its levelled picture, pale ones as well."""
    grey = 255 - ink if grey is None else grey
    flat, flat_mask = find_level_lines(ink, scale, LONG)
    steep, steep_mask = find_level_lines(ink.T, scale, LONG)
    flat, steep = _add_dashed(ink, scale, (flat, flat_mask), (steep, steep_mask))
    short, _ = find_level_lines(ink, scale, SHORT, steep)
    flat = _add_short(flat, short, steep, scale)
    short, _ = find_level_lines(ink.T, scale, SHORT, flat)
    steep = _add_short(steep, short, flat, scale)
    flat, steep = bridge_lines(flat, grey, scale), bridge_lines(steep, grey.T, scale)
    flat, steep = mend_lines(flat, steep, scale), mend_lines(steep, flat, scale)
    flat, steep = _snap(flat, steep, grey, scale), _snap(steep, flat, grey.T, scale)
    flat, steep = _without_lone(flat, steep, scale), _without_lone(steep, flat, scale)
    pixels = np.zeros_like(ink)
    _paint(pixels, flat, flat_mask, scale)
    _paint(pixels.T, steep, steep_mask, scale)
    _paint_strokes(pixels, ink, flat, scale)
    _paint_strokes(pixels.T, ink.T, steep, scale)
    walls = pixels.copy()
    _paint(walls, _closing(steep, flat, scale), None, scale)
    _paint(walls.T, _closing(flat, steep, scale), None, scale)
    found = [_ruling(Axis.HORIZONTAL, line, scale) for line in flat]
    found += [_ruling(Axis.VERTICAL, line, scale) for line in steep]
    return PageRulings(tuple(found), pixels, walls)


def _add_dashed(
    ink: Pixels, scale: float, flat: tuple[list[Line], Pixels], steep: tuple[list[Line], Pixels]
) -> tuple[list[Line], list[Line]]:
    """Add dashed and dotted lines that cross others; the masks get their pixels."""
    found = []
    for pixels, known in ((ink, flat), (ink.T, steep)):
        dashed, mask = find_level_lines(pixels, scale, DASHED, None, DASH_GAP)
        new = [line for line in dashed if not is_known_line(line, known[0], scale)]
        if new:
            known[1][:] |= mask
        found.append(new)
    every = [flat[0] + found[0], steep[0] + found[1]]
    crossing = [
        [line for line in every[at] if line in found[at] and _is_held(line, every, at, scale)]
        for at in (0, 1)
    ]
    return flat[0] + crossing[0], steep[0] + crossing[1]


def _is_held(line: Line, every: list[list[Line]], axis: int, scale: float) -> bool:
    """Return True if a dashed line crosses two, or one and ends where others end in the air."""
    crossings = _crossings(line, every[1 - axis], scale)
    beside = any(
        abs(at - end) <= SAME_END * scale / 2
        for other in every[axis]
        if other is not line and abs(other.across - line.across) > SAME_END * scale
        for at, end in ((line.start, other.start), (line.end, other.end))
        if meets_line(line, at, every[1 - axis], SNAP * scale) is None
    )
    return crossings >= 2 or (crossings == 1 and beside)


def _crossings(line: Line, others: list[Line], scale: float) -> int:
    """Count the lines that this one meets or crosses; two so near that they are one count once."""
    reach = SNAP * scale
    met = sorted(
        other.across
        for other in others
        if line.start - reach <= other.across <= line.end + reach
        and other.start - reach <= line.across <= other.end + reach
    )
    return sum(at == 0 or two - met[at - 1] > reach for at, two in enumerate(met))


def _closing(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    """Return the lines of the other axis that close a table where several end in the air."""
    ends = [
        (at, line)
        for line in lines
        for at in (line.start, line.end)
        if meets_line(line, at, others, SNAP * scale) is None
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
        ends = [meets_line(line, at, others, reach) for at in (line.start, line.end)]
        if not known and ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found.append(line)
    return found


def _snap(lines: list[Line], others: list[Line], grey: Pixels, scale: float) -> list[Line]:
    """Let ends stand exactly on the crossing lines that they nearly meet."""
    found = []
    for line in lines:
        first = _met(line, line.start, others, grey, scale)
        last = _met(line, line.end, others, grey, scale)
        start, end = (
            _as_others(line, at, lines, grey, scale) if met is None else met.across + 0.5
            for at, met in ((line.start, first), (line.end, last))
        )
        found.append(replace(line, start=start, end=end) if start < end else line)
    return found


def _as_others(line: Line, at: float, lines: list[Line], grey: Pixels, scale: float) -> float:
    """Return where a broken line ends at the edge of an open table: where two others end."""
    outwards = -1 if at == line.start else 1
    ends = sorted(
        (other.start if outwards < 0 else other.end for other in lines if other is not line),
        key=lambda end: abs(end - at),
    )
    beyond = [end for end in ends if SNAP * scale < (end - at) * outwards <= MENDED * scale]
    if len(beyond) < 2 or abs(beyond[0] - beyond[1]) > SAME_END * scale:
        return at
    return beyond[0] if is_broken_line(grey, line, at, beyond[0], scale) else at


def _met(line: Line, at: float, others: list[Line], grey: Pixels, scale: float) -> Line | None:
    """Return the line that this one's end nearly meets, or that a faint one leads on to."""
    near = meets_line(line, at, others, SNAP * scale)
    if near is not None:
        return near
    # Outwards only: a table without a border on its side has ends in the air.
    beyond = [other for other in others if (other.across < at) == (at == line.start)]
    far = meets_line(line, at, beyond, MENDED * scale)
    if far is None:
        return None
    faint = abs(far.across - at) <= BROKEN * scale
    faint = faint and is_faint_line(grey, line, at, far.across, scale)
    return far if faint or is_broken_line(grey, line, at, far.across, scale) else None


def _without_lone(lines: list[Line], others: list[Line], scale: float) -> list[Line]:
    return [
        line
        for line in lines
        if line.length >= LONE * scale
        or any(
            meets_line(line, other.across, [other], 1.0)
            for other in others
            if _crosses(line, other)
        )
    ]


def _crosses(line: Line, other: Line) -> bool:
    return line.start - 2 <= other.across <= line.end + 2


def _paint(target: Pixels, lines: list[Line], ink: Pixels | None, scale: float) -> None:
    """Paint lines, straight and where their ``ink`` really runs: a page that lay curved."""
    for line in lines:
        half = line.thickness / 2 + 1.0
        left, right = int(max(line.start, 0)), int(line.end) + 1
        top, bottom = int(max(line.across - half, 0)), int(line.across + half + 1.5)
        target[top:bottom, left:right] = 255
        if ink is not None:
            reach = int(CURVED * scale)
            top, bottom = max(top - reach, 0), bottom + reach
            band = ink[top:bottom, left:right]
            for shift in (-1, 0, 1):
                moved = np.roll(band, shift, axis=0)
                target[top:bottom, left:right] |= moved


def _paint_strokes(target: Pixels, ink: Pixels, lines: list[Line], scale: float) -> None:
    """Paint what is left of a double ruling's second stroke, where it is broken or pale.

    Its pieces are flat, near the ruling and many; a stroke of writing there is one alone.
    """
    import cv2

    for line in lines:
        reach = int(line.thickness / 2 + DOUBLE * scale) + 1
        top, bottom = max(int(line.across) - reach, 0), int(line.across) + reach + 2
        left, right = int(max(line.start, 0)), int(line.end) + 1
        band = target[top:bottom, left:right]
        rest = np.where(band > 0, 0, ink[top:bottom, left:right]).astype(np.uint8)
        if not rest.any():
            continue
        _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
        inside = (stats[:, 1] > 0) & (stats[:, 1] + stats[:, 3] < rest.shape[0])
        inside &= stats[:, 3] <= STROKE * scale
        inside[0] = False
        above = stats[:, 1] < line.across - top
        for pieces in (inside & above, inside & ~above):
            if _in_one_row(stats[pieces], scale):
                band[pieces[labels]] = 255


def _in_one_row(pieces: NDArray[np.int32], scale: float) -> bool:
    """Return True if pieces (left, top, width, height, area) are what is left of one stroke."""
    if not len(pieces):
        return False
    middles = pieces[:, 1] + pieces[:, 3] / 2
    reach = int((pieces[:, 0] + pieces[:, 2]).max() - pieces[:, 0].min())
    return bool(np.ptp(middles) <= max(STROKE * scale, 2.0) and reach >= STROKES * scale)
