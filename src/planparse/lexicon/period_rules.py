"""The rules for periods: rules/periods.toml, checked and compiled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from planparse.errors import RulesError
from planparse.lexicon.numbering import find_label, numbering_of
from planparse.lexicon.numerals import NUMBER
from planparse.lexicon.points_of_time import POINT, YEAR
from planparse.lexicon.rule_files import KEPT_FILES, RulesText, package_tables, user_tables
from planparse.lexicon.text_keys import fold
from planparse.model.plan import ScheduleKind

if TYPE_CHECKING:
    from planparse.lexicon.numbering import Numbering

_SMALL = r"(?<![0-9])(?:[1-9][0-9]?|[一二兩三四五六七八九十]{1,3})(?![0-9])"
_WORDS_OF_POINTS = r"[本今當次翌隔明](?:年|\()|[上下]半年|年[底終]|全年|元月"
# A point cut short is another point: "112年6月15" is not June.
_END_OF_POINT = r"(?![0-9日底末以之前後起至到~.\-])"

PointName = Annotated[str, Field(pattern=r"^[ab]\.(start|end)$")]


class PeriodWords(BaseModel):
    """The lists of words, regular expressions all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opening: str
    stop: str
    soft: str
    lead: str
    vague: str
    harmless: str
    to: str
    count: str
    separator: str


class PeriodRule(BaseModel):
    """A rule; see the head of the file for what its keys mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    needs: str = ""
    kind: ScheduleKind
    day_kind: ScheduleKind | None = None
    rrule: str | None = None
    start: PointName | None = None
    end: PointName | None = None
    exact: bool = False
    a_suffix: str = ""
    matches: dict[str, str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)

    @model_validator(mode="after")
    def _dates_need_points(self) -> PeriodRule:
        for edge in (self.start, self.end):
            if edge and f"(?P<{edge[0]}>" not in self.pattern:
                raise ValueError(f"rule {self.name}: {edge} without a group {edge[0]}")
        return self


class PeriodRules:
    """All rules, ready to match. Patterns are compiled when a period first asks for them."""

    def __init__(self, words: PeriodWords, rules: list[PeriodRule], numbering: Numbering) -> None:
        self.rules = rules
        self._numbering = numbering
        marks = "".join({fold(mark).text for mark in numbering.marks} - {"."})
        words = words.model_copy(update={"separator": f"{words.separator}|[{re.escape(marks)}]"})
        self._blocks = _blocks(words)
        # By identity: a rule of the user's may have the name of one of the package's.
        self._compiled: dict[int, re.Pattern[str]] = {}
        self.opening = re.compile(words.opening)
        self.separator = re.compile(rf"(?:{words.separator}|\s)+")
        self.harmless = re.compile(rf"(?!.*(?:{words.stop})){words.harmless}")
        point = rf"(?<![0-9一二兩三四五六七八九十百年月])(?={words.lead}{POINT})"
        begins = rf"{words.opening}|{words.separator}|{point}"
        self.piece = re.compile(rf".(?:(?!{begins}).)*")

    def number_at(self, text: str, at: int) -> int:
        """Return where the number of a list item ends that stands at the place, or the place."""
        label = find_label(self._numbering, text[at:])
        return at if label is None else at + label.width

    def longest(self, text: str, at: int) -> tuple[PeriodRule, re.Match[str]] | None:
        """Return the rule that matches most at the place, the first of equals; None without one."""
        found = [
            (rule, match)
            for rule in self.rules
            if re.search(rule.needs, text)
            and (match := self._pattern(rule).match(text, at))
            and match.end() > at
        ]
        return max(found, key=lambda pair: pair[1].end(), default=None)

    def matches_whole(self, rule: PeriodRule, text: str) -> bool:
        """Return True if the rule matches the whole of a folded text."""
        return bool(re.search(rule.needs, text) and self._pattern(rule).fullmatch(text))

    def _pattern(self, rule: PeriodRule) -> re.Pattern[str]:
        if id(rule) not in self._compiled:
            self._compiled[id(rule)] = re.compile(_expand(rule, self._blocks))
        return self._compiled[id(rule)]


def _blocks(words: PeriodWords) -> dict[str, str]:
    often = rf"(?:\(?(?:各|至少|最少|需|須|應)*(?P<times>{_SMALL}|乙){words.count}(?:以上)?\)?)"
    counted = rf"(?:{NUMBER}(?:{words.count}|個?[年月日周天季旬])|乙{words.count})"
    # The start of a point is enough here, and takes a fifth of the time to compile.
    point = rf"{words.to}?{words.lead}(?:(?:中華)?民國|第?{counted}|{_WORDS_OF_POINTS}|[0-9])"
    done = (
        rf"(?:(?!{words.opening}|{words.stop}|{words.soft}*{counted}|{point})"
        r"[^0-9、,;。/()\[\]:])"
    )
    # 每半年一 is no period: the 次 of 每半年一次 stands on the next line of a narrow cell.
    act = rf"(?:{done}{{0,23}}{done}(?<![一二兩三四五六七八九十]))?"
    return {
        "number": NUMBER,
        "small": _SMALL,
        "point": POINT,
        "year": YEAR,
        "to": words.to,
        "lead": words.lead,
        "soft": words.soft,
        "vague": words.vague,
        "often": often,
        "act": act,
        "done": rf"{act}{often}?{act}",
    }


def _expand(rule: PeriodRule, blocks: dict[str, str]) -> str:
    pattern = re.sub(r"\{([a-z]+)\}", lambda match: blocks[match[1]], rule.pattern)
    return pattern + (_END_OF_POINT if "(?P<a>" in rule.pattern else "")


@lru_cache(maxsize=KEPT_FILES)
def period_rules_of(user: RulesText) -> PeriodRules:
    """Return the rules for periods; RulesError where a [[period_rule]] cannot be used."""
    data = package_tables("periods.toml")
    numbering = numbering_of(user)
    try:
        more = user_tables(user).get("period_rule", [])
        rules = [PeriodRule.model_validate(rule) for rule in [*more, *data["rule"]]]
        return PeriodRules(PeriodWords.model_validate(data["words"]), rules, numbering)
    except (ValidationError, re.error, TypeError, KeyError) as error:
        raise RulesError(f"{user.where}: a rule cannot be used: {error}") from error
