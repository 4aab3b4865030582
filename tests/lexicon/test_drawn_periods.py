"""Plans drawn with every period that the rules name are read exactly."""

import dataclasses
import random

import pytest

from planparse import parse_plan
from planparse.lexicon.rule_files import package_tables
from tests.unseen import words
from tests.unseen.compare import compare
from tests.unseen.plan import draw_plan

EXAMPLES = [text for rule in package_tables("periods.toml")["rule"] for text in rule["matches"]]
# As many phrases as the plans of one office use.
DRAWN = 13


@pytest.mark.parametrize("seed", range(11, 26))
def test_a_drawn_plan_with_the_periods_of_the_rules_is_read_exactly(seed, tmp_path, monkeypatch):
    phrases = random.Random(seed).sample(EXAMPLES, DRAWN)
    drawn_from = dataclasses.replace(words.WORLD_1, periods=lambda year: phrases)
    monkeypatch.setattr(words, "WORLD_1", drawn_from)
    drawn = draw_plan(seed)
    path = tmp_path / "drawn.pdf"
    path.write_bytes(drawn.pdf)
    result = parse_plan(path)
    assert compare(drawn.truth, result.plan) == []
    assert result.plan is not None
    # Two phrases below each other (112年第3季 over 6月30日辦理) may be read by no rule together.
    alone = [m for m in result.plan.measures if m.period in EXAMPLES]
    assert [m.period for m in alone if "period_unknown" in m.problem_codes] == []
    assert [m.period for m in alone if not m.schedule] == []
