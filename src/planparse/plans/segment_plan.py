"""The door of the stage: a layout becomes a plan, with problems and the provenance of fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.lexicon.calendar import find_roc_date
from planparse.lexicon.load_rules import Rules
from planparse.model.page import SourceDocument
from planparse.model.plan import Column, Measure, Plan
from planparse.model.problem import Problem, ProblemCode
from planparse.model.provenance import Claim
from planparse.model.table import Cell, Layout, Table, TextLine
from planparse.plans.body import Body, BodyReader
from planparse.plans.column_roles import Columns, Heading, columns_like, find_columns
from planparse.plans.departments import doubt_joined_names
from planparse.plans.findings import (
    heading_problems,
    label_problems,
    long_heading_problems,
    lost_line_problems,
    measure_problems,
    plan_problem,
)
from planparse.plans.front_matter import PlanName, read_front_matter, read_plan_name
from planparse.plans.merged_headings import pare_headings
from planparse.plans.missing_labels import doubt_missing_labels, has_no_aspect
from planparse.plans.records import RecordMaker
from planparse.plans.sections import SectionBuilder, SectionReader, contents_lines, text_frame

_ROC_OFFSET = 1911


@dataclass(frozen=True, slots=True)
class Segmented:
    """A plan (None where the document has none), its problems and the provenance of its fields."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    provenance: tuple[Claim, ...]


@dataclass(slots=True)
class _Reading:
    """What is read of the blocks of a layout so far."""

    sections: SectionReader
    contents: list[TextLine]
    columns: Columns | None = None
    last_table: Table | None = None
    last_columns: Columns | None = None
    bodies: list[Body] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _cell_lines(cells: Sequence[Cell]) -> list[TextLine]:
    return [line for cell in cells for line in cell.lines]


def _take_table(reading: _Reading, rules: Rules, table: Table) -> None:
    """Read a table: a plan's, one that goes on without headings, or another (its rows as text)."""
    table, labels = pare_headings(rules, table)
    reading.problems += label_problems(labels)
    columns = find_columns(rules, table)
    if columns is None and reading.last_columns is not None and reading.last_table is not None:
        columns = columns_like(reading.last_columns, reading.last_table, table)
    if columns is None:
        for row in range(table.row_count):
            lines = _cell_lines([cell for cell in table.cells if cell.row == row])
            if lines:
                reading.sections.paragraph(lines)
        return
    for line in _cell_lines(columns.above):
        reading.sections.line(line)
    if reading.columns is not None and columns.headings and columns.first_row >= table.row_count:
        # A spreadsheet repeats the headings on the pages after its table too.
        reading.headings += columns.headings
        return
    reading.sections.table()
    body = BodyReader(rules, table, columns).read()
    reading.bodies.append(body)
    reading.headings += columns.headings
    reading.columns = reading.columns or columns
    reading.last_table, reading.last_columns = table, columns
    if body.remarks:
        reading.sections.paragraph(body.remarks)
    reading.sections.table()


def _read(layout: Layout, rules: Rules) -> _Reading:
    lines = [block for block in layout.blocks if isinstance(block, TextLine)]
    contents = contents_lines(lines)
    text = [line for line in lines if line not in contents]
    reading = _Reading(SectionReader(rules, text_frame(rules, text)), contents)
    for block in layout.blocks:
        if isinstance(block, TextLine):
            if block not in contents:
                reading.sections.line(block)
        else:
            _take_table(reading, rules, block)
    return reading


def segment_plan(document: SourceDocument, layout: Layout, rules: Rules, version: str) -> Segmented:
    """Return the plan that a layout prints; ``version`` is planparse's own."""
    reading = _read(layout, rules)
    if reading.columns is None:
        return Segmented(None, (plan_problem(ProblemCode.NO_PLAN_TABLE),), ())
    shared = {glyph for body in reading.bodies for glyph in body.shared}
    maker = RecordMaker(shared)
    builders = [builder for body in reading.bodies for builder in body.builders]
    problems = [*heading_problems(reading.headings)]
    problems += [*reading.problems, *long_heading_problems(reading.headings)]
    doubt_missing_labels(reading.bodies)
    doubt_joined_names(rules.departments, builders)
    if has_no_aspect(reading.bodies):
        problems.append(plan_problem(ProblemCode.LABEL_MISSING))
    measures: list[Measure] = []
    for seq, builder in enumerate(builders, 1):
        problems += measure_problems(rules, seq, builder)
        measures.append(maker.measure(seq, builder))
    for heading in reading.headings:
        maker.plan_field("heading", heading.lines)
    plan = _plan(document, rules, version, reading, maker, tuple(measures), problems)
    lost = [line for body in reading.bodies for line in body.lost]
    problems += lost_line_problems(lost)
    maker.plan_field("outside", lost)
    return Segmented(plan, tuple(problems), tuple(maker.provenance))


def _columns(headings: Sequence[Heading]) -> tuple[Column, ...]:
    """Return the columns once each: a second table repeats them; a heading may name two roles."""
    named = [
        (role, heading.printed)
        for heading in headings
        for role in (heading.upper, heading.role)
        if role is not None
    ]
    return tuple(Column(role=role, printed=printed) for role, printed in dict.fromkeys(named))


def _name_problems(name: PlanName) -> list[Problem]:
    problems = []
    if name.district is None:
        problems.append(plan_problem(ProblemCode.DISTRICT_UNKNOWN, name.office))
    if name.roc_year is None:
        problems.append(plan_problem(ProblemCode.YEAR_UNKNOWN))
    return problems


def _plan(
    document: SourceDocument,
    rules: Rules,
    version: str,
    reading: _Reading,
    maker: RecordMaker,
    measures: tuple[Measure, ...],
    problems: list[Problem],
) -> Plan:
    front = read_front_matter(reading.sections.preface)
    name = read_plan_name(rules.districts, front)
    problems += _name_problems(name)
    issued = "".join(line.text for line in front.issued) or None
    where = maker.plan_field("title", front.title) + maker.plan_field("issued", front.issued)
    sections = reading.sections.sections
    others = [*front.others, *reading.contents]
    if others:
        sections = [SectionBuilder(None, "", [], [[line] for line in others]), *sections]
    return Plan(
        plan_id=document.sha256[:16],
        source_file=document.name,
        sha256=document.sha256,
        title=name.title,
        district=name.district,
        district_printed=name.office,
        roc_year=name.roc_year,
        year=None if name.roc_year is None else name.roc_year + _ROC_OFFSET,
        issued=issued,
        issued_date=None if issued is None else find_roc_date(issued),
        columns=_columns(reading.headings),
        page_count=len(document.pages),
        extractor=document.extractor,
        planparse_version=version,
        sections=tuple(maker.section(at, builder) for at, builder in enumerate(sections, 1)),
        measures=measures,
        where=tuple(where),
    )
