"""Plans laid out by office programs and browsers are read exactly, in every field."""

import json
from pathlib import Path

import pytest

from planparse.model.plan import Plan
from planparse.model.problem import ProblemCode
from planparse.pipeline import parse_plan
from tests.unseen.compare import compare

HERE = Path(__file__).parent
PLANS = sorted(path.stem for path in HERE.glob("*.json"))
# What must not be said of a plan that is read exactly.
FALSE_ALARMS = {
    ProblemCode.PROVENANCE_BROKEN,
    ProblemCode.GLYPHS_UNACCOUNTED,
    ProblemCode.TEXT_OUTSIDE_CELL,
    ProblemCode.DEPARTMENT_UNKNOWN,
    ProblemCode.PERIOD_UNKNOWN,
}


def without_surroundings(plan: Plan, beside: list[str], count: int) -> Plan:
    """Leave out a cover's lines before the sections, and an annex's after the last one."""
    sections = list(plan.sections)
    if "front" in beside:
        assert not sections[0].no
        assert not sections[0].heading
        del sections[0]
    if "tail" in beside:
        last = sections[count - 1]
        assert any("考核結果" in text for text in last.paragraphs)
        sections = [*sections[: count - 1], last.model_copy(update={"paragraphs": ()})]
    return plan.model_copy(update={"sections": tuple(sections)})


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_of_another_producer(name: str) -> None:
    truth = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    result = parse_plan(HERE / f"{name}.pdf")
    assert result.plan is not None
    plan = without_surroundings(result.plan, truth.pop("beside_the_plan"), len(truth["sections"]))
    assert [str(one) for one in compare(truth, plan)] == []
    assert {problem.code for problem in result.problems} & FALSE_ALARMS == set()


@pytest.mark.parametrize(
    "name", ["calc-centred-labels", "chromium-dotted-address", "chromium-separate-cells"]
)
def test_the_second_opinion_agrees(name: str) -> None:
    """What is clipped, and borders painted as dots or with round corners, are read alike."""
    result = parse_plan(HERE / f"{name}.pdf", second_opinion=True)
    said = [p.message for p in result.problems if p.code is ProblemCode.EXTRACTOR_DISAGREEMENT]
    assert said == []
