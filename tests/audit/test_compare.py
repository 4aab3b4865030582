"""Two readings of one file: identical on the known plans, and every difference is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from planparse.audit.cross_check import compare_pages, compare_plans, compare_readings
from planparse.model.page import DroppedRun, DropReason, SourceDocument
from planparse.model.problem import ProblemCode, Severity
from planparse.pdf.read_again import read_again
from planparse.pipeline import compare_file, parse_document, parse_plan
from planparse.read_document import read_document

FOLDER = Path(__file__).parents[2] / "raw_pdfs"


def _pages(path: Path) -> int:
    with pymupdf.open(path) as document:
        return len(document) * any(page.get_text().strip() for page in document)


DIGITAL = sorted(filter(_pages, FOLDER.glob("*.pdf")), key=_pages)


@pytest.mark.parametrize("path", DIGITAL, ids=lambda path: path.stem)
def test_known_digital_plans_are_read_identically(path):
    opinion = compare_file(path)
    assert opinion.records == ()
    assert opinion.pages == ()
    assert opinion.problems == ()


@pytest.fixture(scope="module")
def document() -> SourceDocument:
    return read_document(DIGITAL[0])


@pytest.fixture(scope="module")
def plan(document):
    return parse_document(document).plan


def test_the_second_reading_is_one_of_its_own(document):
    again = read_again(DIGITAL[0], document)
    assert again.extractor == "pdfplumber"
    assert all(one is not other for one, other in zip(document.pages, again.pages, strict=True))


def test_every_field_that_differs_is_told(plan):
    first = plan.measures[2]
    for name, value in (
        ("text", "另一段"),
        ("measure_no", "99."),
        ("strategy", None),
        ("page_last", 9),
    ):
        changed = first.model_copy(update={name: value})
        measures = (*plan.measures[:2], changed, *plan.measures[3:])
        found = compare_plans(plan, plan.model_copy(update={"measures": measures}))
        assert [(one.measure, one.field) for one in found] == [(first.seq, name)]


def test_white_space_and_boxes_do_not_count(plan):
    measures = tuple(
        one.model_copy(update={"text": " ".join(one.text), "where": (), "boxes": ()})
        for one in plan.measures
    )
    assert compare_plans(plan, plan.model_copy(update={"measures": measures})) == []


def test_missing_and_extra_measures_are_told_by_themselves(plan):
    less = plan.model_copy(update={"measures": plan.measures[:4] + plan.measures[5:]})
    (missing,) = compare_plans(plan, less)
    assert (missing.measure, missing.second) == (5, None)
    (extra,) = compare_plans(less, plan)
    assert (extra.measure, extra.first) == (None, None)
    assert extra.second == ("".join(plan.measures[4].text.split()))


def test_sections_and_the_plan_itself(plan):
    section = plan.sections[0].model_copy(update={"paragraphs": ("改了",)})
    other = plan.model_copy(update={"title": "別的", "sections": (section, *plan.sections[1:])})
    fields = [one.field for one in compare_plans(plan, other)]
    assert fields[0] == "title"
    assert "sections[0].paragraphs[0]" in fields


def test_a_plan_that_only_one_reading_finds(plan):
    (only,) = compare_plans(plan, None)
    assert only.second is None
    assert compare_plans(None, None) == []


def hidden(document: SourceDocument, reason: DropReason) -> SourceDocument:
    """Hide a run of the first page, as an extractor would that takes it for unseen."""
    page = document.pages[0]
    dropped = (*page.dropped, DroppedRun(page.runs[-1], reason))
    pages = (replace(page, runs=page.runs[:-1], dropped=dropped), *document.pages[1:])
    return replace(document, pages=pages)


@pytest.mark.parametrize("reason", [DropReason.INVISIBLE, DropReason.WATERMARK])
def test_a_glyph_that_extraction_hides_is_seen_by_the_other(document, reason):
    """The ledger alone cannot look behind what extraction calls invisible; this can."""
    spoiled = hidden(document, reason)
    (found,) = compare_pages(spoiled, read_again(DIGITAL[0], spoiled))
    assert sorted(found.second or "") == sorted(document.pages[0].runs[-1].text)
    assert found.page == 1


def test_a_disagreement_is_a_problem_of_the_rows_it_touches(document, plan):
    first = plan.measures[2]
    changed = first.model_copy(update={"text": "另一段"})
    other = plan.model_copy(update={"measures": (*plan.measures[:2], changed, *plan.measures[3:])})
    opinion = compare_readings(document, replace(document, extractor="other"), plan, other)
    (problem,) = opinion.problems
    assert problem.code is ProblemCode.EXTRACTOR_DISAGREEMENT
    assert problem.severity is Severity.WARNING
    assert problem.measure == first.seq
    assert problem.message.startswith("other reads text as 「另一段」")


def test_parse_plan_marks_the_rows(monkeypatch):
    def spoiled(path: Path, first: SourceDocument, password: str = "") -> SourceDocument:
        again = read_again(path, first, password)
        page = again.pages[1]
        run = page.runs[10]
        runs = (*page.runs[:10], replace(run, text="亂" * len(run.text)), *page.runs[11:])
        pages = (again.pages[0], replace(page, runs=runs), *again.pages[2:])
        return replace(again, pages=pages)

    monkeypatch.setattr("planparse.pdf.read_again.read_again", spoiled)
    result = parse_plan(DIGITAL[0], second_opinion=True)
    touched = {p.measure for p in result.problems if p.code is ProblemCode.EXTRACTOR_DISAGREEMENT}
    assert result.plan is not None
    marked = {m.seq for m in result.plan.measures if "extractor_disagreement" in m.problem_codes}
    assert marked
    assert marked == touched - {None}


def test_without_a_second_opinion_nothing_is_read_twice(monkeypatch):
    def never(*_: object) -> SourceDocument:
        raise AssertionError("read twice")

    monkeypatch.setattr("planparse.pdf.read_again.read_again", never)
    assert parse_plan(DIGITAL[0]).plan is not None


def test_a_page_that_pdfplumber_cannot_read_has_no_second_opinion(document, monkeypatch):
    def fails(*_: object) -> None:
        raise KeyError("Resources")

    monkeypatch.setattr("planparse.pdf.read_again.read_page_again", fails)
    again = read_again(DIGITAL[0], document)
    assert [problem.page for problem in again.problems] == [page.number for page in document.pages]
    assert again.pages == document.pages


def test_a_file_that_pdfplumber_cannot_open_keeps_its_rows(monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise ValueError("no xref")

    monkeypatch.setattr("planparse.pdf.read_again.pdfplumber.open", fails)
    result = parse_plan(DIGITAL[0], second_opinion=True)
    (problem,) = result.problems
    assert problem.code is ProblemCode.EXTRACTOR_DISAGREEMENT
    assert "pdfplumber cannot open the file" in problem.message
    assert str(result.status) == "parsed_with_problems"
