"""The rules of every sort of value, loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planparse.lexicon.period_rules import PeriodRules
    from planparse.values.departments import DepartmentRule
    from planparse.values.figure_rules import FigureRules
    from planparse.values.legal_bases import LegalBasisRules


@dataclass(frozen=True, slots=True)
class ValueRules:
    """The rules of every sort of value."""

    periods: PeriodRules
    figures: FigureRules
    legal_bases: LegalBasisRules
    departments: tuple[DepartmentRule, ...]
