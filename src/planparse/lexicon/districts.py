"""Offices and the names of plans: whose plan a title names; see rules/districts.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planparse.lexicon.calendar import find_year
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import match_key


@dataclass(frozen=True, slots=True)
class DistrictRules:
    """Names of offices by canonical district; ``names`` by key."""

    companies: tuple[str, ...]
    endings: tuple[str, ...]
    names: Mapping[str, str]
    other_office: re.Pattern[str]


def load_districts(mine: Mapping[str, Any]) -> DistrictRules:
    """Return the rules, with those of a user's [districts] in front of them."""
    ours = package_tables("districts.toml")
    names: dict[str, str] = {}
    for table in (ours["names"], mine.get("names", {})):
        for canonical, printed in table.items():
            names[match_key(canonical)] = canonical
            names |= {match_key(name): canonical for name in printed}
    return DistrictRules(
        (*mine.get("companies", []), *ours["companies"]),
        (*mine.get("endings", []), *ours["endings"]),
        names,
        re.compile(ours["other_office"]),
    )


def names_a_plan(text: str) -> bool:
    """Return True if a text holds the word for a plan, in either spelling: 計畫, 計劃."""
    words: list[str] = package_tables("districts.toml")["plan_words"]
    return any(word in match_key(text) for word in words)


def _without_company(rules: DistrictRules, text: str) -> str:
    for company in rules.companies:
        for spelled in (company, company.replace("台", "臺"), company.replace("臺", "台")):
            text = text.removeprefix(spelled)
    return text


def office_in(rules: DistrictRules, title: str) -> str | None:
    """Return the office as the title prints it, without the company's name; None if it has none."""
    year = find_year(title)
    sides = [title] if year is None else [title[: year[0]], title[year[1] :]]
    sides = [_without_company(rules, side) for side in sides]
    for side in sides:
        for ending in rules.endings:
            at = side.find(ending)
            if at > 0:
                return side[: at + len(ending)].strip()
    office = rules.other_office.match(sides[0])
    return office.group() if office else None


def canonical_district(rules: DistrictRules, office: str) -> str | None:
    """Return the canonical district of an office; None if the table of rules does not know it."""
    key = match_key(office)
    for company in rules.companies:
        key = key.removeprefix(match_key(company))
    if key in rules.names:
        # A user's rules may list an office by its whole name: 東部區營業處.
        return rules.names[key]
    for ending in sorted(rules.endings, key=len, reverse=True):
        if key.endswith(ending):
            key = key.removesuffix(ending)
            break
    return rules.names.get(key)
