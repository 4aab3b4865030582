"""The tables of a file come with the problems of reading its pages."""

from dataclasses import replace

from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.pipeline import read_tables
from tests.hand_made import Sheet, made_document


def test_what_is_wrong_with_pages_comes_with_the_tables(monkeypatch):
    damaged = Problem(
        ProblemCode.UNREADABLE_PAGE, Severity.REFUSED, Stage.EXTRACT, "page 1 cannot be read"
    )
    document = made_document(Sheet(1))
    picture = replace(document.pages[0], number=2, needs_ocr=True)
    document = replace(document, pages=(*document.pages, picture), problems=(damaged,))
    monkeypatch.setattr("planparse.pipeline.read_document", lambda path, password: document)
    found = read_tables("any.pdf").problems
    assert [one.code for one in found] == [ProblemCode.UNREADABLE_PAGE, ProblemCode.NEEDS_OCR]
    assert found[1].page == 2
