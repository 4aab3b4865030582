"""Full or half width, told by the room that a bracket or a point takes on the page.

The engine takes one for the other where the picture is the same stroke; the page is not the same:
a full-width sign stands in a square of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from planparse.extract.ocr.signs import Change, Sign, SignLine

BRACKET_RULE = "bracket-width"
POINT_RULE = "punctuation-width"

FULL_OF = {"(": "（", ")": "）"}
HALF_OF = {full: half for half, full in FULL_OF.items()}
POINTS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
HALF_POINTS = {full: half for half, full in POINTS.items()}

WIDE_INSIDE = 0.40
"""Ems of white between a bracket and what it holds: only a full-width one leaves so much."""

NARROW = 0.30
"""Ems of white on either side: a half-width bracket leaves less where no space stands."""

SURE = 2.0
"""Votes of a pair that tell its width without the page's other pairs."""

WIDE_ROOM, NARROW_ROOM = 0.95, 0.80
"""Ems between the neighbours of a point."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket's place: which line, which sign; ``vote`` above 0 for full width."""

    line: int
    at: int
    opens: bool
    vote: float


def repair_widths(lines: Sequence[SignLine]) -> list[SignLine]:
    """Settle the width of brackets, pair by pair, and of points, in a page's lines."""
    changes: list[list[Change]] = [_point_changes(line) for line in lines]
    pairs = _page_pairs(lines)
    # (1) … (9): numbers of one page are set alike; alone, each has too little room to tell.
    numbers = sum(_vote_of(pair) for pair in pairs if _holds_number(pair, lines))
    for pair in pairs:
        vote = _vote_of(pair)
        if abs(vote) < SURE and _holds_number(pair, lines):
            vote = numbers
        for bracket in pair:
            full = vote > 0
            text = lines[bracket.line].signs[bracket.at].text
            became = FULL_OF.get(text, text) if full else HALF_OF.get(text, text)
            if became != text:
                changes[bracket.line].append(Change(bracket.at, became, BRACKET_RULE))
    return [line.changed(found) for line, found in zip(lines, changes, strict=True)]


def _page_pairs(lines: Sequence[SignLine]) -> list[tuple[Bracket, ...]]:
    """Pair the brackets region by region: a bracket may close lines after it opened."""
    found: list[tuple[Bracket, ...]] = []
    numbered = list(enumerate(lines))
    for _, group in groupby(numbered, key=lambda entry: entry[1].region):
        found += _pairs(_brackets(list(group)))
    return found


def _vote_of(pair: tuple[Bracket, ...]) -> float:
    return sum(bracket.vote for bracket in pair)


def _holds_number(pair: tuple[Bracket, ...], lines: Sequence[SignLine]) -> bool:
    if len(pair) < 2 or pair[0].line != pair[1].line:
        return False
    inside = lines[pair[0].line].text[pair[0].at + 1 : pair[1].at]
    return 0 < len(inside) <= 3 and inside.isascii() and inside.isdigit()


def _brackets(lines: Sequence[tuple[int, SignLine]]) -> list[Bracket]:
    found = []
    for number, line in lines:
        for at, sign in enumerate(line.signs):
            if sign.text in FULL_OF or sign.text in HALF_OF:
                opens = sign.text in "(（"
                found.append(Bracket(number, at, opens, _vote(line, at, opens)))
    return found


def _pairs(brackets: Sequence[Bracket]) -> list[tuple[Bracket, ...]]:
    """Join each opening bracket with its closing one; one without a partner stands alone."""
    found: list[tuple[Bracket, ...]] = []
    open_ones: list[Bracket] = []
    for bracket in brackets:
        if bracket.opens:
            open_ones.append(bracket)
        elif open_ones:
            found.append((open_ones.pop(), bracket))
        else:
            found.append((bracket,))
    return found + [(bracket,) for bracket in open_ones]


def _gap(left: Sign | None, right: Sign | None, em: float) -> float | None:
    return None if left is None or right is None else (right.left - left.right) / em


def _vote(line: SignLine, at: int, opens: bool) -> float:
    sign = line.signs[at]
    before = line.signs[at - 1] if at else None
    after = line.signs[at + 1] if at + 1 < len(line.signs) else None
    gaps = _gap(before, sign, line.em), _gap(sign, after, line.em)
    inside, outside = (gaps[1], gaps[0]) if opens else gaps
    vote = _engine_vote(sign)
    if inside is not None and inside >= WIDE_INSIDE:
        vote += 3.0
    elif inside is not None and inside <= NARROW and outside is not None and outside <= NARROW:
        vote -= 3.0
    return vote


def _engine_vote(sign: Sign) -> float:
    full = sum(chance for text, chance in sign.rivals if text in HALF_OF)
    half = sum(chance for text, chance in sign.rivals if text in FULL_OF)
    return max(-1.0, min(1.0, math.log((full + 0.01) / (half + 0.01)) / 3))


def _point_changes(line: SignLine) -> list[Change]:
    changes = []
    for at in range(1, len(line.signs) - 1):
        sign = line.signs[at]
        if sign.text not in POINTS and sign.text not in HALF_POINTS:
            continue
        room = (line.signs[at + 1].left - line.signs[at - 1].right) / line.em
        if sign.text in POINTS and room >= WIDE_ROOM and at not in line.spaces:
            changes.append(Change(at, POINTS[sign.text], POINT_RULE))
        elif sign.text in HALF_POINTS and room <= NARROW_ROOM:
            changes.append(Change(at, HALF_POINTS[sign.text], POINT_RULE))
    return changes
