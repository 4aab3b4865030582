"""The rules for figures: rules/figures.toml, checked and compiled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from planparse.lexicon.rule_files import package_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class FigureUnits(BaseModel):
    """Units of one sort. ``article``: behind a bare 一 they make no figure by themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    article: bool = False
    matches: dict[str, str] = Field(min_length=1)


class NotFigures(BaseModel):
    """What looks like a figure and is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    matches: list[str] = Field(min_length=1)
    rejects: list[str] = Field(min_length=1)


class FigureRules:
    """All rules, ready to match."""

    def __init__(
        self, counting: str, units: list[FigureUnits], not_figures: list[NotFigures]
    ) -> None:
        self.units = units
        self.not_figures = not_figures
        self.counting = re.compile(rf"{counting}$")
        self.none = re.compile("|".join(f"(?:{rule.pattern})" for rule in not_figures))
        self._units = [(rule, re.compile(rule.pattern)) for rule in units]

    def unit_at(self, text: str, at: int) -> tuple[str, FigureUnits] | None:
        """Give the longest unit that stands at the place, and its rule; None if none does."""
        found = [(m[0], rule) for rule, p in self._units if (m := p.match(text, at)) and m[0]]
        return max(found, key=lambda pair: len(pair[0]), default=None)


def load_figure_rules(
    units: Iterable[Mapping[str, Any]] = (), not_figures: Iterable[Mapping[str, Any]] = ()
) -> FigureRules:
    """Load the rules that come with the package, with those given in front of them."""
    data = package_tables("planparse.values", "figures.toml")
    return FigureRules(
        data["words"]["counting"],
        [FigureUnits.model_validate(rule) for rule in [*units, *data["units"]]],
        [NotFigures.model_validate(rule) for rule in [*not_figures, *data["not_figures"]]],
    )
