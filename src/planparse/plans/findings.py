"""Problems that the segmenter finds, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planparse.lexicon.periods import is_period
from planparse.lexicon.stage_rules import Rules
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.table import doubtful_joins, join_lines
from planparse.plans.builders import MeasureBuilder
from planparse.plans.column_roles import Heading
from planparse.plans.departments import is_known
from planparse.plans.periods import doubtful_breaks

_PLAN_MESSAGES = {
    ProblemCode.NO_PLAN_TABLE: (
        "no plan table was found: no heading row names a practice column (具體作法 …) and another "
        "one that is known; add its headings by --rules"
    ),
    ProblemCode.LABEL_MISSING: (
        "no column, row or number shows an aspect; one that is printed elsewhere was not read"
    ),
    ProblemCode.DISTRICT_UNKNOWN: "no known district is named; add the office to the rules",
    ProblemCode.YEAR_UNKNOWN: "the title names no year; see the plan's first page",
}


# A task with departments and no text is a way of writing, not a fault.
_SEVERITIES = {ProblemCode.CELL_WITHOUT_TEXT: Severity.NOTE}
# About the plan as a whole: without rows there is nothing to publish; some plans have no aspects.
_PLAN_SEVERITIES = {
    ProblemCode.NO_PLAN_TABLE: Severity.REFUSED,
    ProblemCode.LABEL_MISSING: Severity.NOTE,
}


def plan_problem(code: ProblemCode, found: str | None = None) -> Problem:
    """Make a problem of the plan as a whole; ``found`` is what the page prints."""
    severity = _PLAN_SEVERITIES.get(code, Severity.WARNING)
    message = _PLAN_MESSAGES[code]
    if found is not None:
        message = f"{message}: 「{found}」"
    return Problem(code, severity, Stage.SEGMENT, message)


def heading_problems(headings: Sequence[Heading]) -> list[Problem]:
    """Name the headings that no rule knows; their columns are kept as extras."""
    return [
        Problem(
            ProblemCode.HEADING_UNKNOWN,
            Severity.WARNING,
            Stage.SEGMENT,
            f"no rule knows the heading 「{heading.printed}」; its column is kept in extras",
            page=heading.lines[0].page,
            box=heading.lines[0].box,
        )
        for heading in headings
        if not heading.known
    ]


def _doubled(builder: MeasureBuilder) -> Iterator[tuple[ProblemCode, str]]:
    """Yield what stands twice beside a measure: a neighbour's, or printed again on a new page."""
    names = [(department.role, department.name) for department in builder.departments]
    if len(set(names)) < len(names):
        message = "a department stands twice; check the departments on the page"
        yield ProblemCode.DEPARTMENT_AMBIGUOUS, message
    periods = [line.glyphs for line in builder.periods]
    if len(set(periods)) < len(periods):
        yield ProblemCode.PERIOD_AMBIGUOUS, "a period stands twice; check it on the page"


def _period_findings(rules: Rules, builder: MeasureBuilder) -> Iterator[tuple[ProblemCode, str]]:
    """Yield what is doubtful about a period."""
    printed = join_lines(builder.periods)
    if printed and not is_period(rules.periods, printed):
        yield ProblemCode.PERIOD_UNKNOWN, f"no rule reads all of the period 「{printed}」"
    for at, line in enumerate(builder.periods):
        rest = join_lines([*builder.periods[:at], *builder.periods[at + 1 :]])
        # 依總處 over 通知辦理 needs its first line; 隨時辦理 over 業務組 not its second.
        if is_known(rules.departments, line.text) and is_period(rules.periods, rest):
            message = f"「{line.text}」 in the column of periods looks like a department"
            yield ProblemCode.PERIOD_UNKNOWN, message
    for before, after in doubtful_breaks(rules.periods, builder.periods):
        message = f"「{before}」 and 「{after}」 may be one period or two; check it on the page"
        yield ProblemCode.PERIOD_AMBIGUOUS, message


def _cut_words(builder: MeasureBuilder) -> Iterator[tuple[ProblemCode, str]]:
    """Yield the places where a full line may have cut a word or a number."""
    titled = [one.lines for one in builder.labels.values() if one is not None]
    points = [point.lines for point in builder.points]
    departments = [department.lines for department in builder.departments]
    for lines in (
        *titled,
        builder.lines,
        *points,
        builder.periods,
        *departments,
        *builder.extras.values(),
    ):
        for before, after in doubtful_joins(lines):
            message = (
                f"「{before}」 fills its line and 「{after}」 follows: a word or number may be cut "
                "there, or two may meet; compare with the page"
            )
            yield ProblemCode.LINE_BREAK_AMBIGUOUS, message


def measure_problems(rules: Rules, seq: int, builder: MeasureBuilder) -> list[Problem]:
    """List the problems of one measure; their codes are added to the builder."""
    for department in builder.departments:
        if not department.known:
            message = f"no rule knows the department 「{department.name}」"
            builder.doubt(ProblemCode.DEPARTMENT_UNKNOWN, message)
    builder.problems += [
        *_period_findings(rules, builder),
        *_doubled(builder),
        *_cut_words(builder),
    ]
    builder.problems = list(dict.fromkeys(builder.problems))
    line = builder.anchor_lines()[0]
    return [
        Problem(
            code,
            _SEVERITIES.get(code, Severity.WARNING),
            Stage.SEGMENT,
            message,
            page=line.page,
            box=line.box,
            measure=seq,
        )
        for code, message in builder.problems
    ]
