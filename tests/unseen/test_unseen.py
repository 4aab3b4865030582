"""Plans nobody has seen are read exactly: random content in random styles gives its truth back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.unseen import Style, draw_plan, styles
from tests.unseen.run import Outcome, read_plan

# Drawn once at random, then kept: a seed is never taken out because it fails.
SEEDS = range(2000, 2040)


def _explained(outcome: Outcome) -> str:
    shown = outcome.crash or "\n".join(str(one) for one in outcome.differences[:8])
    return f"seed {outcome.plan.seed}\n{outcome.plan.style}\n{shown}"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fixed_seed_is_read_exactly(seed: int) -> None:
    outcome = read_plan(draw_plan(seed))
    assert outcome.exact, _explained(outcome)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 999), style=styles())
def test_any_content_in_any_style_is_read_exactly(seed: int, style: Style) -> None:
    outcome = read_plan(draw_plan(seed, style))
    note(_explained(outcome))
    assert outcome.exact


@pytest.mark.parametrize("seed", range(3000, 3010))
def test_a_plan_read_exactly_raises_no_warning(seed: int) -> None:
    outcome = read_plan(draw_plan(seed))
    warned: list[Any] = [one for one in outcome.problems if one.severity != "note"]
    assert not (outcome.exact and warned), warned
