"""Marks of lists that the recogniser missed, and thin letters that it dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.glyph_boxes import PlacedLine
from planparse.ocr.glyph_candidates import Change, Sign, SignLine
from planparse.ocr.picture import Pixels

MARKS = frozenset("◎●○◆◇■□▲△※★☆")

RULE = "list-mark"

CHANCE = 0.5
"""Chance of a mark that was not read: its shape and its place alone tell it."""

RIVAL = 0.2
"""Part of the chance of what was read that the mark has at least."""

NEAR = 0.4
"""Ems: marks of one list start no further from each other across the page."""

ALIKE = 0.2
"""Part of two shapes, drawn on each other, that may differ."""

SIDE = 24
"""Pixels of the square on which shapes are compared."""

Shape = NDArray[np.float32]


def read_marks(
    lines: Sequence[SignLine], placed: Sequence[PlacedLine], ink: Pixels
) -> tuple[list[SignLine], list[PlacedLine]]:
    """Give the lines with their marks, and what was placed without the ink that they explain."""
    known = [
        (line.signs[0], _shape(ink, line.signs[0]))
        for line in lines
        if line.signs and line.signs[0].text in MARKS
    ]
    read, rest = list(lines), list(placed)
    for at, (line, source) in enumerate(zip(lines, placed, strict=True) if known else ()):
        if not line.signs:
            continue
        if not source.unread or source.unread[0][1] > line.signs[0].left + 1:
            read[at] = _doubted(line, ink, known)
            continue
        sign = _sign(source, ink)
        mark = None if sign is None else _mark(sign, line.em, ink, known)
        if sign is None or mark is None:
            continue
        read[at] = _put_in(line, replace(sign, text=mark, read=mark, rivals=((mark, CHANCE),)))
        rest[at] = replace(source, unread=source.unread[1:])
    return read, rest


def _doubted(line: SignLine, ink: Pixels, known: Sequence[tuple[Sign, Shape]]) -> SignLine:
    """Take a first sign that the engine is not sure of for the mark that it may be: ② for ◎."""
    first = line.signs[0]
    if first.text in MARKS or first.chance > CHANCE:
        return line
    mark = _mark(first, line.em, ink, known)
    if mark is None or first.chance_of(mark) < RIVAL * first.chance:
        return line
    return line.changed([Change(0, mark, RULE)])


def _sign(source: PlacedLine, ink: Pixels) -> Sign | None:
    """Give the first ink that no character explains, with the rows that it takes."""
    box = source.crop.box
    left, right = source.unread[0]
    part = ink[box.ceiling : box.floor, int(left) : int(right)]
    rows = np.flatnonzero((part > 0).any(axis=1))
    if not len(rows):
        return None
    top = float(box.ceiling + rows[0])
    return Sign("", "", CHANCE, (), left, right, top, float(box.ceiling + rows[-1] + 1))


def _shape(ink: Pixels, sign: Sign) -> Shape:
    import cv2

    part = ink[int(sign.top) : int(sign.bottom), int(sign.left) : int(sign.right) + 1]
    if not part.size:
        return np.zeros((SIDE, SIDE), np.float32)
    small = cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255.0


def _mark(sign: Sign, em: float, ink: Pixels, known: Sequence[tuple[Sign, Shape]]) -> str | None:
    """Give the mark that ink is: one of the same size and shape stands above or below it."""
    shape = _shape(ink, sign)
    for other, drawn in known:
        wide = abs((other.right - other.left) - (sign.right - sign.left))
        same_size = max(wide, abs(other.height - sign.height)) <= NEAR / 2 * em
        beside = same_size and abs(other.left - sign.left) <= NEAR * em
        if beside and float(np.abs(shape - drawn).mean()) <= ALIKE:
            return other.text
    return None


def _put_in(line: SignLine, mark: Sign) -> SignLine:
    first = line.signs[0]
    return replace(
        line,
        signs=(mark, *line.signs),
        spaces=tuple(place + 1 for place in line.spaces),
        repairs=(*line.repairs, (first, mark.text + first.text, RULE)),
    )


WIDTH = 0.3
"""Part of the ink of the letter before that the missing one takes."""

LETTER_CHANCE = 0.5
"""Chance of a letter that was not read: it is told by its name alone."""


@dataclass(frozen=True, slots=True)
class MissingRule:
    """``letter`` is missing after what ``pattern`` matches; see rules/repairs.toml."""

    name: str
    pattern: re.Pattern[str]
    letter: str


def repair_missing(line: SignLine, rules: Sequence[MissingRule], after: str) -> SignLine:
    """Put the missing letters in; ``after`` is the beginning of the next line of the cell."""
    for rule in rules:
        size = len(line.text)
        places = [match.end() - 1 for match in rule.pattern.finditer(line.text + after)]
        for at in sorted(places, reverse=True):
            if at < size:
                line = _put_in_letters(line, at, rule)
    return line


def _put_in_letters(line: SignLine, at: int, rule: MissingRule) -> SignLine:
    old = line.signs[at]
    cut = old.right - WIDTH * (old.right - old.left)
    chance = min(old.chance, LETTER_CHANCE)
    new = replace(
        old,
        text=rule.letter,
        read=rule.letter,
        chance=chance,
        rivals=((rule.letter, chance),),
        left=cut,
    )
    return replace(
        line,
        signs=(*line.signs[:at], replace(old, right=cut), new, *line.signs[at + 1 :]),
        spaces=tuple(place + 1 if place > at else place for place in line.spaces),
        repairs=(*line.repairs, (old, old.text + rule.letter, rule.name)),
    )
