"""Confidence: the model, its fit, its page, and the figure on every measure."""

from __future__ import annotations

import random
import shutil
from math import exp
from pathlib import Path

import pytest

from planparse.certainty.confidence import Component, Model, doubt_measures, load_model
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.pipeline import parse_plan
from tests.certainty.fit import MODEL, fit, write_model
from tests.certainty.gather import Example, exact_rows, gather, read_components
from tests.certainty.reliability import (
    PAGE,
    bins_of,
    calibration_error,
    components_table,
    found_by_worst,
    write_part,
)
from tests.unseen import draw_plan

PLAN = min((Path(__file__).parents[2] / "raw_pdfs").glob("*.pdf"), key=lambda p: p.stat().st_size)
SMALL = Model(2.0, (Component("a", "first", -1.0), Component("b", "second", -3.0)))


def test_the_figure_is_the_logistic_of_the_weighted_sum():
    assert SMALL.probability({}) == round(1 / (1 + exp(-2)), 3)
    assert SMALL.probability({"a": 2, "b": 1}) == round(1 / (1 + exp(3)), 3)
    assert SMALL.probability({"unheard of": 9}) == SMALL.probability({})


def test_no_record_is_certain_and_none_is_hopeless():
    assert Model(50.0, ()).probability({}) == 0.999
    assert Model(-50.0, ()).probability({}) == 0.001


def test_nothing_vouches_for_a_row():
    assert all(component.weight <= 0 for component in load_model().components)


def test_every_component_is_measured_and_explained():
    plan, components = read_components(PLAN)
    assert plan is not None
    names = {component.name for component in load_model().components}
    for values in components.values():
        assert set(values) == names
    assert all(component.words for component in load_model().components)


def test_the_page_has_the_components_of_the_model():
    assert components_table(load_model()) in PAGE.read_text(encoding="utf-8")


def test_every_measure_has_a_figure():
    result = parse_plan(PLAN)
    assert result.plan is not None
    assert all(0 < (one.confidence or 0) < 1 for one in result.plan.measures)


def test_what_is_known_to_be_wrong_is_doubted():
    """A number that is skipped, and a plan in which nothing is: the same row otherwise."""
    model = load_model()
    plan, components = read_components(PLAN)
    assert plan is not None
    values = components[3]
    for name in ("audit", "odd_label", "ocr_doubt"):
        assert model.probability({**values, name: 1.0}) <= model.probability(values)


def test_a_disputed_measure_is_doubted():
    plan = parse_plan(PLAN).plan
    assert plan is not None
    code = ProblemCode.EXTRACTOR_DISAGREEMENT
    problem = Problem(code, Severity.WARNING, Stage.LEDGER, "reads it differently", measure=4)
    doubted = doubt_measures(plan, [problem])
    assert doubted.measures[3].confidence == 0.5
    assert doubted.measures[:3] == plan.measures[:3]


def test_the_fit_finds_the_weights_again():
    rng = random.Random(7)
    examples = []
    for at in range(6000):
        values = {"a": rng.random() * 2, "b": float(rng.random() < 0.3), "c": rng.random()}
        chance = 1 / (1 + exp(-(3 - values["a"] - 2 * values["b"])))
        examples.append(Example(at, 1, values, rng.random() < chance))
    blank = Model(0.0, tuple(Component(name, name, 0.0) for name in "abc"))
    found = fit(examples, blank)
    weights = {component.name: component.weight for component in found.components}
    assert found.intercept == pytest.approx(3, abs=0.3)
    assert weights["a"] == pytest.approx(-1, abs=0.2)
    assert weights["b"] == pytest.approx(-2, abs=0.2)
    assert weights["c"] == pytest.approx(0, abs=0.3)


def test_a_component_that_would_vouch_is_left_out():
    rng = random.Random(3)
    examples = [
        Example(at, 1, {"good": value}, rng.random() < 0.5 + value / 2)
        for at in range(2000)
        for value in [float(rng.random() < 0.5)]
    ]
    found = fit(examples, Model(0.0, (Component("good", "…", 0.0),)))
    assert found.components[0].weight == 0
    assert found.intercept > 0


def test_weights_are_written_in_their_place(tmp_path):
    path = tmp_path / "model.toml"
    shutil.copy(MODEL, path)
    model = load_model()
    raised = Model(1.25, tuple(Component(one.name, one.words, -0.5) for one in model.components))
    write_model(raised, path)
    text = path.read_text(encoding="utf-8")
    assert text.count("weight = -0.5\n") == len(model.components)
    assert "intercept = 1.25\n" in text
    write_model(model, path)
    assert path.read_text(encoding="utf-8") == MODEL.read_text(encoding="utf-8")


def test_bins_set_stated_against_observed():
    stated = [0.3, 0.96, 0.96, 0.96, 0.999]
    low, middle, high = bins_of(stated, [False, True, True, False, True])
    assert (low.count, low.observed) == (1, 0.0)
    assert middle.count == 3
    assert middle.observed == pytest.approx(2 / 3)
    assert high.stated == 0.999
    expected = (0.3 + 3 * abs(0.96 - 2 / 3) + 0.001) / 5
    assert calibration_error([low, middle, high]) == pytest.approx(expected)


def test_the_least_confident_tenth_holds_the_wrong_ones():
    examples = [Example(1, at, {}, at != 0) for at in range(10)]
    assert found_by_worst([0.1] + [0.9] * 9, examples, 0.1) == 1
    assert found_by_worst([0.9] * 9 + [0.1], examples, 0.1) == 0


def test_a_part_of_the_page_is_replaced(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- x -->\nold\n<!-- end of x -->\nafter\n")
    write_part("x", "new", path)
    assert path.read_text() == "before\n<!-- x -->\nnew\n<!-- end of x -->\nafter\n"
    with pytest.raises(ValueError, match="no part y"):
        write_part("y", "new", path)


def test_gathering_tells_exact_rows_from_others():
    found = gather(range(2000, 2003))
    assert found.plans == 3
    assert len(found.examples) > 10
    truth = draw_plan(2000).truth
    plan = parse_with(2000)
    exact = exact_rows(truth, plan)
    spoiled = plan.measures[0].model_copy(update={"period": "別的"})
    changed = plan.model_copy(update={"measures": (spoiled, *plan.measures[1:])})
    assert exact_rows(truth, changed) == [False, *exact[1:]]


def parse_with(seed):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.pdf"
        path.write_bytes(draw_plan(seed).pdf)
        plan = parse_plan(path).plan
    assert plan is not None
    return plan
