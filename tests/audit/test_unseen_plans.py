"""Plans nobody has seen: nothing is lost, the audit raises no false alarm, both readings agree."""

from __future__ import annotations

import pytest

from planparse.model.problem import Stage
from planparse.pipeline import parse_plan
from tests.unseen import draw_plan
from tests.unseen.compare import compare

SEEDS = range(4000, 4016)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_glyph_of_an_unseen_plan_is_accounted_for(seed, tmp_path):
    drawn = draw_plan(seed)
    path = tmp_path / "plan.pdf"
    path.write_bytes(drawn.pdf)
    result = parse_plan(path, second_opinion=True)
    assert result.ledger is not None
    assert result.ledger.balanced
    placed, dropped = result.ledger.placed.values(), result.ledger.dropped.values()
    assert sum(placed) + sum(dropped) == result.ledger.glyphs
    found = [one.message for one in result.problems if one.stage is Stage.LEDGER]
    exact = result.plan is not None and not compare(drawn.truth, result.plan)
    assert not (exact and found), found
