"""The door of the stage: a layout becomes a plan, with problems and the provenance of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planparse.lexicon.calendar import find_roc_date
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.marks import read_legend
from planparse.model.page import SourceDocument
from planparse.model.plan import Column, DepartmentRole, Measure, Plan
from planparse.model.problem import Problem, ProblemCode
from planparse.model.provenance import Claim
from planparse.model.table import Cell, Layout, Table, TextLine
from planparse.plans.body import Body, BodyReader
from planparse.plans.builders import MeasureBuilder, glyphs_of
from planparse.plans.column_roles import (
    Columns,
    Heading,
    columns_like,
    find_columns,
    learn_headings,
)
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
from planparse.plans.heading_rows import pare_headings
from planparse.plans.label_candidates import PlanTable
from planparse.plans.labels import LabelsInForce
from planparse.plans.missing_labels import doubt_missing_labels, has_no_aspect
from planparse.plans.outer_labels import OuterLabels, find_outer_labels
from planparse.plans.records import RecordMaker
from planparse.plans.sections import (
    SectionBuilder,
    SectionReader,
    contents_lines,
    is_heading,
    text_frame,
)

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
    legend: Mapping[str, DepartmentRole]
    columns: Columns | None = None
    bodies: list[Body] = field(default_factory=list)
    labels: list[LabelsInForce] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _cell_lines(cells: Sequence[Cell]) -> list[TextLine]:
    return [line for cell in cells for line in cell.lines]


def _find_tables(reading: _Reading, rules: Rules, layout: Layout) -> list[PlanTable]:
    """Return the tables, those that go on without headings with the columns of the one before."""
    found: list[PlanTable] = []
    last: PlanTable | None = None
    above: list[TextLine] = []
    for block in layout.blocks:
        if isinstance(block, TextLine):
            above += [] if block in reading.contents else [block]
            continue
        table, labels = pare_headings(rules, block)
        reading.problems += label_problems(labels)
        columns = find_columns(rules, table, reading.legend)
        if columns is None and last is not None and last.columns is not None:
            columns = columns_like(last.columns, last.table, table)
        found.append(PlanTable(table, columns, tuple(above)))
        above = []
        empty = columns is None or (last is not None and columns.first_row >= table.row_count)
        last = last if empty else found[-1]
    return found


def _take_table(reading: _Reading, rules: Rules, one: PlanTable, outer: OuterLabels) -> None:
    """Read a table: a plan's, one that goes on without headings, or another (its rows as text)."""
    table, columns = one.table, one.columns
    if columns is None:
        for row in range(table.row_count):
            lines = _cell_lines([cell for cell in table.cells if cell.row == row])
            if lines:
                reading.sections.paragraph(lines)
        return
    for line in _cell_lines(columns.above):
        if line not in outer.lines:
            reading.sections.line(line)
    if reading.columns is not None and columns.headings and columns.first_row >= table.row_count:
        # A spreadsheet repeats the headings on the pages after its table too.
        reading.headings += columns.headings
        return
    reading.sections.table()
    body = BodyReader(rules, table, columns, outer, _labels(reading, rules, one, outer)).read()
    reading.bodies.append(body)
    reading.headings += columns.headings
    reading.columns = reading.columns or columns
    if body.remarks:
        reading.sections.paragraph(body.remarks)
    reading.sections.table()


def _labels(reading: _Reading, rules: Rules, one: PlanTable, outer: OuterLabels) -> LabelsInForce:
    """Return the labels in force: those of the table before in one section, for like columns."""
    last = reading.bodies[-1].columns if reading.bodies else None
    parted = any(is_heading(rules, line) for line in one.above if line not in outer.lines)
    if parted or last is None or one.columns is None or last.all_roles != one.columns.all_roles:
        reading.labels.append(LabelsInForce(rules))
    return reading.labels[-1]


def _read(layout: Layout, rules: Rules) -> _Reading:
    lines = [block for block in layout.blocks if isinstance(block, TextLine)]
    contents = contents_lines(lines)
    text = [line for line in lines if line not in contents]
    legend = read_legend("\n".join(line.glyphs for line in text))
    frame = text_frame(rules, text)
    reading = _Reading(SectionReader(rules, frame), contents, legend)
    blocks = [block for block in layout.blocks if isinstance(block, Table)]
    rules = learn_headings(rules, blocks, legend)
    tables = _find_tables(reading, rules, layout)
    outer = find_outer_labels(rules, tables, frame.edge)
    labels = [line for one in outer for line in one.lines]
    at = 0
    for block in layout.blocks:
        if isinstance(block, Table):
            _take_table(reading, rules, tables[at], outer[at])
            at += 1
        elif block not in contents and block not in labels:
            reading.sections.line(block)
    return reading


def segment_plan(document: SourceDocument, layout: Layout, rules: Rules, version: str) -> Segmented:
    """Return the plan that a layout prints; ``version`` is planparse's own."""
    reading = _read(layout, rules)
    if reading.columns is None:
        unclear = layout.unclear is not None
        code = ProblemCode.BORDERS_UNCLEAR if unclear else ProblemCode.NO_PLAN_TABLE
        return Segmented(None, (plan_problem(code, page=layout.unclear),), ())
    shared = {glyph for body in reading.bodies for glyph in body.shared}
    for label in (label for labels in reading.labels for label in labels.read):
        shared |= glyphs_of(label.all_lines)
    maker = RecordMaker(shared)
    builders = [builder for body in reading.bodies for builder in body.builders]
    problems = [*heading_problems(reading.headings)]
    problems += [*reading.problems, *long_heading_problems(reading.headings)]
    doubt_missing_labels(reading.bodies)
    doubt_joined_names(rules.departments, builders)
    if builders and any(code is ProblemCode.NUMBERING_GAP for code, _ in builders[0].problems):
        problems.append(plan_problem(ProblemCode.NUMBERING_GAP))
    if has_no_aspect(reading.bodies):
        problems.append(plan_problem(ProblemCode.LABEL_MISSING))
    for heading in reading.headings:
        maker.plan_field("heading", heading.lines)
    measures: list[Measure] = []
    for seq, builder in enumerate(builders, 1):
        problems += measure_problems(rules, seq, builder)
        measures.append(maker.measure(seq, builder))
    maker.plan_field("heading", [line for body in reading.bodies for line in body.headings])
    maker.plan_field("heading", [line for labels in reading.labels for line in labels.marks])
    for block in layout.blocks:
        if isinstance(block, Table):
            maker.plan_field("heading", block.reworded)
    plan = _plan(document, rules, version, reading, maker, tuple(measures), problems)
    lost = [line for body in reading.bodies for line in body.lost]
    lost += _labels_without_measure(reading.labels, builders)
    problems += lost_line_problems(lost)
    maker.plan_field("outside", lost)
    return Segmented(plan, tuple(problems), tuple(maker.provenance))


def _labels_without_measure(
    labels: Sequence[LabelsInForce], builders: Sequence[MeasureBuilder]
) -> list[TextLine]:
    held = {
        titled.place
        for builder in builders
        for titled in builder.labels.values()
        if titled is not None
    }
    read = (titled for one in labels for titled in one.read if titled.place not in held)
    return [line for titled in read for line in titled.all_lines]


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
        page_count=len({page.file_page for page in document.pages}),
        extractor=document.extractor,
        planparse_version=version,
        sections=tuple(maker.section(at, builder) for at, builder in enumerate(sections, 1)),
        measures=measures,
        where=tuple(where),
    )
