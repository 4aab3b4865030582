"""Write numerals as plans print them."""

from __future__ import annotations

HAN = "一二三四五六七八九十"
CAPITALS = "壹貳參肆伍陸柒捌玖拾"
_WIDE = "０１２３４５６７８９"
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def han(value: int) -> str:
    """Write 1 … 99 with 一 二 … 十 十一 …"""
    return _in_tens(value, HAN)


def _in_tens(value: int, series: str) -> str:
    tens, ones = divmod(value, 10)
    ten = series[9]
    head = "" if tens == 0 else (ten if tens == 1 else series[tens - 1] + ten)
    return head + (series[ones - 1] if ones else "")


def wide(value: int) -> str:
    """Write a number in full-width digits."""
    return "".join(_WIDE[int(digit)] for digit in str(value))


def han_digits(value: int) -> str:
    """Write a year digit by digit: 一一二, 一〇五."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))


def han_tens(year: int) -> str:
    """Write a year below 200 in words: 九十九, 一百零五, 一百一十二."""
    hundreds, rest = divmod(year, 100)
    if not hundreds:
        return han(rest)
    return "一百" + ("零" if 0 < rest < 10 else "") + ("一" if 10 <= rest < 20 else "") + han(rest)


def _roman(value: int) -> str:
    made = ""
    for size, sign in _ROMANS:
        made += sign * (value // size)
        value %= size
    return made


class PageNumber(int):
    """A number of pages that a template may write in another kind of numeral: ``{p:han}``."""

    def __format__(self, kind: str) -> str:
        """Return the number in ``kind``; "" means Arabic digits."""
        value = int(self)
        made = {
            "wide": wide,
            "han": han,
            "capital": lambda number: _in_tens(number, CAPITALS),
            "roman": _roman,
            "ROMAN": lambda number: _roman(number).upper(),
            # One glyph each, up to twelve; longer plans go on in letters.
            "Ⅰ": lambda number: chr(0x215F + number) if number <= 12 else _roman(number).upper(),
            "ⅰ": lambda number: chr(0x216F + number) if number <= 12 else _roman(number),
        }
        return made[kind](value) if kind else str(value)


def digits_of(numeral: str) -> str:
    """Return the kind that ``PageNumber`` writes a numeral in."""
    first = numeral[0]
    kinds = {"wide": _WIDE, "han": HAN, "capital": CAPITALS, "roman": "ivx", "ROMAN": "IVX"}
    for kind, series in kinds.items():
        if first in series:
            return kind
    return {0x216: "Ⅰ", 0x217: "ⅰ"}.get(ord(first) >> 4, "")
