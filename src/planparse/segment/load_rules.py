"""Load the rules of the segmenter: those that come with planparse, and a file of the user's."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from planparse.datamodel.plan import ColumnRole
from planparse.errors import RulesError
from planparse.segment.match_key import match_key


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A heading pattern and the role of its column."""

    role: ColumnRole
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A style of numbers at the start of a line; see numbering.toml."""

    name: str
    rank: int
    values: str
    pattern: re.Pattern[str]


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
    styles: tuple[NumberStyle, ...]
    departments: DepartmentRules
    periods: re.Pattern[str]
    districts: DistrictRules


def read_rule_file(name: str) -> dict[str, Any]:
    """Read one of the rule files that come with planparse."""
    text = (files("planparse.segment") / "rules" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _compiled(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RulesError(f"{where}: pattern {pattern!r} cannot be used: {error}") from error


def _any_of(patterns: list[str], where: str) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns), where)


def _column_rules(entries: list[dict[str, Any]], where: str) -> list[ColumnRule]:
    """Read [[column]] entries: a role with a pattern, or with plain words."""
    rules = []
    for entry in entries:
        try:
            role = ColumnRole(entry["role"])
        except (KeyError, ValueError) as error:
            known = ", ".join(role.value for role in ColumnRole)
            raise RulesError(f"{where}: [[column]] needs a role, one of {known}") from error
        patterns = [re.escape(match_key(word)) for word in entry.get("words", [])]
        if "pattern" in entry:
            patterns.append(entry["pattern"])
        if not patterns:
            raise RulesError(f"{where}: [[column]] {role.value} needs words or a pattern")
        rules.append(ColumnRule(role, _any_of(patterns, where)))
    return rules


def _district_names(*tables: dict[str, list[str]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in tables:
        for canonical, printed in table.items():
            names[match_key(canonical)] = canonical
            names |= {match_key(name): canonical for name in printed}
    return names


_TABLES = {"column", "departments", "periods", "districts"}
# Tables of the same file that belong to the stage of typed values, which checks them.
_OTHERS = {"period_rule", "department_rule", "figure_unit", "not_figure", "issuer_names"}


def _user_rules(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path}: cannot be read as TOML: {error}") from error
    unknown = sorted(set(found) - _TABLES - _OTHERS)
    if unknown:
        known = ", ".join(sorted(_TABLES | _OTHERS))
        raise RulesError(f"{path}: unknown {', '.join(unknown)}; known: {known}")
    return found


def _department_rules(mine: dict[str, Any], where: str) -> DepartmentRules:
    ours = read_rule_file("departments.toml")

    def listed(key: str) -> tuple[str, ...]:
        return tuple(mine.get(key, [])) + tuple(ours[key])

    return DepartmentRules(
        listed("inner"),
        listed("outer"),
        listed("lead_words"),
        listed("co_words"),
        _any_of([*mine.get("known", []), *ours["known"]], where),
    )


def _district_rules(mine: dict[str, Any]) -> DistrictRules:
    ours = read_rule_file("districts.toml")
    return DistrictRules(
        tuple(mine.get("companies", [])) + tuple(ours["companies"]),
        tuple(mine.get("endings", [])) + tuple(ours["endings"]),
        _district_names(ours["names"], mine.get("names", {})),
    )


@lru_cache(maxsize=8)
def load_rules(path: Path | None = None) -> Rules:
    """Load the rules; those of ``path`` come first. RulesError if it cannot be used."""
    user = _user_rules(path)
    where = str(path)
    columns = _column_rules(user.get("column", []), where)
    columns += _column_rules(read_rule_file("columns.toml")["column"], "columns.toml")
    styles = [
        NumberStyle(style["name"], style["rank"], style["values"], re.compile(style["pattern"]))
        for style in read_rule_file("numbering.toml")["style"]
    ]
    periods = list(user.get("periods", {}).get("complete", []))
    periods += read_rule_file("periods.toml")["complete"]
    return Rules(
        tuple(columns),
        tuple(styles),
        _department_rules(user.get("departments", {}), where),
        _any_of(periods, where),
        _district_rules(user.get("districts", {})),
    )
