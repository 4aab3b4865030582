"""``planparse audit`` and ``planparse compare``, and plans that are published though refused."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from planparse import pipeline
from planparse.cli import main
from planparse.cli.exit_codes import ExitCode
from planparse.dataset.folder import OutputFolder
from planparse.dataset.publish import write_plan
from planparse.dataset.rows import rows_of
from planparse.model.problem import ProblemCode, Severity
from planparse.model.provenance import Ledger
from planparse.model.result import ParseResult
from planparse.pipeline import parse_plan
from tests.dataset.made import made_measure, made_plan

ROOT = Path(__file__).parents[2]
PLAN = min((ROOT / "raw_pdfs").glob("*.pdf"), key=lambda p: p.stat().st_size)


@pytest.fixture
def planparse(monkeypatch, capfd):
    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["planparse", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capfd.readouterr().out

    return call


def written(root: Path, **ledger: object) -> Path:
    """Publish a made plan with an account that fits its texts, but for ``ledger``."""
    plan = made_plan("甲.pdf", measures=(made_measure(1), made_measure(2)))
    text = sum(len("".join(one.text.split())) for one in plan.measures)
    title = len(plan.title or "")
    fields = {
        "glyphs": text + title + 7,
        "placed": {"text": text, "title": title, "period": 5},
        "dropped": {"page_number": 2},
        "missing": (),
        "doubled": (),
    }
    account = Ledger(**(fields | ledger))  # type: ignore[arg-type]
    result = ParseResult("甲.pdf", plan.sha256, plan, (), (), account)
    write_plan(result, OutputFolder(root), "0.1.0")
    return root


def test_a_plan_that_adds_up(planparse, tmp_path):
    code, out = planparse("audit", written(tmp_path))
    assert code == ExitCode.OK
    assert "page_number" in out
    assert "whole" in out
    assert "all accounted for" in out


def test_missing_characters_end_with_a_code(planparse, tmp_path):
    whole = written(tmp_path / "whole")
    assert planparse("audit", whole)[0] == ExitCode.OK
    code, out = planparse("audit", written(tmp_path / "less", missing=((1, 4), (1, 5))))
    assert code == ExitCode.UNACCOUNTED
    assert "2 characters in no field" in out


def test_a_sum_that_is_off_ends_with_a_code(planparse, tmp_path):
    code, out = planparse("audit", written(tmp_path, glyphs=9999))
    assert code == ExitCode.UNACCOUNTED
    assert "9999 characters read" in out


def test_published_texts_are_counted_anew(planparse, tmp_path):
    """A dataset whose texts are not those that were accounted for."""
    plan = made_plan("甲.pdf")
    count = sum(len("".join(one.text.split())) for one in plan.measures)
    placed = {"text": count + 3, "title": len(plan.title or "")}
    account = Ledger(sum(placed.values()), placed, {}, (), ())
    result = ParseResult("甲.pdf", plan.sha256, plan, (), (), account)
    write_plan(result, OutputFolder(tmp_path), "0.1.0")
    code, out = planparse("audit", tmp_path)
    assert code == ExitCode.UNACCOUNTED
    assert f"{count + 3} characters of text in the account, {count} published" in out


def test_a_plan_without_account(planparse, tmp_path):
    plan = made_plan("甲.pdf")
    write_plan(ParseResult("甲.pdf", plan.sha256, plan, ()), OutputFolder(tmp_path), "0.1.0")
    code, out = planparse("audit", tmp_path)
    assert code == ExitCode.UNACCOUNTED
    assert "no account" in out


def test_an_empty_folder_is_no_data_set(planparse, tmp_path):
    assert planparse("audit", tmp_path)[0] == ExitCode.BAD_INPUT


# --- refused plans ------------------------------------------------------------------------------


@pytest.fixture
def losing(monkeypatch):
    """A segmenter that loses one claim: its glyphs are in no field."""
    whole = vars(pipeline)["segment_plan"]

    def losing_one(*arguments):
        segmented = whole(*arguments)
        return replace(segmented, provenance=segmented.provenance[:-1])

    monkeypatch.setattr(pipeline, "segment_plan", losing_one)


def test_a_plan_that_loses_glyphs_is_refused(losing):
    result = parse_plan(PLAN)
    refusals = [one for one in result.problems if one.severity is Severity.REFUSED]
    codes = {one.code for one in refusals}
    assert codes == {ProblemCode.GLYPHS_UNACCOUNTED, ProblemCode.PROVENANCE_BROKEN}
    assert str(result.status) == "refused"
    rows = rows_of(result)
    assert not rows["measures"]
    assert not rows["sections"]
    assert rows["plans"][0]["status"] == "refused"
    assert any(row["kind"] == "missing" and row["glyphs"] for row in rows["ledger"])


def test_a_refused_plan_can_be_published_and_every_row_says_so(losing):
    result = parse_plan(PLAN, incomplete=True)
    rows = rows_of(result)
    assert len(rows["measures"]) == 35
    assert all("glyphs_unaccounted" in row["problem_codes"] for row in rows["measures"])
    assert rows["plans"][0]["status"] == "parsed_with_problems"
    assert any(row["message"].startswith("published all the same") for row in rows["problems"])


def test_a_whole_plan_is_not_touched_by_asking_for_incomplete_ones():
    assert parse_plan(PLAN, incomplete=True).plan == parse_plan(PLAN).plan


# --- compare ------------------------------------------------------------------------------------


def test_compare_says_that_readings_are_identical(planparse):
    code, out = planparse("compare", PLAN)
    assert code == ExitCode.OK
    assert "35 measures, identical in both readings" in out


@pytest.mark.slow
def test_compare_says_which_pages_were_read_once(planparse, monkeypatch):
    monkeypatch.setenv("PLANPARSE_OCR_ANSWERS", str(ROOT / "tests" / "ocr_answers"))
    code, out = planparse("compare", ROOT / "raw_pdfs" / "fengshan-112.pdf")
    assert code == ExitCode.OK
    assert "10 pages were read by OCR, once" in out
    assert "identical" not in out


def test_compare_prints_each_record_that_differs(planparse, monkeypatch):
    from planparse.pdf import read_again as module

    whole = vars(module)["read_page_again"]

    def spoiled(source, number):
        page = whole(source, number)
        runs = [replace(run, text=run.text.replace("用戶", "用尸")) for run in page.runs]
        return replace(page, runs=tuple(runs))

    monkeypatch.setattr(module, "read_page_again", spoiled)
    code, out = planparse("compare", PLAN)
    assert code == ExitCode.DISAGREEMENT
    assert "text: 「" in out
    assert "用尸" in out
    assert "glyphs of page 1" in out
