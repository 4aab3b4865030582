"""The door of the stage: a plan with typed values beside what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planparse.lexicon.calendar import find_roc_date
from planparse.lexicon.departments import classify_department
from planparse.lexicon.figures import find_figures
from planparse.lexicon.legal_bases import LegalReading, read_legal_bases
from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.marks import is_mark, times_of_headings
from planparse.lexicon.periods import PeriodReading, read_period
from planparse.model.geometry import Box
from planparse.model.plan import ColumnRole
from planparse.model.problem import Problem, ProblemCode, Severity, Stage

if TYPE_CHECKING:
    import datetime

    from planparse.lexicon.load_rules import Rules
    from planparse.model.plan import Department, Figure, LegalBasis, Measure, Plan


def add_values(plan: Plan, rules: Rules | None = None) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the plan with schedules, figures, legal bases, kinds of departments and its date.

    What a rule does not know stays null or empty and is a Problem; what is printed never changes.
    """
    rules = rules or load_rules()
    problems: list[Problem] = []
    periods = {
        printed: read_period(printed, plan.roc_year, rules.periods.rules)
        for printed in {measure.period for measure in plan.measures if measure.period}
    }
    times = _times(plan, rules)
    departments = {
        each: _department(each, rules)
        for each in {each for measure in plan.measures for each in measure.departments}
    }
    measures = tuple(
        _measure(
            measure, _reading(plan, measure, periods, times, rules), departments, rules, problems
        )
        for measure in plan.measures
    )
    bases, about_bases = _legal_bases(plan, rules)
    issued_date, about_date = _issued_date(plan)
    update = {"measures": measures, "legal_bases": bases, "issued_date": issued_date}
    return plan.model_copy(update=update), (*about_date, *about_bases, *problems)


def _measure(
    measure: Measure,
    reading: PeriodReading,
    known: dict[Department, Department],
    rules: Rules,
    problems: list[Problem],
) -> Measure:
    """Return the measure with its values; its problems go to the list."""
    departments = tuple(known[each] for each in measure.departments)
    found = [*_period_problems(measure, reading), *_department_problems(measure, departments)]
    problems.extend(found)
    return measure.model_copy(
        update={
            "schedule": tuple(reading.schedules),
            "figures": _figures(measure, rules),
            "departments": departments,
            "problem_codes": tuple(
                sorted({*measure.problem_codes, *(str(problem.code) for problem in found)})
            ),
        }
    )


def _times(plan: Plan, rules: Rules) -> dict[str, str]:
    """Return by heading the periods that columns name in which marks stand: 第三季, 7月."""
    headings = [one.printed for one in plan.columns if one.role is ColumnRole.EXTRA]
    times = zip(headings, times_of_headings(headings, rules.periods), strict=True)
    marks = {
        extra.text for measure in plan.measures for extra in measure.extras if is_mark(extra.text)
    }
    # △ may be planned and ▲ done: what several marks mean is not certain.
    one = len({text[0] for text in marks}) == 1
    return {heading: time for heading, time in times if time is not None and one}


def _reading(
    plan: Plan,
    measure: Measure,
    periods: dict[str, PeriodReading],
    times: dict[str, str],
    rules: Rules,
) -> PeriodReading:
    """Return what a measure's period means, or the marks below the times of its columns."""
    if measure.period:
        return periods[measure.period]
    found = PeriodReading()
    for extra in measure.extras:
        if extra.column in times and is_mark(extra.text):
            read = read_period(times[extra.column], plan.roc_year, rules.periods.rules)
            found.schedules += [
                one.model_copy(update={"printed": extra.column}) for one in read.schedules[:1]
            ]
    return found


def _figures(measure: Measure, rules: Rules) -> tuple[Figure, ...]:
    found = find_figures(measure.text, rules.figures)
    for at, point in enumerate(measure.points):
        found += find_figures(point.text, rules.figures, at)
    return found


def _department(department: Department, rules: Rules) -> Department:
    """Return a department with its canonical name and its kind, if a rule knows it."""
    known = classify_department(department.name, rules.departments)
    if known is None:
        return department
    return department.model_copy(update={"canonical": known[0], "kind": known[1]})


def _period_problems(measure: Measure, reading: PeriodReading) -> list[Problem]:
    found: list[Problem] = []
    for code, phrases, what in (
        (ProblemCode.PERIOD_UNKNOWN, reading.unknown, "is read by no rule"),
        (ProblemCode.PERIOD_AMBIGUOUS, reading.ambiguous, "names no certain day"),
    ):
        # It may be a problem already, from when it joined the lines of the cell.
        if phrases and str(code) not in measure.problem_codes:
            listed = "、".join(f"「{phrase}」" for phrase in phrases)
            message = (
                f"{listed} of the period 「{measure.period}」 {what}; look at the page, and give"
                " a [[period_rule]] if it is printed so"
            )
            found.append(_problem(measure, "period", code, message))
    return found


def _department_problems(measure: Measure, departments: tuple[Department, ...]) -> list[Problem]:
    code = ProblemCode.DEPARTMENT_UNKNOWN
    if str(code) in measure.problem_codes:
        return []
    return [
        _problem(
            measure,
            "departments",
            code,
            f"「{department.printed}」 is read by no rule as a department; look at the page, and"
            " give a [[department_rule]] if it is printed so",
            at,
        )
        for at, department in enumerate(departments)
        if department.kind is None
    ]


def _problem(
    measure: Measure, field: str, code: ProblemCode, message: str, index: int = 0
) -> Problem:
    """Return a problem of a measure, at the place of the field where that is known."""
    place = next((p for p in measure.where if p.field == field and p.index == index), None)
    return Problem(
        code,
        Severity.WARNING,
        Stage.VALUES,
        message,
        page=place.page if place else measure.page_first,
        box=Box(place.left, place.top, place.right, place.bottom) if place else None,
        measure=measure.seq,
    )


def _legal_bases(plan: Plan, rules: Rules) -> tuple[tuple[LegalBasis, ...], list[Problem]]:
    reading = LegalReading()
    for section in plan.sections:
        if rules.legal_bases.is_section(section.heading):
            found = read_legal_bases(section.paragraphs, rules.legal_bases)
            reading.bases += found.bases
            reading.unknown += found.unknown
    return tuple(reading.bases), [
        Problem(
            ProblemCode.LEGAL_BASIS_UNKNOWN,
            Severity.WARNING,
            Stage.VALUES,
            f"「{printed}」 under 計畫依據 is read by no rule; look at the page",
        )
        for printed in reading.unknown
    ]


def _issued_date(plan: Plan) -> tuple[datetime.date | None, list[Problem]]:
    """Return the date of issue: the segmenter's, or that of the printed line."""
    date = plan.issued_date or (find_roc_date(plan.issued) if plan.issued else None)
    if date is not None or plan.issued is None:
        return date, []
    message = f"「{plan.issued}」 holds no date of the calendar; look at the page"
    return None, [Problem(ProblemCode.DATE_UNKNOWN, Severity.WARNING, Stage.VALUES, message)]
