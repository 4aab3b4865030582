"""Load the rules of the segmenter: those that come with planparse, and a file of the user's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from planparse.errors import RulesError
from planparse.lexicon.match_key import match_key
from planparse.lexicon.numbering import Numbering, load_numbering
from planparse.lexicon.period_rules import load_period_grammar
from planparse.lexicon.periods import PeriodGrammar, is_period
from planparse.lexicon.rule_files import (
    KEPT_FILES,
    RulesText,
    package_tables,
    read_rules_text,
    user_tables,
)
from planparse.model.plan import ColumnRole

#: Roles whose texts stand under each other, from the top: one column may hold two of them.
NESTED_ROLES = (ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK, ColumnRole.PRACTICE)


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A heading pattern and the role of its column.

    ``upper`` is the role of the labels that its cells print above their own text, None for none.
    """

    role: ColumnRole
    pattern: re.Pattern[str]
    upper: ColumnRole | None = None


@dataclass(frozen=True, slots=True)
class DepartmentRules:
    """How department names end and which are known; see departments.toml."""

    inner: tuple[str, ...]
    outer: tuple[str, ...]
    lead_words: tuple[str, ...]
    co_words: tuple[str, ...]
    known: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DistrictRules:
    """Names of offices by canonical district; see districts.toml."""

    companies: tuple[str, ...]
    endings: tuple[str, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of the segmenter."""

    columns: tuple[ColumnRule, ...]
    joints: re.Pattern[str]
    numbering: Numbering
    departments: DepartmentRules
    periods: PeriodGrammar
    districts: DistrictRules


def _any_of(mine: list[str], ours: list[str], where: str) -> re.Pattern[str]:
    """Compile patterns into one; RulesError, beginning with ``where``, if one of ``mine`` fails."""
    for pattern in mine:
        # Each by itself: a bracket left open would swallow the patterns behind it.
        try:
            re.compile(pattern)
        except re.error as error:
            raise RulesError(f"{where}: pattern {pattern!r} cannot be used: {error}") from error
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in [*mine, *ours]))
    except re.error as error:
        raise RulesError(f"{where}: the patterns do not go together: {error}") from error


def _check_examples(matches: Callable[[str], object], table: dict[str, Any], where: str) -> None:
    """RulesError where a user's rule does not do what its own examples say."""
    for text in table.get("examples", []):
        if not matches(match_key(text)):
            raise RulesError(
                f"{where} does not match its example 「{text}」; patterns are compared with "
                f"「{match_key(text)}」"
            )
    for text in table.get("rejects", []):
        if matches(match_key(text)):
            raise RulesError(f"{where} matches 「{text}」, which it should reject")


def _column_rules(entries: list[dict[str, Any]], where: str) -> list[ColumnRule]:
    """Read [[column]] entries: a role with a pattern, or with plain words."""
    rules = []
    for entry in entries:
        upper, role = _roles(entry, where)
        patterns = [re.escape(match_key(word)) for word in entry.get("words", [])]
        if "pattern" in entry:
            patterns.append(entry["pattern"])
        if not patterns:
            raise RulesError(f"{where}: [[column]] {role.value} needs words or a pattern")
        pattern = _any_of(patterns, [], f"{where}: [[column]] {role.value}")
        rules.append(ColumnRule(role, pattern, upper))
    return rules


def _roles(entry: dict[str, Any], where: str) -> tuple[ColumnRole | None, ColumnRole]:
    """Read an entry's role, or its two roles, the upper one first."""
    named: Any = entry.get("role")
    try:
        roles = [ColumnRole(name) for name in (named if isinstance(named, list) else [named])]
    except ValueError as error:
        known = ", ".join(role.value for role in ColumnRole)
        raise RulesError(f"{where}: [[column]] needs a role, one of {known}") from error
    if len(roles) == 1:
        return None, roles[0]
    places = [NESTED_ROLES.index(role) for role in roles if role in NESTED_ROLES]
    if len(roles) != 2 or len(places) != 2 or places[0] >= places[1]:
        nested = ", ".join(role.value for role in NESTED_ROLES)
        raise RulesError(
            f"{where}: [[column]] takes one role, or two of {nested} in this order: the one whose "
            "text stands first in the cells, then the one below it"
        )
    return roles[0], roles[1]


def _user_columns(entries: list[dict[str, Any]], where: str) -> list[ColumnRule]:
    rules = _column_rules(entries, where)
    for rule, entry in zip(rules, entries, strict=True):
        _check_examples(rule.pattern.fullmatch, entry, f"{where}: [[column]] {rule.role.value}")
    return rules


def _district_names(*tables: dict[str, list[str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in tables:
        for canonical, printed in table.items():
            names[match_key(canonical)] = canonical
            names |= {match_key(name): canonical for name in printed}
    return names


def _department_rules(mine: dict[str, Any], where: str) -> DepartmentRules:
    ours = package_tables("department_cells.toml")

    def listed(key: str) -> tuple[str, ...]:
        return tuple(mine.get(key, [])) + tuple(ours[key])

    known = _any_of(mine.get("known", []), ours["known"], f"{where}: [departments] known")
    _check_examples(known.fullmatch, mine, f"{where}: [departments]")
    return DepartmentRules(
        listed("inner"), listed("outer"), listed("lead_words"), listed("co_words"), known
    )


def _district_rules(mine: dict[str, Any]) -> DistrictRules:
    ours = package_tables("districts.toml")
    return DistrictRules(
        tuple(mine.get("companies", [])) + tuple(ours["companies"]),
        tuple(mine.get("endings", [])) + tuple(ours["endings"]),
        _district_names(ours["names"], mine.get("names", {})),
    )


def _period_grammar(user: RulesText, mine: dict[str, Any]) -> PeriodGrammar:
    also = mine.get("complete", [])
    where = f"{user.where}: [periods]"
    pattern = _any_of(also, [], f"{where} complete") if also else None
    grammar = PeriodGrammar(load_period_grammar(user), pattern)
    _check_examples(lambda text: is_period(grammar, text), mine, where)
    return grammar


def load_rules(path: Path | None = None) -> Rules:
    """Load the rules; those of ``path`` come first. RulesError if it cannot be used."""
    return rules_of(read_rules_text(path))


@lru_cache(maxsize=KEPT_FILES)
def rules_of(user: RulesText) -> Rules:
    """Return the rules with those of a user's file before them; RulesError if one is wrong."""
    tables, where = user_tables(user), user.where
    columns = _user_columns(tables.get("column", []), where)
    ours_columns = package_tables("columns.toml")
    columns += _column_rules(ours_columns["column"], "columns.toml")
    return Rules(
        tuple(columns),
        re.compile(ours_columns["combined"]["joints"]),
        load_numbering(),
        _department_rules(tables.get("departments", {}), where),
        _period_grammar(user, tables.get("periods", {})),
        _district_rules(tables.get("districts", {})),
    )
