"""Departments by the table of rules: 業務組 → its canonical name and its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from planparse.lexicon.folding import fold
from planparse.lexicon.rule_files import package_tables
from planparse.model.plan import DepartmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class DepartmentRule(BaseModel):
    """A rule; see the head of the file for what its keys mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: DepartmentKind
    pattern: str
    canonical: str | None = None
    matches: dict[str, str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)

    def canonical_name(self, folded: str) -> str | None:
        """Give the canonical name; None if the rule does not match the whole name."""
        match = re.fullmatch(self.pattern, folded)
        if match is None:
            return None
        groups = match.groupdict()
        if self.canonical is not None:
            return self.canonical.format_map(groups)
        return groups.get("name") or folded


def load_department_rules(more: Iterable[Mapping[str, Any]] = ()) -> tuple[DepartmentRule, ...]:
    """Load the rules that come with the package, with ``more`` in front of them."""
    data = package_tables("department_names.toml")
    return tuple(DepartmentRule.model_validate(rule) for rule in [*more, *data["rule"]])


def classify_department(
    printed: str, rules: tuple[DepartmentRule, ...]
) -> tuple[str, DepartmentKind] | None:
    """Give canonical name and kind of a department; None if no rule knows it."""
    folded = fold(printed).text
    for rule in rules:
        canonical = rule.canonical_name(folded)
        if canonical is not None:
            return canonical, rule.kind
    return None
