"""Full or half width, known from the room that a bracket or a point takes on the page.

The engine takes one for the other where the picture is the same stroke; the page is not the same:
a full-width glyph stands in a square of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change, column_of

BRACKET_RULE = "bracket-width"
POINT_RULE = "punctuation-width"

FULL_OF = {"(": "（", ")": "）"}
HALF_OF = {full: half for half, full in FULL_OF.items()}
POINTS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
HALF_POINTS = {full: half for half, full in POINTS.items()}

WIDE_INSIDE = 0.31
"""Ems of white between brackets and what they hold, the mean of a pair: only a full-width one
leaves so much, in types that set it in the middle of its square."""

SURELY_WIDE = 0.34
"""Ems of such white from which the engine is not heard."""

SURELY_NARROW = 0.20
"""Ems of it up to which the engine must be sure to be heard."""

NARROW = 0.30
"""Ems of white on either side: a half-width bracket leaves less where no space stands."""

HAN_DIGITS = frozenset("一二三四五六七八九十")

SURE = 2.0
"""Votes of a pair that settle its width without the page's other pairs."""

WIDE_ROOM, NARROW_ROOM = 0.95, 0.80
"""Ems between the neighbours of a point."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket's place: which line, which glyph.

    ``inside`` and ``outside`` are the ems of white on its two sides, None at a line's end;
    ``engine`` is the recogniser's vote, above 0 for full width.
    """

    line: int
    at: int
    opens: bool
    inside: float | None
    outside: float | None
    engine: float


def repair_widths(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Settle the width of brackets, pair by pair, and of points, in a page's lines."""
    changes: list[list[Change]] = [_point_changes(line) for line in lines]
    pairs = _page_pairs(lines)
    kinds = [_kind(pair, lines) for pair in pairs]
    votes = [_vote(pair) for pair in pairs]
    # (1) … (9), 1) … 9): numbers below each other are set alike; alone, one has too little room.
    # Tasks may have (1) beside measures with （1）.
    pooled = {
        kind: sum(v for v, k in zip(votes, kinds, strict=True) if k == kind) for kind in kinds
    }
    # Of other pairs, those in doubt are as the sure ones where these are all of one width.
    sure = [v for v, k in zip(votes, kinds, strict=True) if not k and abs(v) >= SURE]
    pooled[""] = sum(sure) if abs(sum(sure)) == sum(map(abs, sure)) else 0.0
    for pair, kind, own in zip(pairs, kinds, votes, strict=True):
        vote = (pooled[kind] or own) if abs(own) < SURE else own
        for bracket in pair:
            text = lines[bracket.line].glyphs[bracket.at].text
            became = FULL_OF.get(text, text) if vote > 0 else HALF_OF.get(text, text)
            if became != text:
                changes[bracket.line].append(Change(bracket.at, became, BRACKET_RULE))
    return [line.changed(found) for line, found in zip(lines, changes, strict=True)]


def _page_pairs(lines: Sequence[CandidateLine]) -> list[tuple[Bracket, ...]]:
    """Pair the brackets region by region: a bracket may close lines after it opened."""
    found: list[tuple[Bracket, ...]] = []
    numbered = list(enumerate(lines))
    for _, group in groupby(numbered, key=lambda entry: entry[1].region):
        found += _pairs(_brackets(list(group)))
    return found


def _vote(pair: tuple[Bracket, ...]) -> float:
    """Return a pair's vote: above 0 for full width, beyond ``SURE`` where the room shows it."""
    vote = sum(bracket.engine for bracket in pair)
    inside = [bracket.inside for bracket in pair if bracket.inside is not None]
    outside = [bracket.outside for bracket in pair if bracket.outside is not None]
    if not inside:
        # A column one character wide: each stands in a square of its own.
        return vote + 5.0 if len(pair) == 2 and not outside else vote
    mean = sum(inside) / len(inside)
    if mean >= WIDE_INSIDE:
        vote += 3.0 if mean < SURELY_WIDE else 4.0
    elif mean <= NARROW and outside and min(outside) <= NARROW:
        vote -= 3.0 if mean <= SURELY_NARROW else 1.5
    return vote


def _kind(pair: tuple[Bracket, ...], lines: Sequence[CandidateLine]) -> str:
    """Return which number a pair holds, and in which column lines begin; empty for any other."""
    last = pair[-1]
    line = lines[last.line]
    if len(pair) == 1:
        counts = not last.opens and _is_number(line.text[: last.at])
        return f") after {column_of(line)}" if counts else ""
    if pair[0].line != last.line:
        return ""
    held = _is_number(line.text[pair[0].at + 1 : last.at])
    return f"{held} {column_of(line)}" if held and not pair[0].at else held


def _is_number(text: str) -> str:
    if 0 < len(text) <= 3 and text.isascii() and text.isdigit():
        return "digits"
    return "han" if 0 < len(text) <= 3 and all(char in HAN_DIGITS for char in text) else ""


def _brackets(lines: Sequence[tuple[int, CandidateLine]]) -> list[Bracket]:
    found = []
    for number, line in lines:
        for at, glyph in enumerate(line.glyphs):
            if glyph.text in FULL_OF or glyph.text in HALF_OF:
                opens = glyph.text in "(（"
                before, after = line.beside(at)
                gaps = _gap(before, glyph, line.em), _gap(glyph, after, line.em)
                inside, outside = (gaps[1], gaps[0]) if opens else gaps
                found.append(Bracket(number, at, opens, inside, outside, _engine_vote(glyph)))
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


def _gap(left: Candidate | None, right: Candidate | None, em: float) -> float | None:
    return None if left is None or right is None else (right.left - left.right) / em


def _engine_vote(glyph: Candidate) -> float:
    full = sum(chance for text, chance in glyph.alternatives if text in HALF_OF)
    half = sum(chance for text, chance in glyph.alternatives if text in FULL_OF)
    return max(-1.0, min(1.0, math.log((full + 0.01) / (half + 0.01)) / 3))


def _point_changes(line: CandidateLine) -> list[Change]:
    changes = []
    for at, glyph in enumerate(line.glyphs):
        if at in line.spaces or at + 1 in line.spaces:
            continue
        room = _room(line, at)
        if glyph.text in POINTS and room >= WIDE_ROOM:
            changes.append(Change(at, POINTS[glyph.text], POINT_RULE))
        elif glyph.text in HALF_POINTS and room <= NARROW_ROOM and 0 < at < len(line.glyphs) - 1:
            changes.append(Change(at, HALF_POINTS[glyph.text], POINT_RULE))
    return changes


def _room(line: CandidateLine, at: int) -> float:
    """Return the ems between a glyph's neighbours; at a line's end, twice the side that is known.

    One that stands alone was carried over from a line of Chinese: it is full-width.
    """
    glyph, (left, right) = line.glyphs[at], line.beside(at)
    before, after = _gap(left, glyph, line.em), _gap(glyph, right, line.em)
    if before is None or after is None:
        side = before if after is None else after
        return 2 * side + 0.15 if side is not None else 1.0
    return before + after + glyph.width / line.em
