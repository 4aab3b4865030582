"""A glyph between the engine and the page: what was read, what it is taken for, where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planparse.model.geometry import Box
from planparse.model.page import Page, Repair
from planparse.ocr.glyph_boxes import PlacedLine
from planparse.ocr.picture import Pixels


@dataclass(frozen=True, slots=True)
class Sign:
    """A glyph: ``text`` it is taken for, ``read`` by the engine; edges in pixels of the page."""

    text: str
    read: str
    chance: float
    rivals: tuple[tuple[str, float], ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the ink in pixels."""
        return self.bottom - self.top

    def chance_of(self, text: str) -> float:
        """Give the engine's chance for a character, 0 where it is no rival."""
        return next((chance for rival, chance in self.rivals if rival == text), 0.0)


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: the sign's place in its line, what it became, and by which rule."""

    at: int
    became: str
    rule: str


@dataclass(frozen=True, slots=True)
class SignLine:
    """A line's signs; ``em`` in pixels; ``repairs`` made on it so far."""

    signs: tuple[Sign, ...]
    spaces: tuple[int, ...]
    top: float
    bottom: float
    region: int
    repairs: tuple[tuple[Sign, str, str], ...] = ()

    @property
    def em(self) -> float:
        """Height of the em square."""
        return self.bottom - self.top

    @property
    def text(self) -> str:
        """The characters, without white space."""
        return "".join(sign.text for sign in self.signs)

    def changed(self, changes: list[Change]) -> SignLine:
        """Apply repairs, each remembered with the sign as it was."""
        if not changes:
            return self
        signs = list(self.signs)
        repairs = list(self.repairs)
        for change in changes:
            old = signs[change.at]
            if old.text == change.became:
                continue
            chance = min(old.chance + old.chance_of(change.became), 1.0)
            signs[change.at] = replace(old, text=change.became, chance=chance)
            repairs.append((old, change.became, change.rule))
        return replace(self, signs=tuple(signs), repairs=tuple(repairs))


def column_of(line: SignLine) -> int:
    """Give a number for the place, to two ems, where the line begins."""
    return round(line.signs[0].left / (2 * line.em))


def to_signs(line: PlacedLine, ink: Pixels) -> SignLine:
    """Give a line's signs with the rows that their ink takes."""
    box = line.crop.box
    signs = []
    for placed in line.glyphs:
        text, chance = placed.glyph.rivals[0]
        left, right = int(placed.left), max(int(placed.right), int(placed.left) + 1)
        rows = np.flatnonzero((ink[box.ceiling : box.floor, left:right] > 0).any(axis=1))
        top = float(box.ceiling + rows[0]) if len(rows) else box.top
        bottom = float(box.ceiling + rows[-1] + 1) if len(rows) else box.bottom
        signs.append(
            Sign(text, text, chance, placed.glyph.rivals, placed.left, placed.right, top, bottom)
        )
    return SignLine(tuple(signs), line.spaces, box.top, box.bottom, box.region)


def repairs_of(line: SignLine, page: Page, scale: float) -> list[Repair]:
    """Give the line's repairs with their places on the page as displayed, in points."""
    return [
        Repair(
            page.number,
            page.displayed(
                Box(
                    round(sign.left / scale, 2),
                    round(line.top / scale, 2),
                    round(sign.right / scale, 2),
                    round(line.bottom / scale, 2),
                )
            ),
            sign.text,
            became,
            rule,
        )
        for sign, became, rule in line.repairs
    ]
