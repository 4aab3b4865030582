"""Publishing a plan: whole, in its place, the same bytes each time."""

import json

import pyarrow.parquet as pq
import pytest

from planparse.dataset.folder import ASIDE, OutputFolder
from planparse.dataset.load import read_table
from planparse.dataset.publish import write_plan
from planparse.errors import OutputError
from planparse.model.problem import ProblemCode, Severity
from planparse.model.result import ParseResult
from tests.dataset.made import made_measure, made_problem, made_repair, made_result


@pytest.fixture
def out(tmp_path):
    return OutputFolder(tmp_path / "output")


def files(out):
    found = (path for path in out.root.rglob("*") if path.is_file())
    names = (path.relative_to(out.root).as_posix() for path in found)
    return sorted(name for name in names if not name.startswith(".planparse/journal/"))


def content(out):
    return {name: (out.root / name).read_bytes() for name in files(out)}


def test_a_file_a_table_in_its_partition(out):
    result = made_result(problems=[made_problem()], repairs=[made_repair()])
    counts = write_plan(result, out, "0.1.0")
    plan = {"plans": 1, "sections": 1, "measures": 2}
    assert counts == {**plan, "problems": 1, "repairs": 1, "ledger": 6}
    assert files(out) == [
        f"{table}/roc_year=112/district=台北市/{result.plan.plan_id}.parquet"
        for table in ("ledger", "measures", "plans", "problems", "repairs", "sections")
    ]


def test_same_result_same_bytes(out, tmp_path):
    again = OutputFolder(tmp_path / "again")
    write_plan(made_result(problems=[made_problem()]), out, "0.1.0")
    write_plan(made_result(problems=[made_problem()]), again, "0.1.0")
    assert content(out) == content(again)
    before = content(out)
    write_plan(made_result(problems=[made_problem()]), out, "0.1.0")
    assert content(out) == before


def test_a_plan_that_moves_leaves_nothing_behind(out):
    write_plan(made_result(problems=[made_problem()], district="台北南"), out, "0.1.0")
    write_plan(made_result("other.pdf", district="台北南", roc_year=111), out, "0.1.0")
    write_plan(made_result(district="台北市"), out, "0.1.0")
    assert not [name for name in files(out) if "roc_year=112/district=台北南" in name]
    assert not (out.root / "measures/roc_year=112/district=台北南").exists()
    assert not (out.root / "problems").is_dir() or not files_of(out, "problems")
    assert read_table(out.root, "measures").num_rows == 4


def files_of(out, table):
    return [name for name in files(out) if name.startswith(f"{table}/")]


def test_siblings_in_a_partition_stay(out):
    for name in ("a.pdf", "b.pdf", "a.pdf"):
        write_plan(made_result(name), out, "0.1.0")
    assert len(files_of(out, "measures")) == 2


def test_problem_codes_reach_the_rows_that_they_touch(out):
    problems = [
        made_problem(measure=2),
        made_problem(ProblemCode.NUMBERING_GAP, measure=2),
        made_problem(ProblemCode.YEAR_UNKNOWN),
    ]
    write_plan(made_result(problems=problems), out, "0.1.0")
    rows = read_table(out.root, "measures").to_pylist()
    assert [row["problem_codes"] for row in rows] == [[], ["numbering_gap", "period_unknown"]]


def test_a_refused_plan_has_its_row_and_its_problem_but_no_measures(out):
    problem = made_problem(ProblemCode.GLYPHS_UNACCOUNTED, Severity.REFUSED)
    write_plan(made_result(problems=[problem]), out, "0.1.0")
    assert read_table(out.root, "plans").column("status").to_pylist() == ["refused"]
    assert read_table(out.root, "measures").num_rows == 0
    assert read_table(out.root, "problems").num_rows == 1


def test_a_file_without_plan_keeps_its_problem(out):
    problem = made_problem(ProblemCode.NOT_A_PDF, Severity.REFUSED, page=None)
    write_plan(ParseResult("x.pdf", "ab" * 32, None, (problem,)), out, "0.1.0")
    write_plan(ParseResult("unreadable.pdf", "", None, (problem,)), out, "0.1.0")
    rows = read_table(out.root, "problems").to_pylist()
    assert {(row["source_file"], row["code"]) for row in rows} == {
        ("x.pdf", "not_a_pdf"),
        ("unreadable.pdf", "not_a_pdf"),
    }
    assert {row["roc_year"] for row in rows} == {None}
    assert read_table(out.root, "plans").num_rows == 0


def test_every_field_comes_back(out):
    result = made_result(repairs=[made_repair(field="text")])
    write_plan(result, out, "0.1.0")
    row = read_table(out.root, "measures").to_pylist()[0]
    expected = made_measure(1).model_dump()
    expected["boxes"] = [{**expected["boxes"][0], "left": 72.12}]
    for name, value in expected.items():
        assert row[name] == (list(value) if isinstance(value, tuple) else value), name
    assert (row["roc_year"], row["district"]) == (112, "台北市")
    repair = read_table(out.root, "repairs").to_pylist()[0]
    assert (repair["read"], repair["became"], repair["field"]) == ("组", "組", "text")


def test_every_file_says_what_made_it(out):
    result = made_result()
    write_plan(result, out, "0.1.0")
    for name in files(out):
        metadata = pq.read_schema(out.root / name).metadata
        assert json.loads(metadata[b"planparse"]) == {
            "schema_version": 1,
            "planparse_version": "0.1.0",
            "source_sha256": result.sha256,
        }


def test_descriptions_stand_in_the_files(out):
    write_plan(made_result(), out, "0.1.0")
    for name in files(out):
        for field in pq.read_schema(out.root / name):
            assert field.metadata[b"description"], field.name
            assert field.metadata[b"zh"], field.name


def test_nothing_half_written_when_the_folder_cannot_be_written(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        OutputFolder(blocked / "output")
    out = OutputFolder(tmp_path / "output")
    (out.root / "plans").write_text("in the way")
    with pytest.raises(OutputError):
        out.put("plans/roc_year=112/district=x/y.parquet", b"")
    assert files(out) == ["plans"]


def test_a_reader_sees_the_old_file_until_the_new_one_is_whole(out, monkeypatch):
    out.put("a/b", b"old")
    seen = []

    def interrupted(path, target):
        # All of the new content is on the disk, aside; the old one still stands in its place.
        seen.append((path.read_bytes(), target.read_bytes()))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(OutputError, match="No space left"):
        out.put("a/b", b"new")
    assert seen == [(b"new", b"old")]
    assert content(out) == {"a/b": b"old"}


def test_interrupted_writing_is_swept_away(out):
    out.put("a/b", b"1")
    out.put_aside({f"{ASIDE}/left": b"half"})
    out.sweep()
    assert files(out) == ["a/b"]
