"""Full-width digits and numbers in a bracket of their own (⑴), told by the room that they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean, median

from planparse.ocr.glyph_candidates import Change, Sign, SignLine, column_of

DIGIT_RULE = "digit-width"
ENCLOSED_RULE = "enclosed-number"

WIDE_DIGIT = 0.35
"""Ems from a digit's middle to its neighbour, less what stands between a Han character and that
neighbour: half an em for a full-width digit, a quarter for another."""

SQUARE, HAN_BEARING = 1.09, 0.05
"""Ems (of ink height) that a full-width sign takes, and white beside a Han character in it."""

WIDE_PITCH = 0.80
"""Ems from digit to digit: a full-width number."""

WIDE_POINT = 0.95
"""Ems from a digit's middle to that of its point: both full-width; half-width ones have 0.45."""

ENCLOSED_SPAN, ENCLOSED_HEIGHT = 1.02, 0.60
"""Ems: (1) as one character is no wider, and its digit no higher; (1) as three is wider."""

TOUCHING = 1.5
"""Pixels between signs whose ink runs together: the height of the one is that of both."""

FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
ENCLOSED = {str(number): chr(0x2473 + number) for number in range(1, 21)}


def repair_digits(lines: Sequence[SignLine]) -> list[SignLine]:
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


def _widen_columns(lines: list[SignLine], neighbours: str, usual: float) -> list[SignLine]:
    """Widen the numbers that stand below each other: those of one column are set alike."""
    columns: dict[int, list[float]] = {}
    for line in lines:
        for gap in _number_gaps(line, neighbours):
            columns.setdefault(column_of(line), []).append(gap)
    wide = {at for at, gaps in columns.items() if mean(gaps) - usual >= WIDE_DIGIT}
    return [
        line.changed(_widened(line, neighbours)) if line.signs and column_of(line) in wide else line
        for line in lines
    ]


def _is_han(sign: Sign) -> bool:
    return "\u4e00" <= sign.text <= "\u9fff"


def _is_digit(sign: Sign) -> bool:
    return sign.text.isascii() and sign.text.isdigit()


def _beside(line: SignLine, neighbours: str) -> Iterator[tuple[int, int]]:
    """Give each sign next to a neighbour: 、 and ） after it, （ before it."""
    for at, sign in enumerate(line.signs):
        if sign.text in neighbours:
            other = at + 1 if sign.text == "（" else at - 1
            if 0 <= other < len(line.signs):
                yield other, at


def _han_gaps(line: SignLine, neighbours: str) -> list[float]:
    """Give the ems of white between Han characters and the neighbour."""
    return [
        _white(line.signs[other], line.signs[at]) / line.em
        for other, at in _beside(line, neighbours)
        if _is_han(line.signs[other])
    ]


def _gaps_by_outside(line: SignLine) -> list[float]:
    """Give what a bracket leaves inside: of its square, what neither ink nor outside takes."""
    found = []
    for at in range(len(line.signs) - 1):
        sign, after = line.signs[at], line.signs[at + 1]
        if sign.text == "）" and _is_han(after):
            taken = sign.right - sign.left + _white(sign, after)
            found.append(max(SQUARE - taken / line.em, 0.0) + HAN_BEARING)
    return found


def _white(one: Sign, other: Sign) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def _numbers(line: SignLine, neighbours: str) -> list[tuple[int, int]]:
    """Give single digits that number something: before 、 at a line's start, inside （）."""
    found = []
    for other, at in _beside(line, neighbours):
        alone = other == 0 if neighbours == "、" else _held_alone(line, other)
        if alone and _is_digit(line.signs[other]):
            found.append((other, at))
    return found


def _held_alone(line: SignLine, at: int) -> bool:
    before = line.signs[at - 1].text if at else ""
    after = line.signs[at + 1].text if at + 1 < len(line.signs) else ""
    return before == "（" and after == "）"


def _number_gaps(line: SignLine, neighbours: str) -> list[float]:
    found = []
    for other, at in _numbers(line, neighbours):
        digit, mark = line.signs[other], line.signs[at]
        half = (digit.right - digit.left) / 2
        found.append((_white(digit, mark) + half) / line.em)
    return found


def _widened(line: SignLine, neighbours: str) -> list[Change]:
    places = sorted({other for other, _ in _numbers(line, neighbours)})
    return [_full(line, at) for at in places]


def _full(line: SignLine, at: int) -> Change:
    return Change(at, line.signs[at].text.translate(FULL_DIGITS), DIGIT_RULE)


def _before_points(line: SignLine) -> list[Change]:
    """Widen a number's digit and point, at a line's start, that stand an em apart."""
    if len(line.signs) < 2 or not _is_digit(line.signs[0]) or line.signs[1].text not in ".．":
        return []
    digit, point = line.signs[:2]
    apart = (point.left + point.right - digit.left - digit.right) / 2
    if apart < WIDE_POINT * line.em:
        return []
    return [_full(line, 0), Change(1, "．", DIGIT_RULE)]


def _spread(line: SignLine, em: float) -> list[Change]:
    """Widen numbers whose digits stand an em apart."""
    wide: set[int] = set()
    for at in range(1, len(line.signs)):
        one, two = line.signs[at - 1], line.signs[at]
        if _is_digit(one) and _is_digit(two) and at not in line.spaces:
            pitch = (two.left + two.right - one.left - one.right) / 2
            if pitch >= WIDE_PITCH * em:
                wide |= {at - 1, at}
    return [_full(line, at) for at in sorted(wide)]


def _enclose(line: SignLine, *, touching: bool) -> SignLine:
    """Join (1) that stands in one em to ⑴; ``touching``: though bracket and digit run together."""
    at = 0
    while at < len(line.signs):
        size = _enclosed_size(line, at, touching)
        if size:
            line = _joined(line, at, size)
        at += 1
    return line


def _enclosed_size(line: SignLine, at: int, touching: bool) -> int:
    """Give how many signs from ``at`` on are one enclosed number; 0 if none is there."""
    if line.signs[at].text not in "(（":
        return 0
    for size in (3, 4):
        part = line.signs[at : at + size]
        held = "".join(sign.text for sign in part[1:-1])
        if len(part) == size and part[-1].text in ")）" and held in ENCLOSED:
            low = max(sign.height for sign in part[1:-1]) <= ENCLOSED_HEIGHT * line.em
            low |= touching and part[1].left - part[0].right < TOUCHING
            span = part[-1].right - part[0].left
            return size if low and span <= ENCLOSED_SPAN * line.em else 0
    return 0


def _joined(line: SignLine, at: int, size: int) -> SignLine:
    part = line.signs[at : at + size]
    text = "".join(sign.text for sign in part)
    became = ENCLOSED[text[1:-1]]
    whole = replace(
        part[0],
        text=became,
        read=became,
        chance=min(sign.chance for sign in part),
        rivals=((became, min(sign.chance for sign in part)),),
        right=part[-1].right,
    )
    spaces = tuple(
        dict.fromkeys(
            place if place <= at else place - size + 1
            for place in line.spaces
            if not at < place < at + size
        )
    )
    return replace(
        line,
        signs=(*line.signs[:at], whole, *line.signs[at + size :]),
        spaces=spaces,
        repairs=(*line.repairs, (replace(whole, text=text), became, ENCLOSED_RULE)),
    )
