"""Numbers at the start of a line: their style, their value, what they leave of the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from planparse.lexicon.rule_files import package_tables
from planparse.model.slots_record import slots_record

_CHINESE = {char: at for at, char in enumerate("零一二三四五六七八九十")}
_CAPITAL = {char: at for at, char in enumerate("零壹貳參肆伍陸柒捌玖拾")} | {"貮": 2, "叁": 3}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "abcdefghij"
_SIGNS = str.maketrans("", "", "()（）﹙﹚.．﹒、第章節部")


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A style of numbers at the start of a line; see rules/numbering.toml."""

    name: str
    rank: int
    values: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Numbering:
    """All styles of numbers, in the order in which they are tried.

    ``any_style`` matches where one of them does: most lines start with none and need one look.
    ``open_end`` finds the end of a line that no item ends with, ``rest_of_sentence`` what follows
    a number inside a sentence.
    """

    styles: tuple[NumberStyle, ...]
    any_style: re.Pattern[str]
    open_end: re.Pattern[str]
    rest_of_sentence: re.Pattern[str]


def read_numbering(tables: Mapping[str, Any]) -> Numbering:
    """Return the styles of a numbering file's ``tables``."""
    styles = tuple(
        NumberStyle(style["name"], style["rank"], style["values"], re.compile(style["pattern"]))
        for style in tables["style"]
    )
    # A group's name may stand only once in a pattern.
    unnamed = [re.sub(r"\(\?P<\w+>", "(?:", style.pattern.pattern) for style in styles]
    sentence = {name: re.compile(rule["pattern"]) for name, rule in tables["sentence"].items()}
    return Numbering(
        styles,
        re.compile("|".join(unnamed)),
        sentence["open_end"],
        sentence["rest"],
    )


@cache
def load_numbering() -> Numbering:
    """Return the styles that come with planparse."""
    return read_numbering(package_tables("numbering.toml"))


@slots_record
class Label:
    """A number found at the start of a line.

    ``value`` counts from 1, None for a mark that does not count; ``printed`` is the number without
    a following 、; ``width`` how many glyphs the number takes with what follows it.
    """

    style: NumberStyle
    value: int | None
    printed: str
    width: int

    @property
    def key(self) -> str:
        """Name what counts together: a style, or one mark (● measures, ■ their points)."""
        return self.style.name if self.value is not None else self.printed


def chinese_value(text: str, digits: dict[str, int] = _CHINESE) -> int:
    """Give the value of 一 … 九十九 written with 十."""
    ten = 10
    total = 0
    held = 0
    for char in text:
        value = digits[char]
        if value == ten:
            total += (held or 1) * ten
            held = 0
        else:
            held = value
    return total + held


def _ordinal(char: str, first: str, start: int = 1) -> int:
    return ord(char) - ord(first) + start


_ENCLOSED = (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("❶", "❿"), ("➀", "➉"), ("㈠", "㈩"))


def _value(style: NumberStyle, number: str) -> int | None:
    if style.values == "none":
        return None
    if len(number) == 1:
        for first, last in _ENCLOSED:
            if first <= number <= last:
                return _ordinal(number, first)
    core = number.translate(_SIGNS)
    if style.values == "chinese":
        return chinese_value(core)
    if style.values == "capital":
        return chinese_value(core, _CAPITAL)
    if style.values == "stem":
        return _STEMS.index(core) + 1
    if style.values == "letter":
        folded = chr(ord(core) - 0xFEE0) if core > "\uff00" else core
        return _LETTERS.index(folded.lower()) + 1
    return int(core)


def find_label(numbering: Numbering, text: str) -> Label | None:
    """Return the number at the start of a text without white space; None if there is none."""
    if numbering.any_style.match(text) is None:
        return None
    for style in numbering.styles:
        match = style.pattern.match(text)
        if match is not None:
            number = match["number"]
            return Label(style, _value(style, number), number, match.end())
    return None
