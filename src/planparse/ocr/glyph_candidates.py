"""A glyph between the engine and the page: what was read, what it is taken for, where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planparse.lexicon.character_folds import fold
from planparse.model.geometry import Box
from planparse.model.page import Origin, Page, Repair, Run
from planparse.ocr.glyph_boxes import BoxedLine
from planparse.ocr.picture import Pixels

INK_OF_EM = 0.92
"""Height of a line's ink as part of the font size: what Ming, Kai and Gothic types have."""

HAN_OF_EM, HAN_ENOUGH = 0.90, 6
"""Height of the higher Han characters as part of the font size, and how many show it better than
the line's ink: brackets are higher, and (1) alone shows little."""

LIKE_PAGE, LIKE_PAGE_HAN = 0.25, 0.17
"""A line whose size is off by less than this part has the page's usual one; the second, where
Han characters show it."""

ALIKE = 1.12
"""Sizes of other lines, titles and headers, are one size if none is so many times another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A glyph: ``text`` it is taken for, ``read`` by the engine; edges in pixels of the page."""

    text: str
    read: str
    chance: float
    alternatives: tuple[tuple[str, float], ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the ink in pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Width of the ink in pixels."""
        return self.right - self.left

    def chance_of(self, text: str) -> float:
        """Return the engine's chance for a character, 0 where it is none of the alternatives."""
        return next((chance for other, chance in self.alternatives if other == text), 0.0)


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: the glyph's place in its line, what it became, and by which rule."""

    at: int
    became: str
    rule: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A line's glyphs; ``em`` in pixels; ``repairs`` made on it so far."""

    glyphs: tuple[Candidate, ...]
    spaces: tuple[int, ...]
    top: float
    bottom: float
    region: int
    repairs: tuple[tuple[Candidate, str, str], ...] = ()

    @property
    def em(self) -> float:
        """Height of the em square."""
        return self.bottom - self.top

    @property
    def text(self) -> str:
        """The characters, without white space."""
        return "".join(glyph.text for glyph in self.glyphs)

    def changed(self, changes: list[Change]) -> CandidateLine:
        """Apply repairs, each remembered with the glyph as it was."""
        if not changes:
            return self
        glyphs = list(self.glyphs)
        repairs = list(self.repairs)
        for change in changes:
            old = glyphs[change.at]
            if old.text == change.became:
                continue
            chance = min(old.chance + old.chance_of(change.became), 1.0)
            glyphs[change.at] = replace(old, text=change.became, chance=chance)
            repairs.append((old, change.became, change.rule))
        return replace(self, glyphs=tuple(glyphs), repairs=tuple(repairs))

    def spliced(
        self, at: int, size: int, glyphs: Sequence[Candidate], repair: tuple[Candidate, str, str]
    ) -> CandidateLine:
        """Return the line with ``size`` glyphs from ``at`` on replaced by others: one repair."""
        grown = len(glyphs) - size
        return replace(
            self,
            glyphs=(*self.glyphs[:at], *glyphs, *self.glyphs[at + size :]),
            spaces=tuple(
                place if place <= at else place + grown
                for place in self.spaces
                if not at < place < at + size
            ),
            repairs=(*self.repairs, repair),
        )

    def beside(self, at: int) -> tuple[Candidate | None, Candidate | None]:
        """Return the glyphs before and after one; None at the line's ends."""
        glyphs = self.glyphs
        return glyphs[at - 1] if at else None, glyphs[at + 1] if at + 1 < len(glyphs) else None


HAN_DIGITS = frozenset("一二三四五六七八九十")


def is_han(char: str) -> bool:
    """Return True if the character is a Han character."""
    return "\u3400" <= char[:1] <= "\u9fff"


def is_number(text: str) -> str:
    """Return which digits a number of up to three has; empty if the text is none."""
    if 0 < len(text) <= 3 and text.isascii() and text.isdigit():
        return "digits"
    return "han" if 0 < len(text) <= 3 and all(char in HAN_DIGITS for char in text) else ""


def column_of(line: CandidateLine) -> int:
    """Return a number for the place, to two ems, where the line begins."""
    return round(line.glyphs[0].left / (2 * line.em))


def ink_rows(line: BoxedLine, ink: Pixels, left: float, right: float) -> tuple[float, float] | None:
    """Return top and bottom of a line's ink between two columns; None where there is none."""
    box = line.crop.box
    rows = np.flatnonzero((ink[box.ceiling : box.floor, int(left) : int(right)] > 0).any(axis=1))
    return (float(box.ceiling + rows[0]), float(box.ceiling + rows[-1] + 1)) if len(rows) else None


def to_candidates(line: BoxedLine, ink: Pixels) -> CandidateLine:
    """Return a line's glyphs with the rows that their ink takes."""
    box = line.crop.box
    glyphs = []
    for boxed in line.glyphs:
        read, left, right = boxed.glyph, boxed.left, boxed.right
        top, bottom = ink_rows(line, ink, left, max(right, left + 1)) or (box.top, box.bottom)
        glyphs.append(
            Candidate(
                read.text, read.text, read.chance, read.alternatives, left, right, top, bottom
            )
        )
    return CandidateLine(tuple(glyphs), line.spaces, box.top, box.bottom, box.region)


def repairs_of(line: CandidateLine, page: Page, scale: float) -> list[Repair]:
    """Return the line's repairs with their places on the page as displayed, in points."""
    return [
        Repair(
            page.number,
            page.displayed(Box(*(round(edge / scale, 2) for edge in edges))),
            glyph.text,
            became,
            rule,
        )
        for glyph, became, rule in line.repairs
        for edges in [(glyph.left, line.top, glyph.right, line.bottom)]
    ]


def to_runs(lines: Sequence[CandidateLine], page: int, first: int, scale: float) -> tuple[Run, ...]:
    """Return one run per line, its glyphs numbered from ``first`` on."""
    sizes = _sizes(lines, scale)
    runs: list[Run] = []
    for line, size in zip(lines, sizes, strict=True):
        if not line.glyphs:
            continue
        middle = (line.top + line.bottom) / 2 / scale
        text = fold(line.text)
        read = "".join(glyph.read for glyph in line.glyphs)
        runs.append(
            Run(
                page,
                first,
                text,
                tuple(round(glyph.left / scale, 2) for glyph in line.glyphs),
                tuple(round(glyph.right / scale, 2) for glyph in line.glyphs),
                round(middle - size / 2, 2),
                round(middle + size / 2, 2),
                round(size, 2),
                line.spaces,
                None if read == text else read,
                Origin.OCR,
                tuple(round(glyph.chance, 4) for glyph in line.glyphs),
            )
        )
        first += len(text)
    return tuple(runs)


def _sizes(lines: Sequence[CandidateLine], scale: float) -> list[float]:
    """Return each line's font size in points; a pixel's difference makes no other size."""
    found = [_size(line, scale) for line in lines]
    weighted = [size for line, size in zip(lines, found, strict=True) for _ in line.glyphs]
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


def _size(line: CandidateLine, scale: float) -> float:
    heights = _han_heights(line)
    if len(heights) >= HAN_ENOUGH:
        return float(np.percentile(heights, 80)) / scale / HAN_OF_EM
    return line.em / scale / INK_OF_EM


def _han_heights(line: CandidateLine) -> list[float]:
    return [glyph.height for glyph in line.glyphs if is_han(glyph.text)]
