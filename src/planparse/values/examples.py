"""Run the examples that stand beside the rules: in the tests, and when a user's file is loaded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planparse.lexicon.folding import fold
from planparse.lexicon.periods import read_period
from planparse.values.departments import classify_department
from planparse.values.figures import find_figures
from planparse.values.legal_bases import read_legal_bases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planparse.datamodel.plan import Figure, Schedule
    from planparse.values.rule_set import ValueRules

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
