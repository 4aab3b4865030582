"""The confidence of a measure: its evidence, weighed by the fitted model."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from planparse.audit.rows_in_place import PlacedMeasure
from planparse.certainty.evidence import components_of
from planparse.model.plan import Plan
from planparse.model.problem import Problem
from planparse.model.table import Layout

# Probability at most: what two extractors read differently is as likely wrong as right.
_DISPUTED = 0.5


def add_confidence(
    plan: Plan,
    placed: Sequence[PlacedMeasure],
    layout: Layout,
    problems: Iterable[Problem],
) -> Plan:
    """Return the plan with the confidence of every measure; ``problems`` are all of the plan's."""
    model = load_model()
    components = components_of(plan, placed, layout, problems)
    measures = tuple(
        measure.model_copy(update={"confidence": model.probability(components[measure.seq])})
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


def doubt_measures(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Return the plan with low confidence in measures that the cross-check reads differently."""
    disputed = {problem.measure for problem in problems} - {None}
    measures = tuple(
        measure.model_copy(update={"confidence": min(measure.confidence, _DISPUTED)})
        if measure.seq in disputed and measure.confidence is not None
        else measure
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


# Probabilities: no record is certain, and none is hopeless.
_LEAST, _MOST = 0.001, 0.999


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its name, what it measures in words, and its weight in the sum."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model; ``intercept`` is the sum for a measure without any component."""

    intercept: float
    components: tuple[Component, ...]

    def probability(self, values: Mapping[str, float]) -> float:
        """Return the probability that every field is exact; components that lack count as 0."""
        total = self.intercept + sum(
            [component.weight * values.get(component.name, 0.0) for component in self.components]
        )
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
        return round(max(_LEAST, min(_MOST, chance)), 3)


@cache
def load_model() -> Model:
    """Return the model that comes with planparse."""
    text = (files("planparse.certainty") / "model.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return Model(
        found["intercept"],
        tuple(Component(one["name"], one["words"], one["weight"]) for one in found["component"]),
    )
