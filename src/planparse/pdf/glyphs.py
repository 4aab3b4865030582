"""What both readers know about glyphs: em box, watermarks, the page's edge, second prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import sub

from planparse.model.page import Run

# The ideographic em box around a base line, in font sizes: fonts' own ascent and descent are
# often wrong.
ABOVE, BELOW = 0.88, 0.12
# A watermark is larger than so many times the body's font size; a title has twice at most.
_WATERMARK_TIMES = 2.2
# Opacity below, or luminance above which a glyph is pale (both 0 to 1); writing is dark and solid.
_PALE = 0.6
# Points beyond all pages.
_FAR = 1e5
# A second print stands within this part of the font size of the first.
# More would take the second of two dots: a dot is a quarter as wide as its font size.
NEAR = 0.15

# Fonts that hold signs alone, by their names: subsets have a prefix, styles a suffix.
_SYMBOL_FONTS = re.compile(r"(?i)(wing|web|zapf)?dings|symbol|marlett|mt ?extra|awesome")


def luminance(red: float, green: float, blue: float) -> float:
    """Return the luminance of a colour, in the unit of its parts."""
    return (299 * red + 587 * green + 114 * blue) / 1000


def rgb(color: int) -> tuple[int, int, int]:
    """Return red, green and blue, each 0 to 255, of MuPDF's colour."""
    return color >> 16 & 255, color >> 8 & 255, color & 255


def is_symbol_font(name: str) -> bool:
    """Return True for a font of signs: what it does not name is no character of any text."""
    return _SYMBOL_FONTS.search(name) is not None


def body_size(sizes: Iterable[tuple[float, int]]) -> float:
    """Return the font size that most glyphs have, of sizes and counts; 0 where there are none."""
    counts: dict[float, int] = {}
    for size, count in sizes:
        counts[size] = counts.get(size, 0) + count
    return max(counts, key=lambda size: counts[size]) if counts else 0.0


def is_slanted(across: float, along: float) -> bool:
    """Return True if a direction is neither level nor upright: a watermark's."""
    return abs(across) > 0.1 and abs(along) > 0.1


def is_oversized(size: float, body: float) -> bool:
    """Return True if a font size is far larger than the body's."""
    return size > _WATERMARK_TIMES * body


def is_pale(alpha: float, light: float) -> bool:
    """Return True if opacity or luminance, both 0 to 1, are those of a watermark."""
    return alpha < _PALE or light > _PALE


def cut_by_marks(run: Run, marks: list[bool]) -> tuple[list[Run], list[Run]]:
    """Part a run into the pieces whose glyphs are not marked and those whose glyphs are."""
    parts: tuple[list[Run], list[Run]] = ([], [])
    start = 0
    for marked, group in groupby(marks):
        stop = start + len(list(group))
        parts[marked].append(run if stop - start == len(marks) else run.slice(start, stop))
        start = stop
    return parts


def split_off_page(run: Run, width: float, height: float) -> tuple[list[Run], list[Run]]:
    """Part a run into what lies on the page and what lies outside it."""
    beyond = not 0 <= run.middle <= height
    return cut_by_marks(
        run,
        [
            beyond or not 0 <= (left + right) / 2 <= width
            for left, right in zip(run.lefts, run.rights, strict=True)
        ],
    )


def _is_spread(run: Run) -> bool:
    return len(run.lefts) < 2 or min(map(sub, run.lefts[1:], run.lefts)) >= NEAR * run.font_size


def _may_double(runs: list[Run], spread: bool | None) -> bool:
    """Return True if glyphs may stand twice: in a run without advance, or over another run."""
    if not (all(map(_is_spread, runs)) if spread is None else spread):
        return True
    # Tuples are sorted more quickly than by a key, and this is done for every page.
    places = [
        (round(run.top), run.lefts[0], run.rights[-1], run.top, run.font_size) for run in runs
    ]
    places.sort()
    right, top = 0.0, -_FAR
    for _, left, end, its_top, size in places:
        if left < right - 1.0 and its_top - top < size:
            return True
        right, top = end, its_top
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
        once, twice = cut_by_marks(run, again)
        kept += once
        doubled += twice
    return kept, doubled
