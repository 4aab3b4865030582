"""Full or half width, known from the room that brackets and points take on the page.

The engine takes one for the other where the picture is the same stroke; the page is not the same:
a full-width glyph stands in an em square of its own. Rooms are measured from the middle of a
glyph's ink to the edge of its neighbour's cell: the middle of a Han character is that of its
cell, in every type, however much white it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from planparse.ocr.glyph_candidates import (
    Candidate,
    CandidateLine,
    Change,
    column_of,
    is_han,
    is_number,
)

BRACKET_RULE, POINT_RULE = "bracket-width", "punctuation-width"

FULL_OF = {"(": "（", ")": "）"}
HALF_OF = {full: half for half, full in FULL_OF.items()}
POINTS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
HALF_POINTS = {full: half for half, full in POINTS.items()}

HALF_CELL = 0.25
"""Ems from a half-width digit's middle to the edge of its cell; letters have no cell of one width:
their ink and ``LETTER_BEARING`` ems."""

LETTER_BEARING = 0.05

WIDE_INSIDE, WIDE_OUTSIDE, STEP = 0.325, 0.37, 0.05
"""Ems from a bracket's middle to the cell inside, and to that outside or the edge of the text, from
which it is full-width; and the step that is a vote. Of 800 brackets of 14 types, full-width ones
have 0.31 to 0.63 inside (Kai 0.53, Gothic 0.46, Ming 0.38; UMing only 0.17) and 0.41 to 0.90
outside, half-width ones 0.00 to 0.33 on both sides."""

WIDE_CELL = 0.80
"""Ems from the edge of the text to the cell inside: 0.97 to 1.20 and 0.26 to 0.63."""

STRONG, WEAK = 2.0, 0.5
"""Votes at most where only one width has such a room, and where the other may have it too: UMing
has little inside, and a space may stand after a half-width bracket."""

FARTHEST = 1.1
"""Ems from the edge of the text to a full-width bracket's middle at most: more is an indent."""

CENTRED = 0.25
"""Ems between the middles of lines that are set centred."""

SURE = 2.0
"""Votes of a pair that settle its width without others."""

WIDE_ROOM, NARROW_ROOM = 0.75, 0.45
"""Ems between the cells beside a point: 1.0 for full width, 0.25 to 0.5 for half width; word
processors squeeze full-width ones to 0.5 and more, so that between the two the engine decides."""

ENOUGH = 3
"""Neighbouring Han characters that show a line's own pitch; others have the page's."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket's place, which line, which glyph, and its votes, above 0 for full width."""

    line: int
    at: int
    opens: bool
    alone: bool
    engine: float
    room: float


class PageWidths:
    """A page's lines with the pitch of their Han characters."""

    def __init__(self, lines: Sequence[CandidateLine]) -> None:
        self.lines = list(lines)
        shares = [pitch / line.em for line in lines for pitch in _pitches(line)]
        self._usual = median(shares) if len(shares) >= ENOUGH else 1.0

    def pitch(self, line: CandidateLine) -> float:
        """Return the em of a line in pixels, as its characters are set."""
        found = _pitches(line)
        return median(found) if len(found) >= ENOUGH else self._usual * line.em

    def room(self, line: CandidateLine, at: int, beside: int) -> float | None:
        """Return the ems from a glyph's middle to the cell of the neighbour at ``beside``.

        None where no neighbour is, where its cell is not known and where white was read.
        """
        if not 0 <= beside < len(line.glyphs) or max(at, beside) in line.spaces:
            return None
        half = _half_cell(line.glyphs[beside], self.pitch(line))
        if half is None:
            return None
        apart = abs(middle_of(line.glyphs[at]) - middle_of(line.glyphs[beside]))
        return apart / self.pitch(line) - half

    def room_at_edge(self, number: int) -> float | None:
        """Return the ems from the edge of a cell's text to the middle of a line's first glyph.

        The edge is that of the next line, the label of a number that stands alone. None where no
        Han character begins it, and where the two are centred or the next is indented.
        """
        line = self.lines[number]
        after = self.lines[number + 1] if number + 1 < len(self.lines) else line
        if after is line or after.region != line.region or not is_han(after.text[:1]):
            return None
        pitch = self.pitch(after)
        if abs(_line_middle(after) - _line_middle(line)) <= CENTRED * pitch:
            return None
        edge = middle_of(after.glyphs[0]) - pitch / 2
        room = (middle_of(line.glyphs[0]) - edge) / pitch
        return room if 0 <= room <= FARTHEST else None


def settle_signs(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Settle the width of the points and brackets of a page's lines."""
    page = PageWidths(lines)
    return _settle_brackets(PageWidths([line.changed(_points(page, line)) for line in lines]))


def middle_of(glyph: Candidate) -> float:
    """Return the middle of a glyph's ink across the page, in pixels."""
    return (glyph.left + glyph.right) / 2


def _line_middle(line: CandidateLine) -> float:
    return (line.glyphs[0].left + line.glyphs[-1].right) / 2


def _pitches(line: CandidateLine) -> list[float]:
    return [
        middle_of(two) - middle_of(one)
        for one, two in pairwise(line.glyphs)
        if is_han(one.text) and is_han(two.text)
    ]


def _half_cell(glyph: Candidate, pitch: float) -> float | None:
    """Return the ems from the middle of a glyph's ink to its cell's edge; None if not known."""
    if is_han(glyph.text):
        return 0.5
    if glyph.text.isascii() and glyph.text.isalnum():
        return HALF_CELL if glyph.text.isdigit() else glyph.width / pitch / 2 + LETTER_BEARING
    return None


def _points(page: PageWidths, line: CandidateLine) -> list[Change]:
    changes = []
    for at, glyph in enumerate(line.glyphs):
        if glyph.text not in POINTS and glyph.text not in HALF_POINTS:
            continue
        rooms = [page.room(line, at, beside) for beside in (at - 1, at + 1)]
        known = [room for room in rooms if room is not None]
        latin = [other is not None and other.text.isascii() for other in line.beside(at)]
        # At a line's end, and beside other signs, Chinese has full-width points.
        full = sum(known) >= WIDE_ROOM if len(known) == 2 else _is_free(line, at)
        if full and not all(latin):
            changes.append(Change(at, POINTS.get(glyph.text, glyph.text), POINT_RULE))
        elif len(known) == 2 and sum(known) <= NARROW_ROOM:
            changes.append(Change(at, HALF_POINTS.get(glyph.text, glyph.text), POINT_RULE))
    return changes


def _is_free(line: CandidateLine, at: int) -> bool:
    """Return True if no Latin glyph and no space stands beside a glyph."""
    if at in line.spaces or at + 1 in line.spaces:
        return False
    return not any(glyph is not None and glyph.text.isascii() for glyph in line.beside(at))


def _settle_brackets(page: PageWidths) -> list[CandidateLine]:
    """Settle brackets pair by pair."""
    lines = page.lines
    changes: list[list[Change]] = [[] for _ in lines]
    pairs = _page_pairs(page)
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
            became = (FULL_OF if vote > 0 else HALF_OF).get(text)
            if became:
                changes[bracket.line].append(Change(bracket.at, became, BRACKET_RULE))
    return [line.changed(found) for line, found in zip(lines, changes, strict=True)]


def _page_pairs(page: PageWidths) -> list[tuple[Bracket, ...]]:
    """Pair the brackets region by region: a bracket may close lines after it opened."""
    found: list[tuple[Bracket, ...]] = []
    for _, group in groupby(enumerate(page.lines), key=lambda entry: entry[1].region):
        open_ones: list[Bracket] = []
        for bracket in (found for entry in group for found in _brackets(page, *entry)):
            if bracket.opens:
                open_ones.append(bracket)
            else:
                found.append((open_ones.pop(), bracket) if open_ones else (bracket,))
        found += [(bracket,) for bracket in open_ones]
    return found


def _brackets(page: PageWidths, number: int, line: CandidateLine) -> Iterator[Bracket]:
    for at, glyph in enumerate(line.glyphs):
        if glyph.text in FULL_OF or glyph.text in HALF_OF:
            opens = glyph.text in "(（"
            inside, outside = (
                page.room(line, at, at + step) for step in ((1, -1) if opens else (-1, 1))
            )
            vote = _votes(inside, WIDE_INSIDE, WEAK, STRONG)
            if opens and is_number(line.text[1:-1]) and not at:
                edge = page.room_at_edge(number)
                cell = None if edge is None or inside is None else edge + inside
                vote += 2 * _votes(cell, WIDE_CELL, STRONG, STRONG)
            else:
                vote += _votes(outside, WIDE_OUTSIDE, STRONG, STRONG if opens else WEAK)
            alone = len(line.glyphs) == 1
            yield Bracket(number, at, opens, alone, _engine_vote(glyph), vote)


def _votes(room: float | None, wide: float, against: float, most: float) -> float:
    """Return the votes of one room for full width, at least ``-against`` and at most ``most``."""
    return 0.0 if room is None else max(-against, min(most, (room - wide) / STEP))


def _vote(pair: tuple[Bracket, ...]) -> float:
    """Return a pair's vote: above 0 for full width, beyond ``SURE`` where the room shows it."""
    if len(pair) == 2 and all(bracket.alone for bracket in pair):
        # A column one character wide: each stands in a square of its own.
        return 2 * SURE
    return sum(bracket.room + bracket.engine / 2 for bracket in pair)


def _engine_vote(glyph: Candidate) -> float:
    full = sum(chance for text, chance in glyph.alternatives if text in HALF_OF)
    half = sum(chance for text, chance in glyph.alternatives if text in FULL_OF)
    return max(-1.0, min(1.0, math.log((full + 0.01) / (half + 0.01)) / 3))


def _kind(pair: tuple[Bracket, ...], lines: Sequence[CandidateLine]) -> str:
    """Return which number a pair holds, and in which column lines begin; empty for any other."""
    last = pair[-1]
    line = lines[last.line]
    if len(pair) == 1:
        counts = not last.opens and is_number(line.text[: last.at])
        return f") after {column_of(line)}" if counts else ""
    if pair[0].line != last.line:
        return ""
    held = is_number(line.text[pair[0].at + 1 : last.at])
    return f"{held} {column_of(line)}" if held and not pair[0].at else held
