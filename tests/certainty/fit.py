"""Fit the weights: logistic regression with a penalty, by Newton's method."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from planparse.certainty.confidence import Component, Model
from tests.certainty.gather import Example

MODEL = Path(__file__).parents[2] / "src" / "planparse" / "certainty" / "model.toml"
# Draws weights towards 0 where examples say little.
_PENALTY = 1.0
_STEPS = 60

Vector = npt.NDArray[np.float64]


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> tuple[Vector, Vector]:
    rows = [[1.0, *(one.values.get(name, 0.0) for name in names)] for one in examples]
    return np.array(rows), np.array([float(one.exact) for one in examples])


def _newton(rows: Vector, exact: Vector) -> Vector:
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[0] = 1e-3
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (chance - exact) + penalty * weights
        bend = (rows.T * (chance * (1 - chance))) @ rows + np.diag(penalty)
        step = np.linalg.solve(bend, gradient)
        # Where nearly everything is exact a whole step may overshoot.
        weights = weights - step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-9))
        if np.abs(step).max() < 1e-6:
            break
    return weights


def fit(examples: Sequence[Example], model: Model) -> Model:
    """Return the model with weights fitted to examples; only what speaks against a row counts.

    A component whose weight comes out above 0 would vouch for a row: it is left out, and the others
    are fitted again.
    """
    names = [component.name for component in model.components]
    while True:
        rows, exact = _matrix(examples, names)
        weights = _newton(rows, exact)
        vouching = [name for name, weight in zip(names, weights[1:], strict=True) if weight > 0]
        if not vouching:
            break
        names = [name for name in names if name not in vouching]
    fitted = dict(zip(names, weights[1:], strict=True))
    return Model(
        round(float(weights[0]), 3),
        tuple(
            Component(one.name, one.words, round(float(fitted.get(one.name, 0.0)), 3) + 0.0)
            for one in model.components
        ),
    )


def write_model(model: Model, path: Path = MODEL) -> None:
    """Write intercept and weights into the model's file; all else of it stays."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^intercept = .*$", f"intercept = {model.intercept}", text)
    for one in model.components:
        entry = rf'(?ms)(^name = "{one.name}"$.*?^weight = )[-0-9.]+$'
        text, count = re.subn(entry, rf"\g<1>{one.weight}", text, count=1)
        if count != 1:
            raise ValueError(f"{path} has no component {one.name}")
    path.write_text(text, encoding="utf-8")
