"""The comparison of known plans must see what is wrong."""

import copy
import json
from pathlib import Path

import pytest

from planparse.model.record_differences import compare_records as compare
from tests.edits import edits

PLAN = json.loads(
    (Path(__file__).parent / "known_plans" / "taipei-112.json").read_text(encoding="utf-8")
)


OTHER = {"seq": 99, "points": [{"no": "改", "text": "改"}], "departments": ["改"]}


@pytest.fixture
def plan():
    return copy.deepcopy(PLAN)


def test_same_plan_is_same_whatever_its_white_space(plan):
    plan["measures"][3]["text"] = " ".join(plan["measures"][3]["text"])
    plan["title"] += "\u3000"
    found = compare(PLAN, plan)
    assert found.same
    assert found.equal == len(PLAN["measures"])


def test_missing_row_is_one_missing_row(plan):
    gone = plan["measures"].pop(40)
    found = compare(PLAN, plan)
    assert [row["seq"] for row in found.missing] == [gone["seq"]]
    assert not found.extra
    assert found.equal == len(PLAN["measures"]) - 1
    assert not found.same


def test_extra_row_is_one_extra_row(plan):
    row = {**plan["measures"][0], "text": "別的", "task": "另一項", "aspect": "二", "period": "x"}
    row |= {"strategy": "y", "task_no": "9.", "strategy_no": "z"}
    plan["measures"].insert(10, row)
    found = compare(PLAN, plan)
    assert found.extra == [row]
    assert not found.missing


def test_every_field_counts(plan):
    for name in PLAN["measures"][0]:
        changed = copy.deepcopy(PLAN)
        changed["measures"][5][name] = OTHER.get(name, "改")
        assert not compare(PLAN, changed).same, name
    for name in ("title", "district", "roc_year", "issued", "columns"):
        assert not compare(PLAN, {**plan, name: "改"}).same, name
    plan["sections"][1]["paragraphs"].append("多的")
    assert not compare(PLAN, plan).same


def test_swapped_departments_are_two_differences(plan):
    a, b = plan["measures"][0], plan["measures"][1]
    a["departments"], b["departments"] = b["departments"], a["departments"]
    found = compare(PLAN, plan)
    assert [(one.row, one.field) for one in found.differences] == [
        (1, "departments"),
        (2, "departments"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "count"), [("", "", 0), ("組", "组", 1), ("甲乙丙", "甲丙", 1), ("", "甲乙", 2)]
)
def test_edits(a, b, count):
    assert edits(a, b) == count
