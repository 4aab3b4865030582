"""Numbers at the start of a line: their style, their value, what they leave of the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from planparse.errors import RulesError
from planparse.lexicon.rule_files import KEPT_FILES, RulesText, package_tables, user_tables
from planparse.lexicon.text_keys import half_width
from planparse.model.slots_record import slots_record

CHINESE = {char: at for at, char in enumerate("零一二三四五六七八九十")}
CAPITAL = {char: at for at, char in enumerate("零壹貳參肆伍陸柒捌玖拾")} | {"貮": 2, "叁": 3}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMANS = {"i": 1, "v": 5, "x": 10}
_SIGNS = str.maketrans("", "", "()（）﹙﹚[]［］〔〕【】﹝﹞.．﹒、第章節部")
_LEVEL = re.compile("[0-9]+")

_BARE = re.compile(package_tables("numbering.toml")["bare"]["pattern"])
_COUNTER = re.compile(package_tables("numbering.toml")["counter"]["pattern"])
_UNKNOWN = re.compile(
    package_tables("numbering.toml")["unknown"]["pattern"].replace("{n}", f"(?:{_BARE.pattern})")
)
#: What may stand between a number and its text.
BEHIND_NUMBER: str = package_tables("numbering.toml")["behind"]


class StyleRule(BaseModel):
    """A [[style]] of rules/numbering.toml, or a user's [[number_style]]: a pattern, or marks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="mark", min_length=1)
    rank: int = Field(default=7, ge=1)
    values: Literal["none", "arabic", "chinese", "capital", "stem", "letter", "roman", "levels"] = (
        "none"
    )
    pattern: str = ""
    marks: str = ""
    examples: list[str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _pattern_or_marks(self) -> StyleRule:
        if bool(self.pattern) == bool(self.marks):
            raise ValueError(f"style {self.name}: write a pattern or marks")
        if self.pattern and not {"number", "rest"} <= re.compile(self.pattern).groupindex.keys():
            raise ValueError(f"style {self.name}: the pattern needs the groups number and rest")
        if self.marks and self.values != "none":
            raise ValueError(f"style {self.name}: marks do not count")
        return self

    def style(self) -> NumberStyle:
        """Return the style, ready to match."""
        marks = f"(?P<number>[{re.escape(self.marks)}])(?P<rest>)"
        return NumberStyle(self.name, self.rank, self.values, re.compile(self.pattern or marks))


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A style of numbers at the start of a line; see rules/numbering.toml."""

    name: str
    rank: int
    values: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """All styles of numbers, in the order in which they are tried.

    ``any_style`` matches where one of them does: most lines start with none and need one look.
    ``rules`` are the styles with their examples, ``marks`` all signs that are a number alone.
    """

    styles: tuple[NumberStyle, ...]
    any_style: re.Pattern[str]
    rules: tuple[StyleRule, ...] = ()

    @property
    def marks(self) -> str:
        """All signs that are a number by themselves."""
        return "".join(rule.marks for rule in self.rules)


def read_numbering(tables: Mapping[str, Any], more: Iterable[Mapping[str, Any]] = ()) -> Numbering:
    """Return the styles of a numbering file's ``tables``, with ``more`` in front of them."""
    rules = tuple(StyleRule.model_validate(style) for style in [*more, *tables["style"]])
    styles = tuple(rule.style() for rule in rules)
    # A group's name may stand only once in a pattern.
    unnamed = [re.sub(r"\(\?P<\w+>", "(?:", style.pattern.pattern) for style in styles]
    return Numbering(styles, re.compile("|".join(unnamed)), rules)


@lru_cache(maxsize=KEPT_FILES)
def numbering_of(user: RulesText) -> Numbering:
    """Return the styles, those of a user's file first; RulesError where one cannot be used."""
    try:
        return read_numbering(
            package_tables("numbering.toml"), user_tables(user).get("number_style", [])
        )
    except (ValidationError, re.error, TypeError) as error:
        raise RulesError(f"{user.where}: [[number_style]] cannot be used: {error}") from error


def load_numbering() -> Numbering:
    """Return the styles that come with planparse."""
    return numbering_of(RulesText())


@slots_record
class Label:
    """A number found at the start of a line.

    ``value`` counts from 1, None for a mark that does not count; ``printed`` is the number without
    a following 、; ``width`` how many glyphs the number takes with what follows it. ``levels`` are
    the values of 1.2.3, of which ``value`` is the last; empty for other styles.
    """

    style: NumberStyle
    value: int | None
    printed: str
    width: int
    levels: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return what counts together: a style, or one mark (● measures, ■ their points)."""
        if self.levels:
            return f"{self.style.name} {len(self.levels)}"
        return self.style.name if self.value is not None else self.printed

    @property
    def rank(self) -> int:
        """Return how deep the number stands: 1.1.1 below 1.1."""
        return self.style.rank + len(self.levels)

    @property
    def path(self) -> tuple[int, ...]:
        """Return the values of all levels; empty for a mark that does not count."""
        return self.levels or (() if self.value is None else (self.value,))

    def follows(self, earlier: Label | None) -> bool:
        """Return True if it is due behind an earlier number of its key, or the first one.

        Behind 1.3 both 1.4 and 2.1 are due.
        """
        if earlier is None:
            return self.value == 1
        last = earlier.path
        return any(
            self.path == (*last[:at], last[at] + 1, *(1,) * (len(last) - at - 1))
            for at in range(len(last))
        )


def chinese_value(text: str, digits: dict[str, int] = CHINESE) -> int:
    """Return the value of 一 … 九十九 written with 十."""
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


_ENCLOSED = (
    *("①⑳", "⑴⒇", "⒈⒛", "❶❿", "➀➉", "➊➓", "⓵⓾", "㈠㈩", "ⅠⅫ", "ⅰⅻ"),
    *("ⒶⓏ", "ⓐⓩ", "⒜⒵"),
)
# Series that go on elsewhere: the value of the first of them.
_ENCLOSED_LATER = {"㉑㉟": 21, "㊱㊿": 36, "⓫⓴": 11}


def _enclosed(char: str) -> int | None:
    """Return the value of a number that is one character: ③, Ⅳ; None if it is none."""
    for series in (*_ENCLOSED, *_ENCLOSED_LATER):
        if series[0] <= char <= series[1]:
            return _ordinal(char, series[0], _ENCLOSED_LATER.get(series, 1))
    return None


def roman_value(text: str) -> int:
    """Return the value of i … xxxix; ValueError if the text is no numeral so written."""
    values = [_ROMANS[char] for char in text]
    total = sum(
        -value if value < max(values[at + 1 :], default=0) else value
        for at, value in enumerate(values)
    )
    if spelled_roman(total) != text:
        raise ValueError(text)
    return total


def spelled_roman(value: int) -> str:
    """Return 1 … 39 in small roman numerals."""
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * (value // 10) + ones[value % 10]


_READERS: Mapping[str, Callable[[str], int]] = {
    "arabic": int,
    "chinese": chinese_value,
    "capital": lambda text: chinese_value(text, CAPITAL),
    "stem": lambda text: _STEMS.index(text) + 1,
    "letter": lambda text: _LETTERS.index(half_width(text).lower()) + 1,
    "roman": lambda text: roman_value(half_width(text).lower()),
}


def _value(style: NumberStyle, number: str) -> int | None:
    """Return what a number counts; None where it does not count, or does not read as one."""
    if style.values == "none":
        return None
    core = number.translate(_SIGNS)
    if len(core) == 1 and (enclosed := _enclosed(core)) is not None:
        return enclosed
    try:
        return _READERS[style.values](core)
    except (KeyError, ValueError):
        # A user's pattern may take in more than a numeral.
        return None


def _label(style: NumberStyle, match: re.Match[str]) -> Label | None:
    """Return the number that a style matched; None if it does not read as one."""
    # A pattern may name what of the number counts: 步驟3.
    number = match["number"]
    counted = match.groupdict().get("value") or number
    if style.values == "levels":
        levels = tuple(int(level) for level in _LEVEL.findall(half_width(counted)))
        return Label(style, levels[-1], number, match.end(), levels) if levels else None
    value = _value(style, counted)
    if value is None and style.values != "none":
        return None
    return Label(style, value, number, match.end())


def find_labels(numbering: Numbering, text: str) -> Iterator[Label]:
    """Yield the readings of a number at the start of a text without white space, likeliest first.

    I. is the first roman numeral, and the ninth letter.
    """
    if numbering.any_style.match(text) is None:
        return
    for style in numbering.styles:
        match = style.pattern.match(text)
        label = None if match is None else _label(style, match)
        if label is not None:
            yield label


def find_label(numbering: Numbering, text: str) -> Label | None:
    """Return the number at the start of a text without white space; None if there is none."""
    return next(find_labels(numbering, text), None)


def bare_number(text: str) -> str:
    """Return the numeral without a sign behind it that a text begins with; empty if none does."""
    match = _BARE.match(text)
    return match[0] if match else ""


def is_unknown_number(text: str) -> bool:
    """Return True if a text begins with what looks like a number of a style that no rule has."""
    return _UNKNOWN.match(text) is not None


def number_alone(numbering: Numbering, text: str) -> Label | None:
    """Return the number that is all of a text: (1), 2., or 3 without a sign; None for others."""
    label = find_label(numbering, text)
    if label is None and text and bare_number(text) == text:
        label = find_label(numbering, f"{text}、")
        return label and replace(label, printed=text, width=len(text))
    return label if label is not None and label.width == len(text) else None


def is_counter(text: str) -> bool:
    """Return True if a cell only counts a column: (A), 1, ③."""
    return _COUNTER.fullmatch(text) is not None
