"""Two plans for one district and year are a problem of both, as long as both are there."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_table
from tests.dataset.made import made_problem, made_result


def parse(path, *, rules=None, password=""):
    """Give a plan for the district and year that the file's content names."""
    district, year, *more = path.read_text().split()
    digest = sha256(path.read_bytes()).hexdigest()
    problems = [made_problem()] if more else []
    result = made_result(path.name, problems, district=district, roc_year=int(year))
    plan = result.plan.model_copy(update={"plan_id": digest[:16], "sha256": digest})
    return replace(result, plan=plan, sha256=digest)


@pytest.fixture
def run(tmp_path):
    source = tmp_path / "in"
    source.mkdir()

    def again(files, **changes):
        for path in source.iterdir():
            path.unlink()
        for name, content in files.items():
            (source / name).write_text(content)
        settings = RunSettings(isolate=False, parse=parse, **changes)
        return parse_folder(source, tmp_path / "out", settings)

    return again


def told(tmp_path):
    """Give the messages of the problem by file."""
    rows = read_table(tmp_path / "out", "problems").to_pylist()
    return {row["source_file"]: row["message"] for row in rows if row["code"] == "duplicate_plan"}


def statuses(tmp_path):
    rows = read_table(tmp_path / "out", "plans").to_pylist()
    return {row["source_file"]: row["status"] for row in rows}


BOTH = {"a.pdf": "屏東 107 ", "b.pdf": "屏東 107  ", "c.pdf": "屏東 108"}


def test_both_plans_tell_of_the_other(run, tmp_path):
    report = run(BOTH)
    assert told(tmp_path) == {
        "a.pdf": "another plan for 屏東 107 is in b.pdf; choose one of them before counting",
        "b.pdf": "another plan for 屏東 107 is in a.pdf; choose one of them before counting",
    }
    assert statuses(tmp_path) == {
        "a.pdf": "parsed_with_problems",
        "b.pdf": "parsed_with_problems",
        "c.pdf": "parsed",
    }
    assert {one.source: one.status for one in report.outcomes} == statuses(tmp_path)
    flags = read_table(tmp_path / "out", "documents").column("duplicate_plan").to_pylist()
    assert flags == [True, True, False]


def test_a_second_run_changes_nothing(run, tmp_path):
    def content():
        root = tmp_path / "out"
        return {
            path: path.read_bytes()
            for path in sorted(root.rglob("*.parquet"))
            if not {"timings", "documents"} & set(path.parts)
        }

    run(BOTH)
    before = content()
    report = run(BOTH)
    assert {one.status for one in report.outcomes} == {"skipped_unchanged"}
    assert content() == before


def test_a_plan_that_comes_later_is_told_of_too(run, tmp_path):
    run({"a.pdf": "屏東 107 "})
    assert not told(tmp_path)
    run(BOTH)
    assert set(told(tmp_path)) == {"a.pdf", "b.pdf"}


def test_a_plan_that_goes_is_told_of_no_more(run, tmp_path):
    run({"a.pdf": "屏東 107 and a problem", "b.pdf": "屏東 107"})
    assert set(told(tmp_path)) == {"a.pdf", "b.pdf"}
    run({"a.pdf": "屏東 107 and a problem"}, prune=True)
    assert not told(tmp_path)
    assert statuses(tmp_path) == {"a.pdf": "parsed_with_problems"}
    rows = read_table(tmp_path / "out", "problems").to_pylist()
    assert [(row["seq"], row["code"]) for row in rows] == [(1, "period_unknown")]


def test_the_last_problem_of_a_plan_takes_its_file_away(run, tmp_path):
    run({"a.pdf": "屏東 107", "b.pdf": "屏東 107 "})
    run({"a.pdf": "屏東 107"}, prune=True)
    assert statuses(tmp_path) == {"a.pdf": "parsed"}
    assert not list((tmp_path / "out" / "problems").rglob("*.parquet"))


def test_the_same_content_twice_is_no_second_plan(run, tmp_path):
    run({"a.pdf": "屏東 107", "b.pdf": "屏東 107"})
    assert not told(tmp_path)


def test_unknown_districts_are_not_compared(run, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "tests.batch.test_duplicate_plans.made_result",
        lambda name, problems, **_: made_result(
            name, problems, district=None, district_printed=None, roc_year=107
        ),
    )
    run(BOTH)
    assert not told(tmp_path)
