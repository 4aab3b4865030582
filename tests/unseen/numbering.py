"""Numbers as plans print them: each kind gives the mark as printed and the number in the truth."""

from __future__ import annotations

import re
from collections.abc import Callable

from .numerals import CAPITALS, HAN, han, wide
from .rule_examples import number_examples

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _series(first: str) -> Callable[[int], str]:
    """Return the writer of a series that goes on through the code points."""
    return lambda value: chr(ord(first) + value - 1)


# kind: (pattern of the mark, whether the truth drops the last character, how the count is written)
_Kind = tuple[str, bool, Callable[[int], str]]
_KINDS: dict[str, _Kind] = {
    "一、": ("{}、", True, han),
    "一": ("{} ", True, han),
    "（一）": ("（{}）", False, han),
    "(一)": ("({})", False, han),
    "1.": ("{}.", False, str),
    "1、": ("{}、", True, str),
    "１．": ("{}．", False, wide),
    "１、": ("{}、", True, wide),
    "(1)": ("({})", False, str),
    "（1）": ("（{}）", False, str),
    "（１）": ("（{}）", False, wide),
    "1)": ("{})", False, str),
    "⑴": ("{}", False, _series("⑴")),
    "①": ("{}", False, _series("①")),
    "甲.": ("{}.", False, lambda value: _STEMS[value - 1]),
    "甲、": ("{}、", True, lambda value: _STEMS[value - 1]),
    "A.": ("{}.", False, _series("A")),
    "◎": ("◎", False, str),
    "●": ("●", False, str),
    "■": ("■", False, str),
    "-": ("-", False, str),
}
# The highest count that a kind can write.
LIMITS = {"⑴": 20, "①": 20, "甲.": 10, "甲、": 10, "A.": 26}
# The series that the examples of numbering.toml count in: first sign, sign of any count, writer.
_SERIES: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("[1-9][0-9]?", str),
    ("[０-９]+", wide),
    (f"[{HAN}]+", han),
    (f"[{CAPITALS}]", lambda value: CAPITALS[value - 1]),
    (f"[{_STEMS}]", lambda value: _STEMS[value - 1]),
    ("[IVX]+", lambda value: _ROMANS[value - 1].upper()),
    ("[ivx]+", lambda value: _ROMANS[value - 1]),
    *(
        (f"[{first}-{chr(ord(first) + 9)}]", _series(first))
        for first in (*"①❶➀➊⑴㈠⒈ⅠⅰⒶⓐ⒜", "A", "a", "Ａ", "ａ")
    ),
)


def _kind_of(style: str, example: str) -> tuple[str, _Kind] | None:
    """Return the kind that an example is of, and its name: how the kind writes its first."""
    if style == "mark":
        return example[0], (example[0], False, str)
    for numeral, write in _SERIES:
        found = re.match(
            f"(第?[(（﹙[［〔【]?){numeral}([)）﹚］〕】\\]章節部]?[、.．﹒]?)", example
        )
        if found:
            pattern = found.group(1) + "{}" + found.group(2)
            return pattern.format(write(1)), (pattern, found.group(2) == "、", write)
    return None


# The kinds of the rule file's examples, by rank and style; those above keep their meaning.
RULE_KINDS: dict[tuple[int, str], list[str]] = {}
for _rank, _style, _example in number_examples():
    _found = _kind_of(_style, _example)
    if _found is None:
        raise ValueError(f"numbering.toml: {_example!r} is of no series that is known here")
    _name, _made = _found
    if _name not in _KINDS:
        _KINDS[_name] = _made
        if _style != "mark" and _made[2] not in (str, wide, han):
            LIMITS[_name] = 10
    _names = RULE_KINDS.setdefault((_rank, _style), [])
    if _name not in _names:
        _names.append(_name)
BULLETS = tuple(name for name, (pattern, _, _) in _KINDS.items() if "{}" not in pattern)

# Marks that nobody could tell apart by eye in the size of print.
_ALIKE = (
    *("●•‧∙⚫◘◙◉", "◎⊙", "○◦⚪", "■▪⬛", "□▫⬜❑❒❏❍", "◆◇◈❖♦", "➢➣➤➔➜➡⯈⮚⮞", "►▶▷▸▹"),
    *("✓✔✅☑", "-–—－", "★☆✦✧✪✤✽❋✶✹"),
)


def number(kind: str, value: int) -> tuple[str, str | None]:
    """Give the mark as printed and the number as the truth has it; ``("", None)`` for kind ""."""
    if not kind:
        return "", None
    pattern, drops, write = _KINDS[kind]
    mark = pattern.format(write(value))
    return mark.rstrip(), (mark[:-1] if drops else mark).strip()


def signs_of(kind: str) -> str:
    """Return the characters that the first ten numbers of a kind are printed with."""
    return "".join(number(kind, value)[0] for value in range(1, min(LIMITS.get(kind, 10), 10) + 1))


def family(kind: str) -> str:
    """Name what a reader could take two kinds for the same by."""
    if kind in BULLETS or not kind:
        return next((alike[0] for alike in _ALIKE if kind and kind in alike), kind)
    # Nobody could tell ⑴ from (1) by eye, or ㈠ from (一).
    if kind in ("⑴", "㈠"):
        return {"⑴": "(1", "㈠": "(一"}[kind]
    pattern, _, write = _KINDS[kind]
    digits = "1" if write in (str, wide) else write(1)
    digits = {"Ⅰ": "I", "ⅰ": "i", "Ⓐ": "(A", "ⓐ": "(a", "⒜": "(a"}.get(digits, digits)
    brackets = "(" if pattern[0] in "(（[［〔【" or pattern.endswith((")", "）", "﹚")) else ""
    return brackets + digits
