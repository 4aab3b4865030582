"""All rules for typed values, those of a user's file first, and the check of their examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from planparse.errors import RulesError
from planparse.lexicon.department_names import classify_department, load_department_rules
from planparse.lexicon.figures import find_figures, load_figure_rules
from planparse.lexicon.folding import fold
from planparse.lexicon.legal_bases import load_legal_basis_rules, read_legal_bases
from planparse.lexicon.period_rules import load_period_grammar
from planparse.lexicon.periods import read_period
from planparse.lexicon.rule_files import (
    KEPT_FILES,
    VALUE_TABLES,
    RulesText,
    read_rules_text,
    user_tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planparse.lexicon.department_names import DepartmentRule
    from planparse.lexicon.figures import FigureRules
    from planparse.lexicon.legal_bases import LegalBasisRules
    from planparse.lexicon.period_rules import PeriodRules
    from planparse.model.plan import Figure, Schedule


def load_value_rules(path: Path | None = None) -> ValueRules:
    """Load the rules; those of a user's file stand before the package's.

    RulesError if the file cannot be used or a rule of it breaks its own examples.
    """
    return value_rules_of(read_rules_text(path))


@lru_cache(maxsize=KEPT_FILES)
def value_rules_of(user: RulesText) -> ValueRules:
    """Return the rules with those of a user's file before them; RulesError as above."""
    tables = user_tables(user)
    try:
        rules = ValueRules(
            load_period_grammar(user),
            load_figure_rules(tables.get("figure_unit", []), tables.get("not_figure", [])),
            load_legal_basis_rules(tables.get("issuer_names", {})),
            load_department_rules(tables.get("department_rule", [])),
        )
        broken = broken_examples(rules) if VALUE_TABLES & tables.keys() else []
    except (ValidationError, re.error, TypeError, KeyError) as error:
        raise RulesError(f"{user.where}: a rule cannot be used: {error}") from error
    if broken:
        raise RulesError(f"{user.where}: a rule breaks its examples: {broken[0]}")
    return rules


@dataclass(frozen=True, slots=True)
class ValueRules:
    """The rules of every sort of value."""

    periods: PeriodRules
    figures: FigureRules
    legal_bases: LegalBasisRules
    departments: tuple[DepartmentRule, ...]


#: The plan's year of all examples for periods.
EXAMPLE_YEAR = 112


def schedule_notation(schedule: Schedule) -> str:
    """Write a schedule as the examples do: ``recurring FREQ=YEARLY 2023-01-01..2023-12-31 ×1``."""
    parts = [schedule.kind.value]
    if schedule.rrule:
        parts.append(schedule.rrule)
    if schedule.start or schedule.end:
        parts.append(f"{schedule.start or ''}..{schedule.end or ''}")
    if schedule.times is not None:
        parts.append(f"×{schedule.times}")
    return " ".join(parts)


def figure_notation(figure: Figure) -> str:
    """Write a figure as the examples do: ``1000 瓩 at_least``."""
    parts = [f"{figure.value.normalize():f}", figure.unit]
    if figure.qualifier:
        parts.append(figure.qualifier.value)
    return " ".join(parts)


def broken_examples(rules: ValueRules) -> list[str]:
    """Give a line for every example that the rules do not keep; empty if they keep all."""
    checks = (_periods, _figures, _not_figures, _legal_bases, _departments)
    return [line for check in checks for line in check(rules)]


def _periods(rules: ValueRules) -> Iterator[str]:
    for rule in rules.periods.rules:
        for printed, wanted in rule.matches.items():
            reading = read_period(printed, EXAMPLE_YEAR, rules.periods)
            found = [schedule_notation(schedule) for schedule in reading.schedules]
            if found != [wanted] or reading.rules != [rule.name] or reading.unknown:
                yield f"{rule.name}: {printed} gave {found} by {reading.rules}, not {wanted}"
        for printed in rule.rejects:
            if rules.periods.matches_whole(rule, fold(printed).text):
                yield f"{rule.name}: matches {printed}, which it rejects"


def _figures(rules: ValueRules) -> Iterator[str]:
    for rule in rules.figures.units:
        for printed, wanted in rule.matches.items():
            found = "; ".join(
                figure_notation(figure) for figure in find_figures(printed, rules.figures)
            )
            if found != wanted:
                yield f"{rule.name}: {printed} gave {found!r}, not {wanted!r}"


def _not_figures(rules: ValueRules) -> Iterator[str]:
    for rule in rules.figures.not_figures:
        for printed in rule.matches:
            if not re.fullmatch(rule.pattern, fold(printed).text):
                yield f"{rule.name}: does not match {printed}"
        for printed in rule.rejects:
            if re.fullmatch(rule.pattern, fold(printed).text):
                yield f"{rule.name}: matches {printed}, which it rejects"


def _legal_bases(rules: ValueRules) -> Iterator[str]:
    for example in rules.legal_bases.examples:
        reading = read_legal_bases([example.printed], rules.legal_bases)
        found = [
            basis.model_dump(exclude={"printed"}, exclude_none=True) for basis in reading.bases
        ]
        if found != example.bases or reading.unknown != example.unknown:
            yield f"{example.printed} gave {found}, unknown {reading.unknown}"


def _departments(rules: ValueRules) -> Iterator[str]:
    for rule in rules.departments:
        for printed, wanted in rule.matches.items():
            found = classify_department(printed, rules.departments)
            if found != (wanted, rule.kind):
                yield f"{rule.name}: {printed} gave {found}, not {wanted}"
        for printed in rule.rejects:
            if rule.canonical_name(fold(printed).text) is not None:
                yield f"{rule.name}: matches {printed}, which it rejects"
