"""Periods as values: 隨時辦理, 每兩個月辦理一次, 112年6月底前 → Schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from planparse.lexicon.numerals import parse_integer
from planparse.lexicon.period_rules import PeriodRule, PeriodRules, period_rules_of
from planparse.lexicon.points_of_time import Base, Span, resolve_point
from planparse.lexicon.rule_files import RulesText, any_of, check_examples
from planparse.lexicon.text_keys import fold, match_key, traditional_key
from planparse.model.plan import Schedule, ScheduleKind

if TYPE_CHECKING:
    import datetime
    import re
    from collections.abc import Iterator, Mapping

_DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAYS = {
    **dict(zip("一二三四五六日", _DAY_CODES, strict=True)),
    **dict(zip("123456", _DAY_CODES[:6], strict=True)),
    "天": "SU",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters ``start`` … ``stop`` - 1 of a folded period.

    ``rule`` and ``match`` are None where no rule reads them; ``harmless``: a word beside a phrase
    that changes nothing, as the department of 持續辦理（業務組）, or the number of a list's item.
    """

    start: int
    stop: int
    rule: PeriodRule | None = None
    match: re.Match[str] | None = None
    harmless: bool = False


@dataclass(slots=True)
class PeriodReading:
    """What a period means. ``unknown``: phrases that no rule reads; ``ambiguous``: read, no date.

    Where a phrase is unknown there is no schedule at all: what is read in part is not read.
    """

    schedules: list[Schedule] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)


def period_phrases(folded: str, rules: PeriodRules) -> Iterator[Phrase]:
    """Yield the phrases of a folded period in order, without the separators between them."""
    at = 0
    phrased = False
    while at < len(folded):
        separator = rules.separator.match(folded, at)
        number = at if phrased else rules.number_at(folded, at)
        if separator and separator.end() >= number:
            at = separator.end()
            phrased = False
            continue
        best = rules.longest(folded, at)
        if best is None and number > at:
            yield Phrase(at, number, harmless=True)
            at = number
            continue
        phrased = True
        if best is None:
            piece = rules.piece.match(folded, at)
            stop = piece.end() if piece else len(folded)
            harmless = rules.harmless.fullmatch(folded[at:stop]) is not None
            yield Phrase(at, stop, harmless=harmless)
        else:
            rule, match = best
            stop = match.end()
            yield Phrase(at, stop, rule, match)
        at = stop


def is_whole_period(printed: str, rules: PeriodRules) -> bool:
    """Return True if a text is one or several phrases that rules read, and nothing else."""
    rest = False
    phrases = 0
    for phrase in period_phrases(fold(printed).text, rules):
        rest = rest or phrase.rule is None
        phrases += 1
    return phrases > 0 and not rest


def read_period(printed: str, roc_year: int | None, rules: PeriodRules) -> PeriodReading:
    """Return what a period means; ``roc_year`` is the plan's, None where it is unknown."""
    folded = fold(printed)
    reading = PeriodReading()
    base = Base(roc_year)
    for phrase in period_phrases(folded.text, rules):
        said = folded.slice(phrase.start, phrase.stop)
        if phrase.rule is not None and phrase.match is not None:
            base = _take(reading, phrase.rule, phrase.match, base, said)
        elif not phrase.harmless:
            reading.unknown.append(said)
    if reading.unknown:
        return PeriodReading(unknown=reading.unknown)
    if not reading.schedules and _is_printed(rules, folded.text):
        reading.unknown.append(printed)
    return reading


def _is_printed(rules: PeriodRules, text: str) -> bool:
    """Return True if there is more than a dash or a sign in the cell."""
    return bool(rules.separator.sub("", text).strip("-—~"))


def _take(
    reading: PeriodReading, rule: PeriodRule, match: re.Match[str], base: Base, printed: str
) -> Base:
    """Add a match to the reading and return the base for the next phrase of the cell."""
    schedule, later = _schedule(rule, match, base, printed)
    if schedule is None:
        reading.unknown.append(printed)
        return base
    reading.schedules.append(schedule)
    reading.rules.append(rule.name)
    if schedule.kind is ScheduleKind.DEADLINE and schedule.end is None:
        reading.ambiguous.append(printed)
    return later


def _schedule(
    rule: PeriodRule, match: re.Match[str], base: Base, printed: str
) -> tuple[Schedule | None, Base]:
    """Return the schedule and the next base; None where a number or a day of it cannot be."""
    groups = match.groupdict()
    spans: dict[str, Span] = {}
    for name, suffix in (("a", rule.a_suffix), ("b", "")):
        if groups.get(name) is None:
            continue
        span = resolve_point(groups[name] + suffix, base)
        if span is None:
            return None, base
        spans[name] = span
        # 111年12月1日至31日: the second point takes year and month from the first.
        base = Base(span.start.year - 1911, span.start.month)
    rrule = _rrule(rule, groups)
    start, end = _edge(rule.start, spans), _edge(rule.end, spans)
    if (rule.rrule and rrule is None) or (start and end and start > end):
        return None, base
    kind = rule.kind
    if rule.day_kind and spans["a"].is_day:
        kind, start = rule.day_kind, None
    if rule.exact and not spans["a"].exact:
        # 6月前 may mean before June begins or before it ends: no date rather than a guess.
        end = None
    times = parse_integer(groups["times"]) if groups.get("times") else None
    schedule = Schedule(kind=kind, rrule=rrule, times=times, start=start, end=end, printed=printed)
    return schedule, Base(base.year)


def _edge(edge: str | None, spans: dict[str, Span]) -> datetime.date | None:
    if edge is None:
        return None
    name, side = edge.split(".")
    return spans[name].start if side == "start" else spans[name].end


def _rrule(rule: PeriodRule, groups: dict[str, str | None]) -> str | None:
    """Return the rule's recurrence, filled in; None where a number is out of range (每年13月)."""
    if rule.rrule is None:
        return None
    values: dict[str, str] = {}
    for name, limit in (("n", 99), ("day", 31)):
        if groups.get(name):
            number = parse_integer(groups[name] or "")
            if number is None or not 1 <= number <= limit:
                return None
            values[name] = str(number)
    if groups.get("weekday"):
        days = [_WEEKDAYS[day] for day in groups["weekday"] or "" if day in _WEEKDAYS]
        values["weekday"] = ",".join(days)
    if groups.get("months"):
        months = _months(groups["months"] or "")
        if months is None:
            return None
        values["months"] = months
    return rule.rrule.format_map(values)


def _months(printed: str) -> str | None:
    """Return BYMONTH of 3、6、9、12月; None where one is no month."""
    parts = (
        printed.replace("月", "、").translate(dict.fromkeys(map(ord, ",及和與"), "、")).split("、")
    )
    numbers = [parse_integer("1" if part == "元" else part) for part in parts if part]
    if any(number is None or not 1 <= number <= 12 for number in numbers):
        return None
    return ",".join(str(number) for number in sorted({n for n in numbers if n}))


# A longer text is a sentence: no period of a plan has more than 40 characters.
_LONGEST = 60


@dataclass(frozen=True, slots=True, eq=False)
class PeriodGrammar:
    """The rules for periods; ``also``: a user's patterns of whole periods without a value."""

    rules: PeriodRules
    also: re.Pattern[str] | None = None


@lru_cache(maxsize=4096)
def is_period(grammar: PeriodGrammar, text: str) -> bool:
    """Return True if a text is a whole period, or several of them."""
    if len(text) > _LONGEST:
        return False
    if is_whole_period(text, grammar.rules):
        return True
    key, folded = match_key(text), traditional_key(text)
    if grammar.also is not None and grammar.also.fullmatch(key):
        return True
    return folded != key and is_whole_period(folded, grammar.rules)


def load_periods(user: RulesText, mine: Mapping[str, Any]) -> PeriodGrammar:
    """Return the grammar, a user's [periods] and [[period_rule]] first.

    RulesError if one of them is wrong.
    """
    also = mine.get("complete", [])
    where = f"{user.where}: [periods]"
    pattern = any_of(also, [], f"{where} complete") if also else None
    grammar = PeriodGrammar(period_rules_of(user), pattern)
    check_examples(lambda text: is_period(grammar, text), mine, where)
    return grammar
