"""Which files a second run parses, and what becomes of the rows of the others."""

import os
from dataclasses import replace
from hashlib import sha256

import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_table
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.result import ParseResult
from tests.dataset.made import made_problem, made_result

parsed: list[str] = []


def ended(path, code):
    problem = Problem(code, Severity.REFUSED, Stage.BATCH, "it ended")
    digest = sha256(path.read_bytes()).hexdigest()
    return ParseResult(path.name, digest, None, (problem,))


def parse(path, *, rules=None, password=""):
    """Give a plan whose text is the file's content; a code as content gives that problem."""
    parsed.append(path.name)
    content = path.read_text()
    if content in {str(code) for code in ProblemCode} and password != "right":
        return ended(path, ProblemCode(content))
    digest = sha256(content.encode()).hexdigest()
    result = made_result(path.name, [made_problem()], title=content)
    plan = result.plan.model_copy(update={"plan_id": digest[:16], "sha256": digest})
    if "moved" in content:
        plan = plan.model_copy(update={"district": "屏東"})
    return replace(result, plan=plan, sha256=digest)


HERE = RunSettings(isolate=False, parse=parse)


@pytest.fixture
def source(tmp_path):
    parsed.clear()
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.pdf").write_text(f"plan {name}")
    return folder


@pytest.fixture
def run(source, tmp_path):
    def again(**changes):
        parsed.clear()
        return parse_folder(source, tmp_path / "out", replace(HERE, **changes))

    again()
    return again


def titles(tmp_path):
    return sorted(read_table(tmp_path / "out", "plans").column("title").to_pylist())


def files(tmp_path):
    root = tmp_path / "out"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "timings" not in path.parts
    }


def statuses(report):
    return {one.source: one.status for one in report.outcomes}


def test_unchanged_files_are_skipped(run, tmp_path):
    before = files(tmp_path)
    report = run()
    assert parsed == []
    assert set(statuses(report).values()) == {"skipped_unchanged"}
    assert {one.outcome for one in report.outcomes} == {"parsed_with_problems"}
    changed = {name for name, content in files(tmp_path).items() if before[name] != content}
    assert changed == {"documents/documents.parquet", "datapackage.json", "run.json"}
    again = files(tmp_path)
    run()
    assert files(tmp_path) == again


def test_a_changed_file_takes_the_place_of_its_old_plan(run, source, tmp_path):
    (source / "b.pdf").write_text("plan b, second edition, moved")
    report = run()
    assert parsed == ["b.pdf"]
    assert statuses(report)["b.pdf"] == "parsed_with_problems"
    assert titles(tmp_path) == ["plan a", "plan b, second edition, moved", "plan c"]
    assert read_table(tmp_path / "out", "measures").num_rows == 6
    assert len([name for name in files(tmp_path) if name.startswith("measures/")]) == 3


def test_other_rules_parse_everything_again(run, source, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text("[departments]\nknown = []\n")
    run(rules=rules)
    assert parsed == ["a.pdf", "b.pdf", "c.pdf"]
    run(rules=rules)
    assert parsed == []


def test_another_program_parses_everything_again(run, monkeypatch):
    monkeypatch.setattr("planparse.batch.inputs.program_digest", lambda: "another")
    run()
    assert len(parsed) == 3


def test_force_parses_everything_again_and_gives_the_same(run, tmp_path):
    before = files(tmp_path)
    report = run(force=True)
    assert len(parsed) == 3
    assert set(statuses(report).values()) == {"parsed_with_problems"}
    assert files(tmp_path) == before


def test_a_removed_file_is_told_of_and_kept(run, source, tmp_path):
    (source / "b.pdf").unlink()
    report = run()
    assert report.gone == ("b.pdf",)
    assert report.pruned == 0
    row = {one.source: one for one in report.outcomes}["b.pdf"]
    assert row.status == "skipped_unchanged"
    assert "--prune" in str(row.reason)
    assert titles(tmp_path) == ["plan a", "plan b", "plan c"]


def test_prune_takes_its_rows_away(run, source, tmp_path):
    (source / "b.pdf").unlink()
    run()
    report = run(prune=True)
    assert (report.gone, report.pruned) == (("b.pdf",), 1)
    assert set(statuses(report)) == {"a.pdf", "c.pdf"}
    assert titles(tmp_path) == ["plan a", "plan c"]
    assert len([name for name in files(tmp_path) if name.startswith("plans/")]) == 2


def test_a_renamed_file_is_parsed_again_for_its_rows_hold_the_name(run, source, tmp_path):
    (source / "b.pdf").rename(source / "z.pdf")
    report = run()
    assert parsed == ["z.pdf"]
    assert report.gone == ()
    assert read_table(tmp_path / "out", "plans").num_rows == 3
    names = read_table(tmp_path / "out", "measures").column("source_file").to_pylist()
    assert set(names) == {"a.pdf", "c.pdf", "z.pdf"}


def test_a_file_in_another_folder_is_no_other_file(run, source):
    (source / "older").mkdir()
    (source / "b.pdf").rename(source / "older" / "b.pdf")
    report = run()
    assert parsed == []
    assert statuses(report)["older/b.pdf"] == "skipped_unchanged"
    assert report.gone == ()


def test_files_that_change_places_keep_their_plans(run, source, tmp_path):
    (source / "a.pdf").write_text("plan b")
    (source / "b.pdf").write_text("plan a")
    run()
    assert sorted(parsed) == ["a.pdf", "b.pdf"]
    rows = read_table(tmp_path / "out", "plans").to_pylist()
    assert {(row["source_file"], row["title"]) for row in rows} == {
        ("a.pdf", "plan b"),
        ("b.pdf", "plan a"),
        ("c.pdf", "plan c"),
    }


def test_a_file_that_becomes_a_copy_loses_its_own_plan(run, source, tmp_path):
    (source / "b.pdf").write_text("plan a")
    report = run()
    assert parsed == []
    assert statuses(report)["b.pdf"] == "duplicate"
    assert titles(tmp_path) == ["plan a", "plan c"]
    (source / "a.pdf").unlink()
    report = run()
    assert parsed == ["b.pdf"]
    assert report.gone == ()
    assert titles(tmp_path) == ["plan a", "plan c"]


@pytest.mark.parametrize("code", ["not_a_pdf", "damaged", "no_plan_table"])
def test_a_file_that_is_no_plan_any_more_loses_its_rows(run, source, tmp_path, code):
    (source / "b.pdf").write_text(code)
    assert statuses(run())["b.pdf"] == code
    assert titles(tmp_path) == ["plan a", "plan c"]
    assert statuses(run())["b.pdf"] == "skipped_unchanged"
    assert parsed == []


@pytest.mark.parametrize("code", ["timed_out", "out_of_memory", "crashed"])
def test_a_file_that_cannot_be_finished_keeps_its_earlier_rows(run, source, tmp_path, code):
    (source / "b.pdf").write_text(code)
    (row,) = [one for one in run().outcomes if one.source == "b.pdf"]
    assert row.status == code
    assert "earlier rows are kept" in str(row.reason)
    assert titles(tmp_path) == ["plan a", "plan b", "plan c"]
    (source / "b.pdf").write_text("plan b at last, moved")
    run()
    assert titles(tmp_path) == ["plan a", "plan b at last, moved", "plan c"]
    assert len([name for name in files(tmp_path) if name.startswith("problems/")]) == 3


def test_limits_must_be_raised_to_try_again(run, source):
    (source / "b.pdf").write_text("timed_out")
    (source / "c.pdf").write_text("out_of_memory")
    run()
    run()
    assert parsed == []
    run(timeout=HERE.timeout * 2)
    assert parsed == ["b.pdf"]
    run(timeout=HERE.timeout * 2, memory=HERE.memory * 2)
    assert parsed == ["c.pdf"]


def test_what_crashed_is_tried_again(run, source):
    (source / "b.pdf").write_text("crashed")
    run()
    run()
    assert parsed == ["b.pdf"]


def test_passwords_are_tried_in_turn_and_then_on_the_next_run(run, source, tmp_path):
    (source / "b.pdf").write_text("needs_password")
    assert statuses(run())["b.pdf"] == "needs_password"
    run()
    assert parsed == []
    assert statuses(run(passwords=("wrong", "right")))["b.pdf"] == "parsed_with_problems"
    assert parsed == ["b.pdf"] * 3
    for content in files(tmp_path).values():
        assert b"wrong" not in content


def test_an_unreadable_file_has_its_row(run, source):
    (source / "b.pdf").unlink()
    (source / "b.pdf").mkdir()
    assert "b.pdf" not in statuses(run(prune=True))
    (source / "b.pdf").rmdir()
    (source / "b.pdf").symlink_to(source / "nowhere.pdf")
    assert "b.pdf" not in statuses(run())


def test_the_order_of_work_does_not_show(source, tmp_path, monkeypatch):
    parse_folder(source, tmp_path / "out", HERE)
    expected = files(tmp_path)

    def backwards(jobs, settings):
        from planparse.batch.parse_file import parse_file

        for job in reversed(list(jobs)):
            yield parse_file(job)

    monkeypatch.setattr("planparse.batch.parse_folder.run_jobs", backwards)
    parse_folder(source, tmp_path / "again" / "out", HERE)
    assert files(tmp_path / "again") == expected


def test_odd_names_are_stored_as_text(source, tmp_path):
    (source / "a\x1b[31m\n.pdf").write_text("plan d")
    (source / "..pdf").write_text("hidden")
    (source / os.fsdecode(b"\xff\xfe.pdf")).write_text("plan e")
    report = parse_folder(source, tmp_path / "out", HERE)
    names = {one.source_file for one in report.outcomes}
    assert names == {"a.pdf", "b.pdf", "c.pdf", "a\\x1b[31m\\n.pdf", "\\udcff\\udcfe.pdf"}
    assert {one.status for one in report.outcomes} == {"parsed_with_problems"}
    stored = read_table(tmp_path / "out", "measures").column("source_file").to_pylist()
    assert set(stored) == names


@pytest.mark.parametrize("segment", [1, 2, 1000])
def test_what_an_interrupted_run_has_done_is_not_done_again(source, tmp_path, monkeypatch, segment):
    for name in ("d", "e", "f"):
        (source / f"{name}.pdf").write_text(f"plan {name}")
    parse_folder(source, tmp_path / "undisturbed", HERE)
    monkeypatch.setattr("planparse.dataset.journal.SEGMENT", segment)
    parsed.clear()
    for stop_after in (2, 3):
        done: list[str] = []

        def stop(one, done=done, stop_after=stop_after):
            done.append(one.source)
            if len(done) == stop_after:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            parse_folder(source, tmp_path / "out", HERE, on_done=stop)
    report = parse_folder(source, tmp_path / "out", HERE)
    assert sorted(parsed) == [f"{name}.pdf" for name in "abcdef"]
    assert set(statuses(report).values()) == {"parsed_with_problems"}
    assert all(one.seconds >= 0 and one.timing for one in report.outcomes)
    assert files(tmp_path) == {
        path.relative_to(tmp_path / "undisturbed").as_posix(): path.read_bytes()
        for path in (tmp_path / "undisturbed").rglob("*")
        if path.is_file() and "timings" not in path.parts
    }
    again = files(tmp_path)
    assert not [name for name in again if "journal" in name or "segments" in name]


def test_an_interrupted_run_over_other_contents(run, source, tmp_path):
    """What it published of files that have changed since is put in order."""

    def stop(one):
        raise KeyboardInterrupt

    for edition in ("second", "third, moved", "fourth"):
        (source / "a.pdf").write_text(f"plan a, {edition}")
        with pytest.raises(KeyboardInterrupt):
            parse_folder(source, tmp_path / "out", HERE, on_done=stop)
        assert titles(tmp_path) == [f"plan a, {edition}", "plan b", "plan c"]
    (source / "a.pdf").write_text("plan a")
    run()
    assert titles(tmp_path) == ["plan a", "plan b", "plan c"]
    assert len([name for name in files(tmp_path) if name.startswith("measures/")]) == 3
