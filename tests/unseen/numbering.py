"""Numbers as plans print them: each kind gives the mark as printed and the number in the truth."""

from __future__ import annotations

from collections.abc import Callable

_HAN = "一二三四五六七八九十"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WIDE = "０１２３４５６７８９"


def han(value: int) -> str:
    """Write 1 … 99 with 一 二 … 十 十一 …"""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _HAN[tens - 1] + "十")
    return head + (_HAN[ones - 1] if ones else "")


def _wide(value: int) -> str:
    return "".join(_WIDE[int(digit)] for digit in str(value))


# kind: (pattern of the mark, whether the truth drops the last character, how the count is written)
_KINDS: dict[str, tuple[str, bool, Callable[[int], str]]] = {
    "一、": ("{}、", True, han),
    "一": ("{} ", True, han),
    "（一）": ("（{}）", False, han),
    "(一)": ("({})", False, han),
    "1.": ("{}.", False, str),
    "1、": ("{}、", True, str),
    "１．": ("{}．", False, _wide),
    "１、": ("{}、", True, _wide),
    "(1)": ("({})", False, str),
    "（1）": ("（{}）", False, str),
    "（１）": ("（{}）", False, _wide),
    "1)": ("{})", False, str),
    "⑴": ("{}", False, lambda value: chr(0x2473 + value)),
    "①": ("{}", False, lambda value: chr(0x245F + value)),
    "甲.": ("{}.", False, lambda value: _STEMS[value - 1]),
    "甲、": ("{}、", True, lambda value: _STEMS[value - 1]),
    "A.": ("{}.", False, lambda value: chr(64 + value)),
    "◎": ("◎", False, str),
    "●": ("●", False, str),
    "■": ("■", False, str),
    "-": ("-", False, str),
}
BULLETS = ("◎", "●", "■", "-")
# The highest count that a kind can write.
LIMITS = {"⑴": 20, "①": 20, "甲.": 10, "甲、": 10, "A.": 26}


def number(kind: str, value: int) -> tuple[str, str | None]:
    """Give the mark as printed and the number as the truth has it; ``("", None)`` for kind ""."""
    if not kind:
        return "", None
    pattern, drops, write = _KINDS[kind]
    mark = pattern.format(write(value))
    return mark.rstrip(), (mark[:-1] if drops else mark).strip()


def family(kind: str) -> str:
    """Name what a reader could take two kinds for the same by."""
    if kind in BULLETS or not kind:
        return kind
    if kind == "⑴":
        return "(1"  # Nobody could tell ⑴ from (1) by eye.
    pattern, _, write = _KINDS[kind]
    digits = "1" if write in (str, _wide) else write(1)
    brackets = "(" if pattern[0] in "(（" or pattern.endswith(")") else ""
    return brackets + digits
