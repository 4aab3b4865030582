"""All rules for typed values: those of the package, and those of a user's file before them."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from planparse.errors import RulesError
from planparse.values.departments import load_department_rules
from planparse.values.examples import broken_examples
from planparse.values.figure_rules import load_figure_rules
from planparse.values.legal_bases import load_legal_basis_rules
from planparse.values.period_rules import load_period_rules
from planparse.values.rule_set import ValueRules

if TYPE_CHECKING:
    from pathlib import Path

#: Tables of a user's rules file that belong to this stage.
USER_TABLES = frozenset(
    {"period_rule", "department_rule", "figure_unit", "not_figure", "issuer_names"}
)


@lru_cache(maxsize=8)
def load_value_rules(path: Path | None = None) -> ValueRules:
    """Load the rules; those of a user's file stand before the package's.

    RulesError if the file cannot be used or a rule of it breaks its own examples.
    """
    user = _user_tables(path)
    try:
        rules = ValueRules(
            load_period_rules(user.get("period_rule", [])),
            load_figure_rules(user.get("figure_unit", []), user.get("not_figure", [])),
            load_legal_basis_rules(user.get("issuer_names", {})),
            load_department_rules(user.get("department_rule", [])),
        )
        broken = broken_examples(rules) if user else []
    except (ValidationError, re.error, TypeError, KeyError) as error:
        raise RulesError(f"{path}: a rule cannot be used: {error}") from error
    if broken:
        raise RulesError(f"{path}: a rule breaks its examples: {broken[0]}")
    return rules


def _user_tables(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path}: cannot be read as TOML: {error}") from error
    return {name: table for name, table in found.items() if name in USER_TABLES}
