"""Numbers as plans print them: 12, １２, 1,200, 十二, 一一二, 廿五, 1萬5,000, 一百零七."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "兩": 2,
    "元": 1,  # 元月, 元年
    "乙": 1,  # 每年乙次
    "壹": 1,
    "貳": 2,
    "參": 3,
    "肆": 4,
    "伍": 5,
    "陸": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_MYRIADS = {"萬": 10**4, "億": 10**8, "兆": 10**12}

#: A whole number in Arabic or Chinese numerals, without 萬 and 億.
NUMBER = r"(?:[0-9]+|[〇零○一二兩三四五六七八九十廿卅百千]+)"

_ARABIC = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_PARTS = re.compile(r"([^萬億兆]+)([萬億兆]+)|([^萬億兆]+)$")

_NUMBERS = re.compile(NUMBER)


def without_numerals(text: str) -> str:
    """Return a text with its numbers blanked, for comparing what is counted: 第一案, 第2案."""
    return _NUMBERS.sub("#", text)


def parse_integer(text: str) -> int | None:
    """Return a whole number; None if the text is anything else."""
    amount = parse_amount(text)
    if amount is None or amount != amount.to_integral_value():
        return None
    return int(amount)


def parse_amount(text: str) -> Decimal | None:
    """Return a number with 萬 and 億; None if the text is anything else."""
    total = Decimal(0)
    at = 0
    last = None
    while at < len(text):
        part = _PARTS.match(text, at)
        if part is None:
            return None
        value = _below_myriad(part[1] or part[3])
        scale = 1
        for char in part[2] or "":
            scale *= _MYRIADS[char]
        if value is None or (last is not None and scale >= last):
            return None
        total += value * scale
        last = scale
        at = part.end()
    return total if text else None


def _below_myriad(text: str) -> Decimal | None:
    """Return a number without 萬: Arabic, Arabic with 千 or 百 behind it, or Chinese."""
    if text[0] in "0123456789":
        head = text.rstrip("十百千")
        if not _ARABIC.fullmatch(head):
            return None
        value = Decimal(head.replace(",", ""))
        for char in text[len(head) :]:
            value *= _UNITS[char]
        return value
    if all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    return _chinese(text)


def _chinese(text: str) -> Decimal | None:
    """Return the number 一百零七, 十二, 廿五; None where units do not fall (十百)."""
    total = 0
    digit: int | None = None
    last = 10**4
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
            continue
        unit = 10 if char in _TENS else _UNITS.get(char)
        if unit is None or unit >= last or (char in _TENS and digit is not None):
            return None
        total += _TENS[char] if char in _TENS else unit * (1 if digit in (None, 0) else digit or 1)
        digit, last = None, unit
    return Decimal(total + (digit or 0))
