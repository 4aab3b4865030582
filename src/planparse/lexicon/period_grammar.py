"""The one grammar of periods, compiled: the package's rules with a user's before them."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import ValidationError

from planparse.errors import RulesError
from planparse.lexicon.period_rules import PeriodRules, load_period_rules
from planparse.lexicon.rule_files import KEPT_FILES, RulesText, user_tables


@lru_cache(maxsize=KEPT_FILES)
def load_period_grammar(user: RulesText) -> PeriodRules:
    """Return the rules for periods; RulesError where a [[period_rule]] cannot be used."""
    try:
        return load_period_rules(user_tables(user).get("period_rule", []))
    except (ValidationError, re.error, TypeError, KeyError) as error:
        raise RulesError(f"{user.where}: a rule cannot be used: {error}") from error
