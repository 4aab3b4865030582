"""All rules for typed values: those of the package, and those of a user's file before them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from planparse.errors import RulesError
from planparse.lexicon.period_grammar import load_period_grammar
from planparse.lexicon.rule_files import KEPT_FILES, RulesText, read_rules_text, user_tables
from planparse.lexicon.user_rules import VALUE_TABLES
from planparse.values.departments import load_department_rules
from planparse.values.examples import broken_examples
from planparse.values.figure_rules import load_figure_rules
from planparse.values.legal_bases import load_legal_basis_rules
from planparse.values.rule_set import ValueRules

if TYPE_CHECKING:
    from pathlib import Path


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
