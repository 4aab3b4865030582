"""Thin letters that the engine drops from names it cannot know: the I of AMI, the i of Wi-Fi.

Their stroke shares a step of the model with its neighbour at any width of the picture; the names
are told by what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planparse.extract.ocr.signs import SignLine

WIDTH = 0.3
"""Part of the ink of the letter before that the missing one takes."""

CHANCE = 0.5
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
                line = _put_in(line, at, rule)
    return line


def _put_in(line: SignLine, at: int, rule: MissingRule) -> SignLine:
    old = line.signs[at]
    cut = old.right - WIDTH * (old.right - old.left)
    chance = min(old.chance, CHANCE)
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
