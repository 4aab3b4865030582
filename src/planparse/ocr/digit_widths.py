"""Full-width digits and enclosed numbers (⑴), known from the room that they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change, column_of, is_han
from planparse.ocr.widths import PageWidths, middle_of

DIGIT_RULE, ENCLOSED_RULE = "digit-width", "enclosed-number"

FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
ENCLOSED = {str(number): chr(0x2473 + number) for number in range(1, 21)}

WIDE_DIGIT = 0.375
"""Ems from a digit's middle to its cell's edge: 0.5 for full width, 0.25 for half width."""

WIDE_PITCH, WIDE_POINT = 0.80, 0.95
"""Ems from digit to digit, and from a digit's middle to its point's, both of full width."""

ENCLOSED_SPAN, ENCLOSED_HEIGHT = 1.02, 0.60
"""Ems: (1) as one character is no wider, and its digit no higher; (1) as three is wider."""

TOUCHING = 1.5
"""Pixels between glyphs whose ink runs together: the height of the one is that of both."""


def settle_digits(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
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
            after = page.room(line, at, at + 1) if line.glyphs[at].text == "）" else None
            if after is not None and is_han(line.glyphs[at + 1].text):
                outside.append(max(1.0 - after, 0.0))
    return median(inside or outside) if inside or outside else None


def _widen_columns(page: PageWidths, mark: str, usual: float) -> list[CandidateLine]:
    """Widen the numbers that stand below each other: those of one column are set alike."""
    columns: dict[int, list[float]] = {}
    for line in page.lines:
        for other, at in _numbers(line, mark):
            apart = abs(middle_of(line.glyphs[at]) - middle_of(line.glyphs[other]))
            columns.setdefault(column_of(line), []).append(apart / page.pitch(line) - usual)
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
    if middle_of(line.glyphs[1]) - middle_of(line.glyphs[0]) < WIDE_POINT * pitch:
        return []
    return [_full(line, 0), Change(1, "．", DIGIT_RULE)]


def _spread(line: CandidateLine, em: float) -> list[Change]:
    """Widen numbers whose digits stand an em apart."""
    wide: set[int] = set()
    for at, (one, two) in enumerate(pairwise(line.glyphs), start=1):
        apart = middle_of(two) - middle_of(one) if at not in line.spaces else 0.0
        if _is_digit(one) and _is_digit(two) and apart >= WIDE_PITCH * em:
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
