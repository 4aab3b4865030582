from datetime import date

import pytest

from planparse.model.plan import Department, DepartmentRole, FieldPlace, Plan
from planparse.model.problem import ProblemCode, Severity, Stage
from planparse.plans.add_values import add_values
from tests.lexicon.expected_plans import NAMES, expected_plan


def _changed(plan: Plan, **update: object) -> Plan:
    first = plan.measures[0].model_copy(update=update)
    return plan.model_copy(update={"measures": (first, *plan.measures[1:])})


@pytest.mark.parametrize("name", NAMES)
def test_known_plans_have_no_problem_and_no_printed_value_changes(name):
    before = expected_plan(name)
    after, problems = add_values(before)
    assert problems == ()
    added = {"schedule", "figures"}
    for old, new in zip(before.measures, after.measures, strict=True):
        departments = tuple(
            department.model_copy(update={"canonical": None, "kind": None})
            for department in new.departments
        )
        same = new.model_copy(update={"departments": departments, "schedule": (), "figures": ()})
        assert same == old
        assert bool(new.schedule) == bool(old.period)
        assert all(department.kind for department in new.departments)
    assert added <= set(type(after.measures[0]).model_fields)
    assert Plan.model_validate(after.model_dump()) == after


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("pingtung-107", date(2018, 3, 29)),
        ("taipei-112", date(2023, 3, 2)),
        ("xinying-111", date(2022, 2, 22)),
        ("fengshan-112", None),
        ("hualien-114", None),
    ],
)
def test_the_date_of_issue(name, day):
    assert add_values(expected_plan(name))[0].issued_date == day


def test_a_date_that_is_none_is_a_problem():
    plan = expected_plan("taipei-112").model_copy(update={"issued": "112年2月30日訂定"})
    plan, problems = add_values(plan)
    assert plan.issued_date is None
    assert [problem.code for problem in problems] == [ProblemCode.DATE_UNKNOWN]


def test_an_unknown_period_is_a_problem_at_its_place():
    where = FieldPlace(field="period", index=0, page=3, left=1, top=2, right=3, bottom=4)
    plan = _changed(expected_plan("taipei-112"), period="每學期", where=(where,))
    plan, problems = add_values(plan)
    (problem,) = problems
    assert (problem.code, problem.stage) == (ProblemCode.PERIOD_UNKNOWN, Stage.VALUES)
    assert problem.severity is Severity.WARNING
    assert problem.measure == 1
    assert problem.page == 3
    assert problem.box is not None
    assert problem.box.right == 3
    assert "每學期" in problem.message
    assert plan.measures[0].schedule == ()
    assert plan.measures[0].problem_codes == ("period_unknown",)


def test_what_the_segmenter_said_already_is_not_said_twice():
    plan = _changed(expected_plan("taipei-112"), period="每學期", problem_codes=("period_unknown",))
    assert add_values(plan)[1] == ()


def test_an_ambiguous_deadline_is_a_problem():
    plan, problems = add_values(_changed(expected_plan("taipei-112"), period="6月前"))
    assert [problem.code for problem in problems] == [ProblemCode.PERIOD_AMBIGUOUS]
    assert plan.measures[0].schedule[0].end is None


def test_an_unknown_department_is_a_problem():
    odd = Department(name="某某", role=DepartmentRole.LEAD, printed="某某")
    plan, problems = add_values(_changed(expected_plan("taipei-112"), departments=(odd,)))
    assert [problem.code for problem in problems] == [ProblemCode.DEPARTMENT_UNKNOWN]
    assert plan.measures[0].departments == (odd,)


def test_figures_of_points_name_their_point():
    plan, _ = add_values(expected_plan("fengshan-112"))
    measure = plan.measures[35]
    assert {figure.point for figure in measure.figures} == {1}
    for figure in measure.figures:
        assert measure.points[1].text[figure.at :].startswith(figure.printed)
