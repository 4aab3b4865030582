"""Problems that are found while a plan is put together, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planparse.lexicon.departments import is_known
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.periods import is_period
from planparse.model.plan import ColumnRole
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.table import Cell, TextLine, doubtful_joins, join_lines
from planparse.plans.builders import MeasureBuilder
from planparse.plans.column_roles import Heading
from planparse.plans.periods import doubtful_breaks

_PLAN_MESSAGES = {
    ProblemCode.NO_PLAN_TABLE: (
        "no plan table was found: no heading or cells show practices (具體作法 …) and another "
        "column; add its headings by --rules"
    ),
    ProblemCode.BORDERS_UNCLEAR: (
        "the heading row of a plan stands on a page, but no rulings, shading or free space part "
        "its columns and rows with certainty; get a version of the file whose table has rulings"
    ),
    ProblemCode.LABEL_MISSING: (
        "no column, row or number shows an aspect; one that is printed elsewhere was not read"
    ),
    ProblemCode.NUMBERING_GAP: (
        "the first measure does not begin its count: rows of the pages before it may be missing"
    ),
    ProblemCode.DISTRICT_UNKNOWN: "no known district is named; add the office to the rules",
    ProblemCode.YEAR_UNKNOWN: "the title names no year; see the plan's first page",
}


# Beyond so many glyphs a heading holds text of the body. The longest of the known plans, with its
# sub-headings and counters, has 12; headings in two languages have up to 40.
_MOST_GLYPHS = 60
# What nearly every plan has columns of.
_USUAL = {
    ColumnRole.ASPECT,
    ColumnRole.STRATEGY,
    ColumnRole.DEPARTMENT,
    ColumnRole.PERIOD,
}
# A task with departments and no text is a way of writing, not a fault.
_SEVERITIES = {ProblemCode.CELL_WITHOUT_TEXT: Severity.NOTE}
# About the plan as a whole: without rows there is nothing to publish; some plans have no aspects.
_PLAN_SEVERITIES = {
    ProblemCode.NO_PLAN_TABLE: Severity.REFUSED,
    ProblemCode.BORDERS_UNCLEAR: Severity.REFUSED,
    ProblemCode.LABEL_MISSING: Severity.NOTE,
}


def plan_problem(code: ProblemCode, found: str | None = None, page: int | None = None) -> Problem:
    """Return a problem of the plan as a whole; ``found`` is what the page prints."""
    severity = _PLAN_SEVERITIES.get(code, Severity.WARNING)
    message = _PLAN_MESSAGES[code]
    if found is not None:
        message = f"{message}: 「{found}」"
    return Problem(code, severity, Stage.SEGMENT, message, page=page)


def _problem_at(line: TextLine, code: ProblemCode, message: str) -> Problem:
    """Return a warning about what stands on a line."""
    return Problem(code, Severity.WARNING, Stage.SEGMENT, message, page=line.page, box=line.box)


def heading_problems(headings: Sequence[Heading]) -> Iterator[Problem]:
    """Yield the headings that no rule knows: their cells give a role, or are kept as extras.

    An extra is a note where the plan has columns of everything else: it can be none of those.
    """
    whole = {heading.role for heading in headings} >= _USUAL
    for heading in headings:
        if heading.known:
            continue
        extra = heading.role is ColumnRole.EXTRA
        kept = "is kept in extras" if extra else f"is read as {heading.role} by its cells"
        message = f"no rule knows the heading 「{heading.printed}」; its column {kept}"
        problem = _problem_at(heading.lines[0], ProblemCode.HEADING_UNKNOWN, message)
        note = whole if extra else heading.certain
        yield replace(problem, severity=Severity.NOTE) if note else problem


def long_heading_problems(headings: Sequence[Heading]) -> Iterator[Problem]:
    """Yield the headings that hold so much text that it must be the body's."""
    for heading in headings:
        if sum(len(line.glyphs) for line in heading.lines) > _MOST_GLYPHS:
            # All of it: this message is the only place of the dataset that keeps it.
            text = join_lines(heading.lines)
            message = f"「{text}」 is taken for a heading and is in no record; look at the page"
            yield _problem_at(heading.lines[0], ProblemCode.TEXT_OUTSIDE_CELL, message)


def label_problems(labels: Sequence[Cell]) -> Iterator[Problem]:
    """Yield the columns that have a label beside all rows instead of a heading."""
    for cell in labels:
        message = (
            f"the column of 「{cell.text}」 has no heading: its cell begins beside headings "
            "and goes on beside the rows; its text is kept in extras"
        )
        yield _problem_at(cell.lines[0], ProblemCode.HEADING_UNKNOWN, message)


def lost_line_problems(lines: Sequence[TextLine]) -> Iterator[Problem]:
    """Yield the lines of cells that stand beside no measure."""
    for line in lines:
        # The whole line: this message is the only place of the dataset that keeps it.
        message = f"「{line.text}」 stands beside no measure; look at the page"
        yield _problem_at(line, ProblemCode.TEXT_OUTSIDE_CELL, message)


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
    """Return the problems of one measure; they are added to the builder for its record's codes."""
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
        replace(
            _problem_at(line, code, message),
            severity=_SEVERITIES.get(code, Severity.WARNING),
            measure=seq,
        )
        for code, message in builder.problems
    ]
