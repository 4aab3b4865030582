"""All rules in one place: a user's before those of every concept, checked by their examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from planparse.errors import RulesError
from planparse.lexicon.departments import DepartmentRules, classify_department, load_departments
from planparse.lexicon.districts import DistrictRules, load_districts
from planparse.lexicon.figures import FigureRules, find_figures, load_figure_rules
from planparse.lexicon.headings import Headings, load_headings
from planparse.lexicon.legal_bases import LegalBasisRules, load_legal_bases, read_legal_bases
from planparse.lexicon.numbering import Numbering, find_label, numbering_of
from planparse.lexicon.periods import PeriodGrammar, load_periods, read_period
from planparse.lexicon.rule_files import (
    KEPT_FILES,
    MODEL_TABLES,
    RulesText,
    read_rules_text,
    user_tables,
)
from planparse.lexicon.text_keys import fold
from planparse.model.plan import Figure, Schedule


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of every concept, ready to match; all stages have the same ones."""

    headings: Headings
    numbering: Numbering
    departments: DepartmentRules
    periods: PeriodGrammar
    districts: DistrictRules
    figures: FigureRules
    legal_bases: LegalBasisRules


def load_rules(path: Path | None = None) -> Rules:
    """Return the rules; those of the file at ``path`` stand before the package's.

    RulesError if the file cannot be used or a rule of it breaks its own examples. The file is
    read anew at each call; an unchanged one is compiled once.
    """
    return rules_of(read_rules_text(path))


@lru_cache(maxsize=KEPT_FILES)
def rules_of(user: RulesText) -> Rules:
    """Return the rules with those of a user's file before them; RulesError as above."""
    tables, where = user_tables(user), user.where
    headings = load_headings(tables.get("column", []), where)
    numbering = numbering_of(user)
    periods = load_periods(user, tables.get("periods", {}))
    try:
        rules = Rules(
            headings,
            numbering,
            load_departments(
                tables.get("departments", {}), tables.get("department_rule", []), where
            ),
            periods,
            load_districts(tables.get("districts", {})),
            load_figure_rules(tables.get("figure_unit", []), tables.get("not_figure", [])),
            load_legal_bases(tables.get("issuer_names", {}), numbering),
        )
        broken = broken_examples(rules) if MODEL_TABLES & tables.keys() else []
    except (ValidationError, re.error, TypeError, KeyError) as error:
        raise RulesError(f"{where}: a rule cannot be used: {error}") from error
    if broken:
        raise RulesError(f"{where}: a rule breaks its examples: {broken[0]}")
    return rules


#: The plan's year of all examples for periods.
EXAMPLE_YEAR = 112


def schedule_notation(schedule: Schedule) -> str:
    """Return a schedule as examples write it: ``recurring FREQ=YEARLY 2023-01-01.. ×1``."""
    parts = [schedule.kind.value]
    if schedule.rrule:
        parts.append(schedule.rrule)
    if schedule.start or schedule.end:
        parts.append(f"{schedule.start or ''}..{schedule.end or ''}")
    if schedule.times is not None:
        parts.append(f"×{schedule.times}")
    return " ".join(parts)


def figure_notation(figure: Figure) -> str:
    """Return a figure as the examples write it: ``1000 瓩 at_least``."""
    parts = [f"{figure.value.normalize():f}", figure.unit]
    if figure.qualifier:
        parts.append(figure.qualifier.value)
    return " ".join(parts)


def broken_examples(rules: Rules) -> list[str]:
    """Return a line for every example that the rules do not keep; empty if they keep all."""
    checks = (_numbers, _periods, _figures, _not_figures, _legal_bases, _departments)
    return [line for check in checks for line in check(rules)]


def _numbers(rules: Rules) -> Iterator[str]:
    for rule in rules.numbering.rules:
        for printed in (*rule.examples, *rule.rejects):
            label = find_label(rules.numbering, printed)
            found = label is not None and label.style.name == rule.name
            if found != (printed in rule.examples):
                yield f"{rule.name}: {'matches' if found else 'does not match'} {printed}"


def _periods(rules: Rules) -> Iterator[str]:
    periods = rules.periods.rules
    for rule in periods.rules:
        for printed, wanted in rule.matches.items():
            reading = read_period(printed, EXAMPLE_YEAR, periods)
            found = [schedule_notation(schedule) for schedule in reading.schedules]
            if found != [wanted] or reading.rules != [rule.name] or reading.unknown:
                yield f"{rule.name}: {printed} gave {found} by {reading.rules}, not {wanted}"
        for printed in rule.rejects:
            if periods.matches_whole(rule, fold(printed).text):
                yield f"{rule.name}: matches {printed}, which it rejects"


def _figures(rules: Rules) -> Iterator[str]:
    for rule in rules.figures.units:
        for printed, wanted in rule.matches.items():
            found = "; ".join(
                figure_notation(figure) for figure in find_figures(printed, rules.figures)
            )
            if found != wanted:
                yield f"{rule.name}: {printed} gave {found!r}, not {wanted!r}"


def _not_figures(rules: Rules) -> Iterator[str]:
    for rule in rules.figures.not_figures:
        for printed in rule.matches:
            if not re.fullmatch(rule.pattern, fold(printed).text):
                yield f"{rule.name}: does not match {printed}"
        for printed in rule.rejects:
            if re.fullmatch(rule.pattern, fold(printed).text):
                yield f"{rule.name}: matches {printed}, which it rejects"


def _legal_bases(rules: Rules) -> Iterator[str]:
    for example in rules.legal_bases.examples:
        reading = read_legal_bases([example.printed], rules.legal_bases)
        found = [
            basis.model_dump(exclude={"printed"}, exclude_none=True) for basis in reading.bases
        ]
        if found != example.bases or reading.unknown != example.unknown:
            yield f"{example.printed} gave {found}, unknown {reading.unknown}"


def _departments(rules: Rules) -> Iterator[str]:
    for rule in rules.departments.kinds:
        for printed, wanted in rule.matches.items():
            found = classify_department(printed, rules.departments)
            if found != (wanted, rule.kind):
                yield f"{rule.name}: {printed} gave {found}, not {wanted}"
        for printed in rule.rejects:
            if rule.canonical_name(fold(printed).text) is not None:
                yield f"{rule.name}: matches {printed}, which it rejects"
