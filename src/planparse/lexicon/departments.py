"""Departments: how cells print them, what a name looks like, its canonical name and its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from planparse.lexicon.rule_files import any_of, check_examples, package_tables
from planparse.lexicon.text_keys import fold, match_key, traditional_key
from planparse.model.plan import DepartmentKind

_TABLES = package_tables("departments.toml")
_ROLE_WORD = re.compile(_TABLES["role_word"])
_ROLE_BRACKET = re.compile(_TABLES["role_bracket"])
#: What parts names.
SEPARATORS: frozenset[str] = frozenset(_TABLES["separators"])
#: What may open and close around names.
OPENING: frozenset[str] = frozenset(_TABLES["opening"])
CLOSING: frozenset[str] = frozenset(_TABLES["closing"])
_JOINER = re.compile(_TABLES["joiner"])
_AROUND = "".join(SEPARATORS | OPENING | CLOSING)


class DepartmentRule(BaseModel):
    """A sort of units; see the file for what its keys mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: DepartmentKind
    pattern: str
    canonical: str | None = None
    matches: dict[str, str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)

    def canonical_name(self, folded: str) -> str | None:
        """Return the canonical name; None if the rule does not match the whole name."""
        match = re.fullmatch(self.pattern, folded)
        if match is None:
            return None
        groups = match.groupdict()
        if self.canonical is not None:
            return self.canonical.format_map(groups)
        return groups.get("name") or folded


@dataclass(frozen=True, slots=True)
class DepartmentRules:
    """How department names end, which are known, and the sorts of units in order.

    ``whole`` matches the known names that a joining word stands in: 規劃及工程組.
    """

    inner: tuple[str, ...]
    outer: tuple[str, ...]
    lead_words: tuple[str, ...]
    co_words: tuple[str, ...]
    known: re.Pattern[str]
    whole: re.Pattern[str]
    kinds: tuple[DepartmentRule, ...]


def load_departments(
    mine: Mapping[str, Any], kinds: list[Mapping[str, Any]], where: str
) -> DepartmentRules:
    """Return the rules, those of a user's [departments] and [[department_rule]] first.

    RulesError if a pattern of [departments] cannot be used, ValidationError for a rule.
    """

    def listed(key: str) -> tuple[str, ...]:
        return (*mine.get(key, []), *_TABLES[key])

    named = f"{where}: [departments] known"
    known = any_of(mine.get("known", []), _TABLES["known"], named)
    joined = [name for name in mine.get("known", []) if _JOINER.search(name)]
    check_examples(known.fullmatch, mine, f"{where}: [departments]")
    return DepartmentRules(
        listed("inner"),
        listed("outer"),
        listed("lead_words"),
        listed("co_words"),
        known,
        any_of(joined, [], named),
        tuple(DepartmentRule.model_validate(rule) for rule in [*kinds, *_TABLES["rule"]]),
    )


def is_known(rules: DepartmentRules, name: str) -> bool:
    """Return True if a name looks like a department's."""
    return bool(
        rules.known.fullmatch(match_key(name)) or rules.known.fullmatch(traditional_key(name))
    )


def classify_department(printed: str, rules: DepartmentRules) -> tuple[str, DepartmentKind] | None:
    """Return canonical name and kind of a department; None if no rule knows it."""
    folded = fold(printed).text
    for rule in rules.kinds:
        canonical = rule.canonical_name(folded)
        if canonical is not None:
            return canonical, rule.kind
    return None


def role_word(text: str) -> tuple[str, int]:
    """Return the word before names of their role, and where the names begin: 主辦：.

    An empty word where there is none.
    """
    match = _ROLE_WORD.match(text)
    return (match["word"], match.end()) if match else ("", 0)


def role_bracket(text: str) -> str:
    """Return the role that a bracket holds and nothing else: （主辦）; empty if it holds more."""
    match = _ROLE_BRACKET.fullmatch(text)
    return match["word"] if match else ""


def joiners(text: str) -> list[tuple[int, int]]:
    """Return where words that may join two names start and end: 及, 與, 暨."""
    return [match.span() for match in _JOINER.finditer(text)]


def ends_joining(text: str) -> bool:
    """Return True if a text ends in a word that joins it with another name."""
    return any(stop == len(text) for _, stop in joiners(text))


def without_separators(text: str) -> str:
    """Return a name without the separators, brackets and joining words around it."""
    bare = text.strip(_AROUND)
    ends = [start for start, stop in joiners(bare) if start and stop == len(bare)]
    return without_separators(bare[: ends[0]]) if ends else bare
