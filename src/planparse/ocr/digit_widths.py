"""Full-width digits and enclosed numbers (⑴), known from the room that they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean, median

from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change, column_of

DIGIT_RULE = "digit-width"
ENCLOSED_RULE = "enclosed-number"

WIDE_DIGIT = 0.35
"""Ems from a digit's middle to its neighbour, less what stands between a Han character and that
neighbour: half an em for a full-width digit, a quarter for another."""

SQUARE, HAN_BEARING = 1.09, 0.05
"""Ems (of ink height) that a full-width glyph takes, and white beside a Han character in it."""

WIDE_PITCH = 0.80
"""Ems from digit to digit: a full-width number."""

WIDE_POINT = 0.95
"""Ems from a digit's middle to that of its point: both full-width; half-width ones have 0.45."""

ENCLOSED_SPAN, ENCLOSED_HEIGHT = 1.02, 0.60
"""Ems: (1) as one character is no wider, and its digit no higher; (1) as three is wider."""

TOUCHING = 1.5
"""Pixels between glyphs whose ink runs together: the height of the one is that of both."""

FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
ENCLOSED = {str(number): chr(0x2473 + number) for number in range(1, 21)}


def repair_digits(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Settle the width of the digits of a page's numbers."""
    sure = [_enclose(line, touching=False) for line in lines]
    known = any(before is not after for before, after in zip(lines, sure, strict=True))
    found = [_enclose(line, touching=True) for line in sure] if known else sure
    for neighbours in ("、", "（）"):
        usual = [gap for line in found for gap in _han_gaps(line, neighbours)]
        if neighbours == "（）" and not usual:
            usual = [gap for line in found for gap in _gaps_by_outside(line)]
        if usual:
            found = _widen_columns(found, neighbours, median(usual))
    em = median([line.em for line in found]) if found else 1.0
    found = [line.changed(_before_points(line)) for line in found]
    return [line.changed(_spread(line, max(line.em, em))) for line in found]


def _widen_columns(
    lines: list[CandidateLine], neighbours: str, usual: float
) -> list[CandidateLine]:
    """Widen the numbers that stand below each other: those of one column are set alike."""
    columns: dict[int, list[float]] = {}
    for line in lines:
        for gap in _number_gaps(line, neighbours):
            columns.setdefault(column_of(line), []).append(gap)
    wide = {at for at, gaps in columns.items() if mean(gaps) - usual >= WIDE_DIGIT}
    return [
        line.changed(_widened(line, neighbours))
        if line.glyphs and column_of(line) in wide
        else line
        for line in lines
    ]


def _is_han(glyph: Candidate) -> bool:
    return "\u4e00" <= glyph.text <= "\u9fff"


def _is_digit(glyph: Candidate) -> bool:
    return glyph.text.isascii() and glyph.text.isdigit()


def _beside(line: CandidateLine, neighbours: str) -> Iterator[tuple[int, int]]:
    """Return each glyph next to a neighbour: 、 and ） after it, （ before it."""
    for at, glyph in enumerate(line.glyphs):
        if glyph.text in neighbours:
            other = at + 1 if glyph.text == "（" else at - 1
            if 0 <= other < len(line.glyphs):
                yield other, at


def _han_gaps(line: CandidateLine, neighbours: str) -> list[float]:
    """Return the ems of white between Han characters and the neighbour."""
    return [
        _white(line.glyphs[other], line.glyphs[at]) / line.em
        for other, at in _beside(line, neighbours)
        if _is_han(line.glyphs[other])
    ]


def _gaps_by_outside(line: CandidateLine) -> list[float]:
    """Return what a bracket leaves inside: of its square, what neither ink nor outside takes."""
    found = []
    for at in range(len(line.glyphs) - 1):
        glyph, after = line.glyphs[at], line.glyphs[at + 1]
        if glyph.text == "）" and _is_han(after):
            taken = glyph.width + _white(glyph, after)
            found.append(max(SQUARE - taken / line.em, 0.0) + HAN_BEARING)
    return found


def _white(one: Candidate, other: Candidate) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def _numbers(line: CandidateLine, neighbours: str) -> list[tuple[int, int]]:
    """Return single digits that number something: before 、 at a line's start, inside （）."""
    found = []
    for other, at in _beside(line, neighbours):
        alone = other == 0 if neighbours == "、" else _held_alone(line, other)
        if alone and _is_digit(line.glyphs[other]):
            found.append((other, at))
    return found


def _held_alone(line: CandidateLine, at: int) -> bool:
    return [glyph and glyph.text for glyph in line.beside(at)] == ["（", "）"]


def _number_gaps(line: CandidateLine, neighbours: str) -> list[float]:
    found = []
    for other, at in _numbers(line, neighbours):
        digit, mark = line.glyphs[other], line.glyphs[at]
        found.append((_white(digit, mark) + digit.width / 2) / line.em)
    return found


def _widened(line: CandidateLine, neighbours: str) -> list[Change]:
    places = sorted({other for other, _ in _numbers(line, neighbours)})
    return [_full(line, at) for at in places]


def _full(line: CandidateLine, at: int) -> Change:
    return Change(at, line.glyphs[at].text.translate(FULL_DIGITS), DIGIT_RULE)


def _before_points(line: CandidateLine) -> list[Change]:
    """Widen a number's digit and point, at a line's start, that stand an em apart."""
    if len(line.glyphs) < 2 or not _is_digit(line.glyphs[0]) or line.glyphs[1].text not in ".．":
        return []
    digit, point = line.glyphs[:2]
    apart = (point.left + point.right - digit.left - digit.right) / 2
    if apart < WIDE_POINT * line.em:
        return []
    return [_full(line, 0), Change(1, "．", DIGIT_RULE)]


def _spread(line: CandidateLine, em: float) -> list[Change]:
    """Widen numbers whose digits stand an em apart."""
    wide: set[int] = set()
    for at in range(1, len(line.glyphs)):
        one, two = line.glyphs[at - 1], line.glyphs[at]
        if _is_digit(one) and _is_digit(two) and at not in line.spaces:
            pitch = (two.left + two.right - one.left - one.right) / 2
            if pitch >= WIDE_PITCH * em:
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
    whole = replace(
        part[0],
        text=became,
        read=became,
        chance=min(glyph.chance for glyph in part),
        alternatives=((became, min(glyph.chance for glyph in part)),),
        right=part[-1].right,
    )
    repair = (replace(whole, text=text), became, ENCLOSED_RULE)
    return line.spliced(at, size, [whole], repair)
