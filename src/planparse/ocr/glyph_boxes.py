"""Where each glyph of a line stands: the recogniser's steps, made exact by the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from planparse.ocr.picture import Pixels, stretches
from planparse.ocr.recognition import Crop, Glyph, Recognition

FAR, FAR_HALF, FAR_THIN = 0.62, 0.40, 0.28
"""Ems between a glyph's middle and ink beyond which the ink is none of its: for a full-width
glyph, a Latin one, and a thin one. The recogniser drops the I of AMI: its stroke is then left."""

THIN, BROAD = frozenset("iljI1|!"), frozenset("MWmw%@&()[]")

NARROWEST = 0.06
"""Ems: less ink is a speck."""


@dataclass(frozen=True, slots=True)
class GlyphBox:
    """A glyph and its ink's left and right edge in pixels of the page."""

    glyph: Glyph
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class BoxedLine:
    """A line's glyphs, the offsets before which white was read, and ink that no glyph explains."""

    crop: Crop
    glyphs: tuple[GlyphBox, ...]
    spaces: tuple[int, ...]
    unread: tuple[tuple[float, float], ...]


def box_glyphs(recognition: Recognition, crop: Crop, ink: Pixels) -> BoxedLine:
    """Return each glyph with the ink nearest to it; faint glyphs only where ink is left over."""
    read = [glyph for glyph in recognition.glyphs if not glyph.faint]
    blobs = _blobs(ink, crop)
    owned, unread = _own(_reaches(read, crop), blobs)
    found = _promote(recognition, crop, unread)
    if found:
        read = sorted([*read, *found], key=lambda glyph: glyph.peak)
        owned, unread = _own(_reaches(read, crop), blobs)
    shown = [glyph for glyph in read if not _is_space(glyph)]
    boxed = [
        _boxed(glyph, crop.middle(glyph), mine, crop.box.em)
        for glyph, mine in zip(shown, owned, strict=True)
    ]
    left_over = _merged(unread, crop.box.em)
    return BoxedLine(crop, tuple(_in_order(boxed)), _spaces(read), tuple(left_over))


def _is_space(glyph: Glyph) -> bool:
    return glyph.text.isspace()


def _reaches(read: Sequence[Glyph], crop: Crop) -> list[tuple[float, float]]:
    """Return each glyph's middle, and how far from it its ink may be, in pixels."""
    return [
        (crop.middle(glyph), _reach(glyph.text) * crop.box.em)
        for glyph in read
        if not _is_space(glyph)
    ]


def _reach(char: str) -> float:
    if not char.isascii() or char in BROAD:
        return FAR
    return FAR_THIN if char in THIN else FAR_HALF


def _spaces(read: Sequence[Glyph]) -> tuple[int, ...]:
    """Return the offsets, inside the line, before which white was read."""
    counts = accumulate(not _is_space(glyph) for glyph in read)
    found = {at: None for at, glyph in zip(counts, read, strict=True) if _is_space(glyph)}
    shown = sum(not _is_space(glyph) for glyph in read)
    return tuple(at for at in found if 0 < at < shown)


def _blobs(ink: Pixels, crop: Crop) -> list[tuple[float, float]]:
    """Return the stretches of columns with ink, cut where white is wider than a stroke's gap."""
    box = crop.box
    columns = stretches(ink[box.ceiling : box.floor, box.left : box.right], rows=False)
    return [(float(box.left + start), float(box.left + end)) for start, end in columns]


def _own(
    reaches: Sequence[tuple[float, float]], blobs: Sequence[tuple[float, float]]
) -> tuple[list[list[tuple[float, float]]], list[tuple[float, float]]]:
    """Share the ink among the glyphs; what is far from all of them is unread."""
    owned: list[list[tuple[float, float]]] = [[] for _ in reaches]
    unread: list[tuple[float, float]] = []
    for blob in _cut_at_middles(blobs, [middle for middle, _ in reaches]):
        middle = (blob[0] + blob[1]) / 2
        at = min(
            range(len(reaches)),
            key=lambda at: abs(reaches[at][0] - middle) - reaches[at][1],
            default=None,
        )
        if at is not None and abs(reaches[at][0] - middle) <= reaches[at][1]:
            owned[at].append(blob)
        else:
            unread.append(blob)
    _adopt(reaches, owned, unread)
    return owned, unread


def _adopt(
    reaches: Sequence[tuple[float, float]],
    owned: list[list[tuple[float, float]]],
    unread: list[tuple[float, float]],
) -> None:
    """Assign to a glyph without ink the nearest that is left, if an em square could hold both."""
    for (middle, reach), mine in zip(reaches, owned, strict=True):
        if mine or not unread:
            continue
        nearest = min(unread, key=lambda blob: abs((blob[0] + blob[1]) / 2 - middle))
        if abs((nearest[0] + nearest[1]) / 2 - middle) <= 2 * reach:
            mine.append(nearest)
            unread.remove(nearest)


def _cut_at_middles(
    blobs: Sequence[tuple[float, float]], middles: Sequence[float]
) -> list[tuple[float, float]]:
    """Cut ink of glyphs that touch half-way between their middles."""
    found: list[tuple[float, float]] = []
    for start, end in blobs:
        inside = [middle for middle in middles if start < middle < end]
        cuts = [(one + two) / 2 for one, two in pairwise(inside)]
        found += pairwise([start, *cuts, end])
    return found


def _merged(blobs: Sequence[tuple[float, float]], em: float) -> list[tuple[float, float]]:
    """Join unread ink of one glyph, without specks."""
    found: list[tuple[float, float]] = []
    for left, right in blobs:
        if found and left - found[-1][1] < 0.25 * em:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
    return [blob for blob in found if blob[1] - blob[0] >= NARROWEST * em]


def _promote(
    recognition: Recognition, crop: Crop, unread: list[tuple[float, float]]
) -> list[Glyph]:
    """Take faint glyphs that stand on ink which no other glyph explains."""
    found: list[Glyph] = []
    for left, right in _merged(unread, crop.box.em):
        near = [
            glyph
            for glyph in recognition.glyphs
            if glyph.faint
            and glyph not in found
            and not _is_space(glyph)
            and left - 0.15 * crop.box.em <= crop.middle(glyph) <= right + 0.15 * crop.box.em
        ]
        if near:
            found.append(max(near, key=lambda glyph: glyph.chance))
    return found


def _boxed(glyph: Glyph, middle: float, mine: list[tuple[float, float]], em: float) -> GlyphBox:
    if not mine:
        return GlyphBox(glyph, middle - em / 4, middle + em / 4)
    return GlyphBox(glyph, min(blob[0] for blob in mine), max(blob[1] for blob in mine))


def _in_order(boxed: list[GlyphBox]) -> list[GlyphBox]:
    """Keep edges from crossing where glyphs touch."""
    found: list[GlyphBox] = []
    for glyph in boxed:
        left = max(glyph.left, found[-1].left + 0.1) if found else glyph.left
        found.append(GlyphBox(glyph.glyph, left, max(glyph.right, left + 0.1)))
    return found
