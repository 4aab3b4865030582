"""Full or half width, known from the room that brackets, points and digits take on the page.

The engine takes one for the other where the picture is the same stroke; the page is not the same:
a full-width glyph stands in an em square of its own. Rooms are measured from the middle of a
glyph's ink to the edge of its neighbour's cell: the middle of a Han character is that of its
cell, in every type, however much white it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import mean, median

from planparse.ocr.glyph_candidates import (
    Candidate,
    CandidateLine,
    Change,
    column_of,
    is_han,
    is_number,
)

BRACKET_RULE, POINT_RULE = "bracket-width", "punctuation-width"
DIGIT_RULE, ENCLOSED_RULE = "digit-width", "enclosed-number"

FULL_OF = {"(": "（", ")": "）"}
HALF_OF = {full: half for half, full in FULL_OF.items()}
POINTS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
HALF_POINTS = {full: half for half, full in POINTS.items()}
FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
ENCLOSED = {str(number): chr(0x2473 + number) for number in range(1, 21)}

HALF_CELL = 0.25
"""Ems from a half-width digit's middle to the edge of its cell; letters have no cell of one width:
their ink and ``LETTER_BEARING`` ems."""

LETTER_BEARING = 0.05

WIDE_INSIDE, STEP_INSIDE = 0.325, 0.05
"""Ems from a bracket's middle to the cell inside: 0.31 to 0.63 for full width (Ming 0.38, Kai 0.53,
Gothic 0.46), 0.00 to 0.33 for half width; and the step that is a vote. 800 brackets of 12 types."""

WIDE_OUTSIDE = 0.37
"""Ems from a bracket's middle to the cell outside: 0.41 to 0.66 for full width, 0.09 to 0.33 for
half width; more where a space stands, so that only less of it is a vote."""

MOST_VOTES, SURE = 2.0, 2.0
"""Votes of one measure at most, and those of a pair that settle its width without others."""

WIDE_ROOM, NARROW_ROOM = 0.75, 0.45
"""Ems between the cells beside a point: 1.0 for full width, 0.25 to 0.5 for half width; word
processors squeeze full-width ones to 0.5 and more, so that between the two the engine decides."""

WIDE_DIGIT = 0.375
"""Ems from a digit's middle to its cell's edge: 0.5 for full width, 0.25 for half width."""

WIDE_PITCH, WIDE_POINT = 0.80, 0.95
"""Ems from digit to digit, and from a digit's middle to its point's, both of full width."""

ENCLOSED_SPAN, ENCLOSED_HEIGHT = 1.02, 0.60
"""Ems: (1) as one character is no wider, and its digit no higher; (1) as three is wider."""

TOUCHING = 1.5
"""Pixels between glyphs whose ink runs together: the height of the one is that of both."""

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
        self._pitches = [
            _middle(two) - _middle(one)
            for line in lines
            for one, two in pairwise(line.glyphs)
            if is_han(one.text) and is_han(two.text)
        ]
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
        apart = abs(_middle(line.glyphs[at]) - _middle(line.glyphs[beside]))
        return apart / self.pitch(line) - half


def settle_widths(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Settle the width of the brackets, points and digits of a page's lines."""
    page = PageWidths(lines)
    found = [line.changed(_points(page, line)) for line in lines]
    found = _settle_brackets(PageWidths(found))
    return _settle_digits(found)


def _middle(glyph: Candidate) -> float:
    return (glyph.left + glyph.right) / 2


def _pitches(line: CandidateLine) -> list[float]:
    return [
        _middle(two) - _middle(one)
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
            vote = 0.0
            if inside is not None:
                vote += max(-MOST_VOTES, min(MOST_VOTES, (inside - WIDE_INSIDE) / STEP_INSIDE))
            if outside is not None:
                vote += max(-MOST_VOTES, min(0.5, (outside - WIDE_OUTSIDE) / STEP_INSIDE))
            alone = len(line.glyphs) == 1
            yield Bracket(number, at, opens, alone, _engine_vote(glyph), vote)


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


def _settle_digits(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Settle the width of the digits of a page's numbers."""
    sure = [_enclose(line, touching=False) for line in lines]
    known = any(before is not after for before, after in zip(lines, sure, strict=True))
    page = PageWidths([_enclose(line, touching=True) for line in sure] if known else sure)
    for mark in ("、", "（）"):
        usual = _usual_room(page, mark)
        if usual is not None:
            page = PageWidths(_widen_columns(page, mark, usual))
    em = median([line.em for line in page.lines]) if page.lines else 1.0
    found = [line.changed(_before_points(line, page.pitch(line))) for line in page.lines]
    return [line.changed(_spread(line, max(line.em, em))) for line in found]


def _usual_room(page: PageWidths, mark: str) -> float | None:
    """Return the ems between a full-width mark's middle and a cell beside it: what the page has.

    Where no Han character stands inside of brackets, it is what the room outside leaves of an em.
    """
    inside, outside = [], []
    for line in page.lines:
        for other, at in _beside(line, mark):
            room = page.room(line, at, other)
            if room is not None and is_han(line.glyphs[other].text):
                inside.append(room)
            after = page.room(line, at, at + 1)
            if line.glyphs[at].text == "）" and after is not None and is_han(line.text[at + 1]):
                outside.append(max(1.0 - after, 0.0))
    return median(inside or outside) if inside or outside else None


def _widen_columns(page: PageWidths, mark: str, usual: float) -> list[CandidateLine]:
    """Widen the numbers that stand below each other: those of one column are set alike."""
    columns: dict[int, list[float]] = {}
    for line in page.lines:
        for other, at in _numbers(line, mark):
            apart = abs(_middle(line.glyphs[at]) - _middle(line.glyphs[other])) / page.pitch(line)
            columns.setdefault(column_of(line), []).append(apart - usual)
    wide = {at for at, rooms in columns.items() if mean(rooms) >= WIDE_DIGIT}
    return [
        line.changed([_full(line, at) for at in sorted({at for at, _ in _numbers(line, mark)})])
        if line.glyphs and column_of(line) in wide
        else line
        for line in page.lines
    ]


def _beside(line: CandidateLine, marks: str) -> Iterator[tuple[int, int]]:
    """Yield each glyph next to a mark, and the mark: 、 and ） after it, （ before it."""
    for at, glyph in enumerate(line.glyphs):
        other = at + 1 if glyph.text == "（" else at - 1
        if glyph.text in marks and 0 <= other < len(line.glyphs):
            yield other, at


def _numbers(line: CandidateLine, marks: str) -> Iterator[tuple[int, int]]:
    """Yield single digits that number something: before 、 at a line's start, inside （）."""
    for other, at in _beside(line, marks):
        held = line.text[max(other - 1, 0) : other + 2]
        alone = other == 0 if marks == "、" else held[::2] == "（）"
        if alone and _is_digit(line.glyphs[other]):
            yield other, at


def _is_digit(glyph: Candidate) -> bool:
    return glyph.text.isascii() and glyph.text.isdigit()


def _full(line: CandidateLine, at: int) -> Change:
    return Change(at, line.glyphs[at].text.translate(FULL_DIGITS), DIGIT_RULE)


def _before_points(line: CandidateLine, pitch: float) -> list[Change]:
    """Widen a number's digit and point, at a line's start, that stand an em apart."""
    if len(line.glyphs) < 2 or not _is_digit(line.glyphs[0]) or line.glyphs[1].text not in ".．":
        return []
    if _middle(line.glyphs[1]) - _middle(line.glyphs[0]) < WIDE_POINT * pitch:
        return []
    return [_full(line, 0), Change(1, "．", DIGIT_RULE)]


def _spread(line: CandidateLine, em: float) -> list[Change]:
    """Widen numbers whose digits stand an em apart."""
    wide: set[int] = set()
    for at, (one, two) in enumerate(pairwise(line.glyphs), start=1):
        if _is_digit(one) and _is_digit(two) and at not in line.spaces:
            if _middle(two) - _middle(one) >= WIDE_PITCH * em:
                wide |= {at - 1, at}
    return [_full(line, at) for at in sorted(wide)]


def _enclose(line: CandidateLine, *, touching: bool) -> CandidateLine:
    """Join (1) that stands in one em to ⑴; ``touching``: though bracket and digit run together."""
    at = 0
    while at < len(line.glyphs):
        size = _enclosed_size(line, at, touching)
        if size:
            line = _joined(line, at, size)
        at += 1
    return line


def _enclosed_size(line: CandidateLine, at: int, touching: bool) -> int:
    """Return how many glyphs from ``at`` on are one enclosed number; 0 if none is there."""
    if line.glyphs[at].text not in "(（":
        return 0
    for size in (3, 4):
        part = line.glyphs[at : at + size]
        held = "".join(glyph.text for glyph in part[1:-1])
        if len(part) == size and part[-1].text in ")）" and held in ENCLOSED:
            low = max(glyph.height for glyph in part[1:-1]) <= ENCLOSED_HEIGHT * line.em
            low |= touching and part[1].left - part[0].right < TOUCHING
            span = part[-1].right - part[0].left
            return size if low and span <= ENCLOSED_SPAN * line.em else 0
    return 0


def _joined(line: CandidateLine, at: int, size: int) -> CandidateLine:
    part = line.glyphs[at : at + size]
    text = "".join(glyph.text for glyph in part)
    became = ENCLOSED[text[1:-1]]
    chance = min(glyph.chance for glyph in part)
    whole = replace(
        part[0],
        text=became,
        read=became,
        chance=chance,
        alternatives=((became, chance),),
        right=part[-1].right,
    )
    return line.spliced(at, size, [whole], (replace(whole, text=text), became, ENCLOSED_RULE))
