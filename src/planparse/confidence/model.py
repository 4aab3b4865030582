"""The model: a logistic function of a weighted sum of the components, weights as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

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
    return (files("planparse.confidence") / "model.toml").read_text(encoding="utf-8")


@cache
def load_model() -> Model:
    """Load the model that comes with planparse."""
    found = tomllib.loads(model_text())
    return Model(
        found["intercept"],
        tuple(Component(one["name"], one["words"], one["weight"]) for one in found["component"]),
    )
