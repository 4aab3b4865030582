"""Plans nobody has seen are read exactly: random content in random styles gives its truth back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unseen import Style, draw_plan, styles
from tests.unseen.run import Outcome, explain, read_plan

# Drawn once at random, then kept: a seed is never taken out because it fails.
SEEDS = range(2000, 2040)


def _told(outcome: Outcome) -> str:
    """Say what was read wrongly and which choices of the style that needs."""
    lines = [f"seed {outcome.plan.seed}", outcome.crash or ""]
    lines += [str(one) for one in outcome.differences[:8]]
    for field in sorted(outcome.fields)[:1]:
        lines.append(f"{field} is wrong already with Style(**{explain(outcome, field)})")
    return "\n".join(lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_fixed_seed_is_read_exactly(seed: int) -> None:
    outcome = read_plan(draw_plan(seed))
    assert outcome.exact, _told(outcome)


# Without hypothesis' own shrinking, which takes minutes here: explain() does the same in seconds,
# because it knows that each choice can be put back to the plainest one by itself.
@pytest.mark.slow
@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 999), style=styles())
def test_any_content_in_any_style_is_read_exactly(seed: int, style: Style) -> None:
    outcome = read_plan(draw_plan(seed, style))
    assert outcome.exact, _told(outcome)


@pytest.mark.parametrize("seed", range(3000, 3010))
def test_a_plan_read_exactly_raises_no_warning(seed: int) -> None:
    outcome = read_plan(draw_plan(seed))
    warned: list[Any] = [one for one in outcome.problems if one.severity != "note"]
    assert not (outcome.exact and warned), warned
