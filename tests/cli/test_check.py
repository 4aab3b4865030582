"""``planparse check`` and ``accept``: the regression that users run on plans of their own."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planparse.cli.app import app

PLAN = Path(__file__).parents[1] / "producers" / "writer-mixed-pages.pdf"


@pytest.fixture
def plans(tmp_path):
    """A folder with one plan and, beside it, what was accepted of it."""
    shutil.copyfile(PLAN, tmp_path / "plan.pdf")
    done = run("accept", tmp_path / "plan.pdf", "--expected", tmp_path, "--yes")
    assert done.exit_code == 0, done.output
    return tmp_path


def run(*arguments, **keywords):
    return CliRunner().invoke(app, [str(one) for one in arguments], **keywords)


def changed(folder, change):
    """Change the expected record."""
    file = folder / "plan.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    change(record)
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def test_what_was_accepted_is_what_the_maker_of_the_plan_set(plans):
    truth = json.loads(PLAN.with_suffix(".json").read_text(encoding="utf-8"))["measures"]
    accepted = json.loads((plans / "plan.json").read_text(encoding="utf-8"))["measures"]
    names = ("aspect", "strategy", "task", "measure_no", "text", "points", "period")
    assert [[row[name] for name in names] for row in accepted] == [
        [row[name] for name in names] for row in truth
    ]


def test_a_plan_as_expected_passes(plans):
    done = run("check", plans)
    assert done.exit_code == 0, done.output
    assert "exact" in done.output


@pytest.mark.parametrize("field", ["aspect", "text", "departments", "period", "points", "roles"])
def test_every_field_counts(plans, field):
    def change(record):
        value = record["measures"][1][field]
        record["measures"][1][field] = [] if isinstance(value, list) and value else "另"
        if field == "points":
            record["measures"][1][field] = [{"no": "另", "text": "另"}]

    changed(plans, change)
    done = run("check", plans)
    assert done.exit_code == 1
    assert f"row 2 {field}" in done.output


def test_a_missing_and_an_extra_row_both_count(plans):
    changed(plans, lambda record: record["measures"].pop(2))
    assert "extra row 3" in (done := run("check", plans)).output
    assert done.exit_code == 1
    run("accept", plans / "plan.pdf", "--expected", plans, "--yes")
    more = {"seq": 7, "text": "頁面上沒有的一項措施", "measure_no": "9.", "points": []}
    changed(plans, lambda record: record["measures"].append(more))
    assert "missing row 7" in (done := run("check", plans)).output
    assert done.exit_code == 1


def test_a_plan_that_is_not_there_fails(plans):
    (plans / "other.json").write_text((plans / "plan.json").read_text("utf-8"), "utf-8")
    done = run("check", plans)
    assert done.exit_code == 1
    assert "no such document" in done.output


def test_a_dataset_made_before_is_checked_without_reading_again(plans, tmp_path):
    run("run", plans, "--out", tmp_path / "out")
    (plans / "plan.pdf").unlink()
    assert run("check", plans, "--dataset", tmp_path / "out").exit_code == 0


def test_accept_shows_the_difference_and_asks(plans):
    changed(plans, lambda record: record["measures"][0].update(text="頁面上沒有的話"))
    before = (plans / "plan.json").read_bytes()
    done = run("accept", plans / "plan.pdf", "--expected", plans, input="n\n")
    assert "頁面上沒有的話" in done.output
    assert (plans / "plan.json").read_bytes() == before
    run("accept", plans / "plan.pdf", "--expected", plans, input="y\n")
    assert run("check", plans).exit_code == 0


def test_a_refused_plan_is_not_accepted(tmp_path):
    (tmp_path / "no.pdf").write_text("no PDF")
    done = run("accept", tmp_path / "no.pdf", "--expected", tmp_path, "--yes")
    assert done.exit_code == 3
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.parametrize("text", ["", "[]", '{"measures": [{}]}', "\udcff"])
def test_a_file_that_is_no_record_is_named(plans, text):
    (plans / "plan.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("check", plans)
    assert done.exit_code != 0
    assert "plan.json is not an expected file" in str(done.exception)
