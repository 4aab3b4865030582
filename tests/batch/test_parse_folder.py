"""A run over a folder: what one file does must not reach the others."""

import pickle
from hashlib import sha256
from typing import Any

import pytest

from planparse.batch.inputs import find_sources
from planparse.batch.job import Job, RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_table
from planparse.errors import DocumentError, InputError, RulesError
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.result import ParseResult
from tests.dataset.made import made_result

HERE = RunSettings(isolate=False)


@pytest.fixture
def pdfs(tmp_path):
    folder = tmp_path / "pdfs"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (folder / name).write_text(name)
    return folder


def parser(monkeypatch, by_name):
    def parse_plan(path, *, rules=None):
        # A year of its own for each: two plans for one district and year are a problem.
        made = by_name.get(path.name, made_result(path.name, roc_year=ord(path.name[0])))
        if isinstance(made, Exception):
            raise made
        return made

    monkeypatch.setattr("planparse.pipeline.parse_plan", parse_plan)


def test_a_crash_is_a_problem_of_its_file(monkeypatch, pdfs, tmp_path):
    parser(monkeypatch, {"b.pdf": ZeroDivisionError("x")})
    report = parse_folder(pdfs, tmp_path / "out", HERE)
    assert [one.status for one in report.outcomes] == ["parsed", "crashed", "parsed"]
    assert read_table(tmp_path / "out", "plans").num_rows == 2
    (problem,) = report.outcomes[1].refusals
    assert problem.code is ProblemCode.CRASHED
    assert "ZeroDivisionError: x" in problem.message


def test_a_document_error_is_a_problem_of_its_file(monkeypatch, pdfs, tmp_path):
    parser(monkeypatch, {"b.pdf": DocumentError(ProblemCode.DAMAGED, "broken")})
    report = parse_folder(pdfs, tmp_path / "out", HERE)
    assert [one.status for one in report.outcomes] == ["parsed", "damaged", "parsed"]


def test_bad_rules_end_the_run(monkeypatch, pdfs, tmp_path):
    parser(monkeypatch, {"a.pdf": RulesError("no such role")})
    with pytest.raises(RulesError):
        parse_folder(pdfs, tmp_path / "out", HERE)
    with pytest.raises(RulesError, match="nowhere"):
        parse_folder(pdfs, tmp_path / "out", RunSettings(rules=tmp_path / "nowhere.toml"))


def test_progress_hears_of_every_file(monkeypatch, pdfs, tmp_path):
    problem = Problem(ProblemCode.NO_PLAN_TABLE, Severity.REFUSED, Stage.SEGMENT, "none")
    result = ParseResult("c.pdf", sha256(b"c.pdf").hexdigest(), None, (problem,))
    parser(monkeypatch, {"c.pdf": result})
    heard: list[Any] = []
    parse_folder(pdfs, tmp_path / "out", HERE, on_start=heard.append, on_done=heard.append)
    assert heard[0] == 3
    assert [one.source_file for one in heard[1:]] == ["a.pdf", "b.pdf", "c.pdf"]
    assert [problem.message for problem in heard[3].refusals] == ["none"]


def test_files_are_found_in_the_order_of_their_paths(pdfs):
    (pdfs / "older").mkdir()
    (pdfs / "older" / "Z.PDF").write_text("z")
    (pdfs / ".hidden.pdf").write_text("h")
    (pdfs / "manifest.csv").write_text("m")
    assert [one.path for one in find_sources(pdfs)] == ["a.pdf", "b.pdf", "c.pdf", "older/Z.PDF"]
    assert [one.path for one in find_sources(pdfs / "manifest.csv")] == ["manifest.csv"]
    with pytest.raises(InputError):
        find_sources(pdfs / "nowhere")


def test_a_document_error_travels_between_processes():
    error = pickle.loads(pickle.dumps(DocumentError(ProblemCode.DAMAGED, "broken")))
    assert (error.code, error.message) == (ProblemCode.DAMAGED, "broken")


def test_what_a_job_holds_travels_between_processes():
    job = Job("/in/a.pdf", "a.pdf", "ab" * 32, "/out", "f", 1.0, 512, 10, 1)
    assert pickle.loads(pickle.dumps(job)) == job
