"""The only module that knows the order of the stages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from planparse import __version__
from planparse.audit.audit_plan import audit_plan
from planparse.audit.cross_check import CrossCheck, compare_readings
from planparse.certainty.confidence import add_confidence, doubt_measures
from planparse.errors import DocumentError
from planparse.lexicon.load_rules import load_rules
from planparse.model.page import SourceDocument
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.provenance import Ledger
from planparse.model.result import (
    PageReading,
    ParseResult,
    display_ledger,
    display_plan,
    display_problem,
    mark_measures,
    moved_pages,
    publish_incomplete,
)
from planparse.model.table import DOUBTFUL, Layout, Table
from planparse.plans.add_values import add_values
from planparse.plans.segment_plan import segment_plan
from planparse.process import gc_paused
from planparse.read_document import read_document
from planparse.tables.build_layout import build_layout
from planparse.tables.sheets import part_sheets


def parse_plan(
    path: str | Path,
    *,
    rules: Path | None = None,
    password: str = "",
    second_opinion: bool = False,
    incomplete: bool = False,
) -> ParseResult:
    """Return what one file holds; what is wrong with it is a problem, never an exception.

    ``rules``: the user's rules file. ``second_opinion``: read the file with pdfminer as well; what
    differs is a problem of its rows. ``incomplete``: return a refused plan's rows too, each with
    the code of what refused it.
    """
    path = Path(path)
    seconds: dict[str, float] = {}
    with gc_paused():
        try:
            with _timed(seconds, "extract"):
                document = read_document(path, password)
        except DocumentError as error:
            problem = Problem(error.code, Severity.REFUSED, Stage.EXTRACT, error.message)
            return ParseResult(path.name, _digest(path), None, (problem,), seconds=seconds)
        result = parse_document(document, rules=rules, seconds=seconds)
    if second_opinion:
        with _timed(seconds, "second_opinion"):
            result = _cross_checked(path, document, result, rules, password)
    return publish_incomplete(result) if incomplete else result


def compare_file(path: str | Path, *, rules: Path | None = None, password: str = "") -> CrossCheck:
    """Return what two extractors do not agree on; DocumentError if either cannot read the file."""
    document = read_document(Path(path), password)
    result = parse_document(document, rules=rules)
    return _cross_check(Path(path), document, result, rules, password)


def _cross_check(
    path: Path, document: SourceDocument, result: ParseResult, rules: Path | None, password: str
) -> CrossCheck:
    """Return the comparison with the second extractor, which is loaded only here."""
    from planparse.pdf.read_again import read_again

    again = read_again(path, document, password)
    return compare_readings(document, again, result.plan, parse_document(again, rules=rules).plan)


def _cross_checked(
    path: Path, document: SourceDocument, result: ParseResult, rules: Path | None, password: str
) -> ParseResult:
    """Return the result with what the second extractor disagrees on, or why it cannot read."""
    try:
        problems = _cross_check(path, document, result, rules, password).problems
    except DocumentError as error:
        code = ProblemCode.EXTRACTOR_DISAGREEMENT
        problems = (Problem(code, Severity.WARNING, Stage.EXTRACT, error.message),)
    plan = result.plan
    if plan is not None:
        plan = doubt_measures(mark_measures(plan, problems), problems)
    return replace(result, plan=plan, problems=(*result.problems, *problems))


def parse_document(
    document: SourceDocument, *, rules: Path | None = None, seconds: dict[str, float] | None = None
) -> ParseResult:
    """Return what a document holds that an extractor has read; see ``parse_plan``."""
    with gc_paused():
        return _parse_document(document, rules, {} if seconds is None else seconds)


def _parse_document(
    file: SourceDocument, rules: Path | None, seconds: dict[str, float]
) -> ParseResult:
    # Read once: a file that is edited meanwhile means the same to every stage.
    loaded = load_rules(rules)
    with _timed(seconds, "grid"):
        document = part_sheets(file)
        layout = build_layout(document, loaded.numbering, loaded.headings)
    with _timed(seconds, "segment"):
        segmented = segment_plan(document, layout, loaded, __version__)
    plan = segmented.plan
    problems = [*_reading_problems(file), *segmented.problems]
    ledger: Ledger | None = None
    if plan is not None:
        with _timed(seconds, "values"):
            plan, about_values = add_values(plan, loaded)
        with _timed(seconds, "ledger"):
            audit = audit_plan(document, layout, plan, segmented.provenance)
            plan = mark_measures(plan, audit.problems)
        ledger = audit.ledger
        problems += [*about_values, *audit.problems]
        with _timed(seconds, "confidence"):
            plan = add_confidence(plan, audit.measures, layout, problems)
    moved = moved_pages(document.pages)
    return ParseResult(
        file.name,
        file.sha256,
        None if plan is None else display_plan(plan, moved),
        tuple(display_problem(problem, moved) for problem in problems),
        file.repairs,
        None if ledger is None else display_ledger(ledger, moved),
        tuple(PageReading(page.number, page.origin.value, page.why) for page in file.pages),
        seconds,
    )


def read_tables(path: str | Path, *, password: str = "") -> Layout:
    """Return the tables and lines of any PDF with the problems of its pages and page breaks.

    DocumentError if it cannot be read.
    """
    document = read_document(Path(path), password)
    layout = build_layout(document)
    return replace(layout, problems=(*_reading_problems(document), *_break_problems(layout)))


def _break_problems(layout: Layout) -> Iterator[Problem]:
    """Yield the page breaks of tables whose evidence is about even."""
    for table in layout.blocks:
        for one in table.breaks if isinstance(table, Table) else ():
            if one.doubt > DOUBTFUL:
                yield Problem(
                    ProblemCode.PAGE_BREAK_AMBIGUOUS,
                    Severity.WARNING,
                    Stage.SEGMENT,
                    f"page {one.page} may go on with row {one.row}, or begin another; compare both",
                    page=one.page,
                )


def _reading_problems(document: SourceDocument) -> list[Problem]:
    """Return what went wrong in reading the pages, those included that no OCR has read."""
    return [*document.problems] + [
        Problem(
            ProblemCode.NEEDS_OCR,
            Severity.REFUSED,
            Stage.EXTRACT,
            f"page {page.number} is a picture without text; it needs OCR",
            page=page.number,
        )
        for page in document.pages
        if page.needs_ocr
    ]


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + perf_counter() - start
