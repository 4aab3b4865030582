"""``planparse tables``: problems and printed forms in JSON, and in the drawing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planparse.cli.tables import tables
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from tests.hand_made import Sheet, made_document

XS = (50, 110, 250, 350)


def note(page):
    return Problem(
        ProblemCode.TEXT_NOT_SHOWN, Severity.NOTE, Stage.EXTRACT, "text is struck out", page=page
    )


@pytest.fixture
def document():
    """Make a table on page 1 with a look-alike as its font names it, and a page without one."""
    sheet = Sheet(1)
    sheet.grid(XS, (60, 100, 140), [["面向", "作法", "部門"], ["一、", "市民", "業務組"]])
    at = next(at for at, run in enumerate(sheet.runs) if run.text == "市民")
    sheet.runs[at] = replace(sheet.runs[at], printed="巿民")
    return made_document(sheet, Sheet(2))


@pytest.fixture
def run(document, monkeypatch, capsys):
    """Return a function that prints the tables of the document with problems, and both outputs."""

    def printed(*problems, as_json=True):
        made = replace(document, problems=problems)
        monkeypatch.setattr("planparse.pipeline.read_document", lambda path, password: made)
        assert tables(Path("any.pdf"), as_json=as_json) == 0
        return capsys.readouterr()

    return printed


def test_a_table_has_the_problems_of_its_pages(run):
    shown = run(note(1))
    (table,) = json.loads(shown.out)
    assert table["problems"] == [
        {"code": "text_not_shown", "severity": "note", "page": 1, "message": "text is struck out"}
    ]
    assert "text_not_shown p. 1" in shown.err


def test_a_table_without_problems_has_none(run):
    (table,) = json.loads(run().out)
    assert table["problems"] == []


@pytest.mark.parametrize(("page", "pages"), [(2, [2]), (None, [])])
def test_what_is_wrong_elsewhere_is_a_record_without_rows(run, page, pages):
    table, elsewhere = json.loads(run(note(page)).out)
    assert table["problems"] == []
    assert (elsewhere["pages"], elsewhere["rows"], elsewhere["cells"]) == (pages, 0, [])
    assert [one["page"] for one in elsewhere["problems"]] == [page]


def test_a_folded_cell_has_its_printed_form_too(run):
    (table,) = json.loads(run().out)
    texts = {cell["text"]: cell.get("printed") for cell in table["cells"]}
    assert texts["市民"] == "巿民"
    assert {text for text, form in texts.items() if form is None} == set(texts) - {"市民"}


def test_the_drawing_shows_what_is_printed(run):
    assert "巿民" in run(as_json=False).out


def test_a_page_break_of_even_evidence_is_reported(document, run, monkeypatch):
    second = Sheet(2)
    second.grid(XS, (60, 100), [["二、", "調查。", "企劃組"]])
    document = replace(document, pages=(document.pages[0], second.page()))
    monkeypatch.setattr("planparse.pipeline.read_document", lambda path, password: document)
    monkeypatch.setattr("planparse.pipeline.DOUBTFUL", 0.0)
    from planparse.pipeline import read_tables

    assert [one.code for one in read_tables("any.pdf").problems] == [
        ProblemCode.PAGE_BREAK_AMBIGUOUS
    ]
