"""Figures in a text, 184萬戶, 1000瓩以上, 百分之九十, and the rules that read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from planparse.lexicon.numerals import parse_amount
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import fold
from planparse.model.plan import Figure, FigureQualifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_AMOUNT = (
    rf"(?:{_ARABIC}|[一二兩三四五六七八九十百千]+)[百千]?"
    rf"(?:[億萬](?:(?:{_ARABIC}|[零一二三四五六七八九十百千]+)[百千]?)?)*"
)
_BEGIN = re.compile("[0-9一二兩三四五六七八九十百千]")
# The same before forms are folded.
_MAY_BEGIN = re.compile("[0-9０-９一二兩三四五六七八九十百千]")
_PERCENT = re.compile(rf"百分之(?P<amount>{_AMOUNT})")
_NUMBER = re.compile(
    rf"(?<![0-9.,A-Za-z〇零])(?P<amount>{_AMOUNT})(?P<more>多|餘)?"
    rf"(?:(?P<to>至|到|~|-)(?P<upper>{_AMOUNT}))?"
)
# The limits of the column: 24 digits, six of them behind the point.
_TOO_LARGE = Decimal(10) ** 18
_SMALLEST = Decimal("0.000001")
_UPPER = re.compile(rf"(?:至|到|~|-)(?P<upper>{_AMOUNT})")
_BEFORE = (
    ("至少|最少|不低於|不少於|高於或等於|達到?至少", FigureQualifier.AT_LEAST),
    ("不超過|不逾|不高於|至多|最多|低於或等於", FigureQualifier.AT_MOST),
    ("超過|逾|高於|多於|大於|破", FigureQualifier.MORE_THAN),
    ("低於|少於|未達|不足|小於|未滿", FigureQualifier.LESS_THAN),
    ("約|近|將近|大約|幾近", FigureQualifier.ABOUT),
)
_AFTER = (
    ("(?:\\(含\\))?以上|起跳", FigureQualifier.AT_LEAST),
    ("(?:\\(含\\))?以下|以?內|為限|為上限", FigureQualifier.AT_MOST),
    ("多|餘", FigureQualifier.MORE_THAN),
    ("左右|上下", FigureQualifier.ABOUT),
)
# "不超過" holds "超過": the longer word stands first and wins.
_BEFORE_PATTERNS = [(re.compile(f"(?:{words})(?:為|達|到|有)?$"), q) for words, q in _BEFORE]
_AFTER_PATTERNS = [(re.compile(words), q) for words, q in _AFTER]


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure in folded text: where it begins and ends, and what it means."""

    start: int
    stop: int
    value: Decimal
    unit: str
    qualifier: FigureQualifier | None


def find_figures(printed: str, rules: FigureRules, point: int | None = None) -> tuple[Figure, ...]:
    """Return the figures of a text; ``point`` is the number of the point it belongs to, from 0."""
    if _MAY_BEGIN.search(printed) is None:
        return ()
    folded = fold(printed)
    text = rules.none.sub(lambda match: "\0" * len(match[0]), folded.text)
    return tuple(
        Figure(
            value=found.value,
            unit=found.unit,
            qualifier=found.qualifier,
            point=point,
            at=folded.origins[found.start],
            printed=folded.slice(found.start, found.stop),
        )
        for found in _find(text, rules)
    )


def _find(text: str, rules: FigureRules) -> Iterator[_Found]:
    at = 0
    while (begin := _BEGIN.search(text, at)) is not None:
        at = begin.start()
        percent = _PERCENT.match(text, at)
        number = None if percent else _NUMBER.match(text, at)
        if percent:
            value = _fitting(percent["amount"])
            found = [] if value is None else [_whole(text, at, percent.end(), value, "%")]
        else:
            found = list(_with_unit(text, number, rules)) if number else []
        yield from found
        at = max([each.stop for each in found], default=number.end() if number else at + 1)


def _fitting(amount: str) -> Decimal | None:
    """Return an amount; None for what is no number of things (a row of 40 digits)."""
    value = parse_amount(amount)
    if value is None or value >= _TOO_LARGE or value != value.quantize(_SMALLEST):
        return None
    return value


def _with_unit(text: str, number: re.Match[str], rules: FigureRules) -> Iterator[_Found]:
    """Yield the figure of a number before a unit, two for a range; nothing if it is none."""
    value = _fitting(number["amount"])
    unit = rules.unit_at(text, number.end())
    if value is None or unit is None:
        return
    words, rule = unit
    if (
        number["amount"] == "一"
        and rule.article
        and not rules.counting.search(text[: number.start()])
    ):
        # 一 before a counter is an article: 設一個窗口, 一次告知.
        return
    stop = number.end() + len(words)
    # 3至5天, 50元至100元
    twice = number if number["upper"] else _UPPER.match(text, stop)
    if twice and (number["upper"] or text.startswith(words, twice.end())):
        upper = _fitting(twice["upper"])
        if upper is None or upper <= value:
            return
        first = number.end("amount") if number["upper"] else stop
        last = stop if number["upper"] else twice.end() + len(words)
        yield _Found(number.start(), first, value, words, FigureQualifier.RANGE_FROM)
        yield _Found(twice.start("upper"), last, upper, words, FigureQualifier.RANGE_TO)
        return
    more = FigureQualifier.MORE_THAN if number["more"] else None
    yield _whole(text, number.start(), stop, value, words, more)


def _whole(
    text: str,
    start: int,
    stop: int,
    value: Decimal,
    unit: str,
    qualifier: FigureQualifier | None = None,
) -> _Found:
    """Return a figure with the words around it that qualify it."""
    for pattern, meaning in _BEFORE_PATTERNS:
        before = pattern.search(text[:start])
        if before:
            return _Found(before.start(), stop, value, unit, meaning)
    if qualifier is None:
        for pattern, meaning in _AFTER_PATTERNS:
            after = pattern.match(text, stop)
            if after:
                return _Found(start, after.end(), value, unit, meaning)
    return _Found(start, stop, value, unit, qualifier)


class FigureUnits(BaseModel):
    """Units of one sort. ``article``: behind a bare 一 they make no figure by themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    article: bool = False
    matches: dict[str, str] = Field(min_length=1)


class NotFigures(BaseModel):
    """What looks like a figure and is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    matches: list[str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)


class FigureRules:
    """All rules, ready to match."""

    def __init__(
        self, counting: str, units: list[FigureUnits], not_figures: list[NotFigures]
    ) -> None:
        self.units = units
        self.not_figures = not_figures
        self.counting = re.compile(rf"{counting}$")
        self.none = re.compile("|".join(f"(?:{rule.pattern})" for rule in not_figures))
        self._units = [(rule, re.compile(rule.pattern)) for rule in units]

    def unit_at(self, text: str, at: int) -> tuple[str, FigureUnits] | None:
        """Return the longest unit that stands at the place, and its rule; None if none does."""
        found = [(m[0], rule) for rule, p in self._units if (m := p.match(text, at)) and m[0]]
        return max(found, key=lambda pair: len(pair[0]), default=None)


def load_figure_rules(
    units: Iterable[Mapping[str, Any]] = (), not_figures: Iterable[Mapping[str, Any]] = ()
) -> FigureRules:
    """Return the rules that come with the package, with those given in front of them."""
    data = package_tables("figures.toml")
    return FigureRules(
        data["words"]["counting"],
        [FigureUnits.model_validate(rule) for rule in [*units, *data["units"]]],
        [NotFigures.model_validate(rule) for rule in [*not_figures, *data["not_figures"]]],
    )
