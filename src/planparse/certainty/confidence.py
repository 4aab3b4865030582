"""The confidence of a measure: its evidence, weighed by the fitted model."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from planparse.audit.rows_in_place import Standing
from planparse.certainty.evidence import components_of
from planparse.model.plan import Plan
from planparse.model.problem import Problem
from planparse.model.table import Layout

# What two extractors read differently is as likely wrong as right.
_DISPUTED = 0.5


def add_confidence(
    plan: Plan,
    standings: Sequence[Standing],
    layout: Layout,
    problems: Iterable[Problem],
    model: Model | None = None,
) -> Plan:
    """Give every measure its confidence; ``problems`` are all that were found about the plan."""
    model = model or load_model()
    components = components_of(plan, standings, layout, problems)
    measures = tuple(
        measure.model_copy(update={"confidence": model.probability(components[measure.seq])})
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


def doubt_measures(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Lower the confidence of measures that a second opinion reads differently."""
    disputed = {problem.measure for problem in problems} - {None}
    measures = tuple(
        measure.model_copy(update={"confidence": min(measure.confidence, _DISPUTED)})
        if measure.seq in disputed and measure.confidence is not None
        else measure
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


# No record is certain, and none is hopeless.
_LEAST, _MOST = 0.001, 0.999


@dataclass(frozen=True, slots=True)
class Component:
    """A component: what it measures, in words, and its weight in the sum."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """``intercept`` is the sum for a measure against which nothing speaks."""

    intercept: float
    components: tuple[Component, ...]

    def probability(self, values: Mapping[str, float]) -> float:
        """Give the probability that every field is exact; components not given count as 0."""
        total = self.intercept + sum(
            [component.weight * values.get(component.name, 0.0) for component in self.components]
        )
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
        return round(max(_LEAST, min(_MOST, chance)), 3)


def model_text() -> str:
    """Give the model's file as it comes with planparse."""
    return (files("planparse.certainty") / "model.toml").read_text(encoding="utf-8")


@cache
def load_model() -> Model:
    """Load the model that comes with planparse."""
    found = tomllib.loads(model_text())
    return Model(
        found["intercept"],
        tuple(Component(one["name"], one["words"], one["weight"]) for one in found["component"]),
    )
