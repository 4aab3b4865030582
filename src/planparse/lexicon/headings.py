"""Headings of columns: which role a heading names; see rules/headings.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from planparse.errors import RulesError
from planparse.lexicon.rule_files import any_of, check_examples, package_tables
from planparse.lexicon.text_keys import match_key, traditional_key
from planparse.model.plan import ColumnRole

#: Roles whose texts stand under each other, from the top: one column may hold two of them.
NESTED_ROLES = (ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK, ColumnRole.PRACTICE)
#: Characters. Cells of the first rows may hold whole measures: those are no headings.
LONGEST_HEADING = 40
# A column holds one role, or this many.
_COMBINED = 2


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """A heading pattern and the role of its column.

    ``upper`` is the role of the labels that its cells print above their own text, None for none.
    """

    role: ColumnRole
    pattern: re.Pattern[str]
    upper: ColumnRole | None = None


@dataclass(frozen=True, slots=True)
class Headings:
    """The rules in order, what joins the two parts of a combined heading, and what names no role.

    ``aside``: words in another language and remarks in brackets. ``learned`` are the roles of
    columns, by the keys of their headings, that the cells below them show in this document.
    """

    columns: tuple[HeadingRule, ...]
    joints: re.Pattern[str]
    aside: re.Pattern[str]
    learned: Mapping[str, ColumnRole] = field(default_factory=dict)

    def is_learned(self, text: str) -> bool:
        """Return True if no rule gives the role of a heading, but the cells below it do."""
        return match_key(text) in self.learned


def load_headings(mine: list[dict[str, Any]], where: str) -> Headings:
    """Return the rules, a user's [[column]] entries first; RulesError if one cannot be used."""
    ours = package_tables("headings.toml")
    rules = [_heading_rule(entry, where) for entry in mine]
    for rule, entry in zip(rules, mine, strict=True):
        check_examples(rule.pattern.fullmatch, entry, f"{where}: [[column]] {rule.role.value}")
    rules += [_heading_rule(entry, "headings.toml") for entry in ours["column"]]
    aside = re.compile(ours["aside"]["pattern"])
    return Headings(tuple(rules), re.compile(ours["combined"]["joints"]), aside)


def _heading_rule(entry: Mapping[str, Any], where: str) -> HeadingRule:
    """Return the rule of an entry: a role with a pattern, or with plain words."""
    upper, role = _roles(entry, where)
    patterns = [re.escape(match_key(word)) for word in entry.get("words", [])]
    if "pattern" in entry:
        patterns.append(entry["pattern"])
    if not patterns:
        raise RulesError(f"{where}: [[column]] {role.value} needs words or a pattern")
    return HeadingRule(role, any_of(patterns, [], f"{where}: [[column]] {role.value}"), upper)


def _roles(entry: Mapping[str, Any], where: str) -> tuple[ColumnRole | None, ColumnRole]:
    """Return an entry's role, or its two roles, the upper one first."""
    named: Any = entry.get("role")
    try:
        roles = [ColumnRole(name) for name in (named if isinstance(named, list) else [named])]
    except ValueError as error:
        known = ", ".join(role.value for role in ColumnRole)
        raise RulesError(f"{where}: [[column]] needs a role, one of {known}") from error
    if len(roles) == 1:
        return None, roles[0]
    places = [NESTED_ROLES.index(role) for role in roles if role in NESTED_ROLES]
    if len(roles) != _COMBINED or len(places) != _COMBINED or places[0] >= places[1]:
        nested = ", ".join(role.value for role in NESTED_ROLES)
        raise RulesError(
            f"{where}: [[column]] takes one role, or two of {nested} in this order: the one whose "
            "text stands first in the cells, then the one below it"
        )
    return roles[0], roles[1]


def role_of_heading(headings: Headings, text: str) -> ColumnRole | None:
    """Return the role that a heading names, the lower one of two; None if no rule knows it."""
    return roles_of_heading(headings, text)[1]


def roles_of_heading(headings: Headings, text: str) -> tuple[ColumnRole | None, ColumnRole | None]:
    """Return the upper role that a heading names beside its own (or None), and its own."""
    if headings.is_learned(text):
        return None, headings.learned[match_key(text)]
    upper, role = _roles_of_key(headings, match_key(text))
    if role is None and len(text) <= LONGEST_HEADING:
        key = traditional_key(text)
        upper, role = _roles_of_key(headings, key)
        core = headings.aside.sub("", key)
        if role is None and core != key:
            upper, role = _roles_of_key(headings, core)
    return upper, role


@cache
def _ours() -> Headings:
    return load_headings([], "")


def names_alike(text: str, other: str) -> bool:
    """Return True if two headings name one column, be it in other words: 推動策略 and 執行策略."""
    if text == other:
        return True
    role = role_of_heading(_ours(), text)
    return role not in (None, ColumnRole.EXTRA) and role is role_of_heading(_ours(), other)


def _roles_of_key(headings: Headings, key: str) -> tuple[ColumnRole | None, ColumnRole | None]:
    """Return the roles that a key names as a whole, else by its parts.

    The parts count where a rule takes the whole for one role as well: a user who calls
    執行策略及具體作法 a column of practices must not lose the strategies in it.
    """
    rule = _rule_of(headings, key)
    if rule is not None and rule.upper is not None:
        return rule.upper, rule.role
    parts = [_rule_of(headings, part) for part in headings.joints.split(key.rstrip(")"))]
    named = {part.role for part in parts if part is not None}
    nested = [role for role in NESTED_ROLES if role in named]
    if len(parts) == len(named) == len(nested) == _COMBINED and (
        rule is None or rule.role is nested[1]
    ):
        return nested[0], nested[1]
    return None, None if rule is None else rule.role


def _rule_of(headings: Headings, key: str) -> HeadingRule | None:
    return next((rule for rule in headings.columns if rule.pattern.fullmatch(key)), None)


@cache
def _continued() -> re.Pattern[str]:
    mark = package_tables("headings.toml")["continued"]["pattern"]
    return re.compile(f"^(?:{mark})|(?:{mark})$")


def without_continued(caption: str) -> str:
    """Return a caption without the mark that it is continued: 表 1（續）."""
    return _continued().sub("", caption)


@cache
def _between(name: str) -> re.Pattern[str]:
    return re.compile(package_tables("headings.toml")[name]["pattern"])


def is_turned_over(text: str) -> bool:
    """Return True for a line that only shows that a table goes on over the page: （接下頁）."""
    return _between("turned_over").fullmatch(text) is not None


def is_footnote(text: str) -> bool:
    """Return True if a line begins a footnote: 註：, ※."""
    return _between("footnote").match(text) is not None
