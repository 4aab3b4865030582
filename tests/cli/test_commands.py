"""The commands, run as a person would run them."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pymupdf
import pytest

from planparse.cli import main
from planparse.cli.exit_codes import ExitCode
from planparse.dataset.load import read_table

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "raw_pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)
PLAN = PLANS[0]


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def planparse(monkeypatch, capfd):
    """Return a function that runs a command in this process: output and exit code."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["planparse", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capfd.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def folder(tmp_path):
    """A folder with one good plan and a bad file of each kind."""
    source = tmp_path / "pdfs"
    source.mkdir()
    (source / "good.pdf").write_bytes(PLAN.read_bytes())
    (source / "no_pdf.pdf").write_text("this is text")
    (source / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + PLAN.read_bytes()[2000:2600])
    with pymupdf.open(PLAN) as document:
        aes_256 = pymupdf.mupdf.PDF_ENCRYPT_AES_256
        document.save(source / "locked.pdf", encryption=aes_256, user_pw="a", owner_pw="b")
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "a letter without any table")
        document.save(source / "letter.pdf")
    return source


def test_one_bad_file_costs_one_line_and_nothing_else(planparse, folder, tmp_path):
    out = tmp_path / "out"
    done = planparse("run", folder, "--out", out)
    assert done.returncode == ExitCode.SEVERAL, done.stderr
    lines = done.stderr.strip().splitlines()
    bad = ["damaged.pdf", "letter.pdf", "locked.pdf", "no_pdf.pdf"]
    assert sorted(line.split(":")[0] for line in lines) == bad
    assert "Traceback" not in done.stderr
    assert read_table(out, "measures").num_rows > 30
    problems = {row["source_file"]: row["code"] for row in read_table(out, "problems").to_pylist()}
    assert (
        problems.items()
        >= {
            "damaged.pdf": "damaged",
            "letter.pdf": "no_plan_table",
            "locked.pdf": "needs_password",
            "no_pdf.pdf": "not_a_pdf",
        }.items()
    )
    documents = read_table(out, "documents").to_pylist()
    assert {one["source_file"]: one["status"] for one in documents} == {
        "damaged.pdf": "damaged",
        "good.pdf": "parsed",
        "letter.pdf": "no_plan_table",
        "locked.pdf": "needs_password",
        "no_pdf.pdf": "not_a_pdf",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no_pdf.pdf", ExitCode.NOT_A_PDF),
        ("damaged.pdf", ExitCode.DAMAGED),
        ("locked.pdf", ExitCode.NEEDS_PASSWORD),
        ("letter.pdf", ExitCode.NO_PLAN_TABLE),
        ("good.pdf", ExitCode.OK),
    ],
)
@pytest.mark.parametrize("command", ["run", "show", "tables"])
def test_exit_code_of_a_single_file(planparse, folder, tmp_path, command, name, code):
    extra = ["--out", tmp_path / "out"] if command == "run" else []
    done = planparse(command, folder / name, *extra)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code is not ExitCode.OK:
        assert len(done.stderr.strip().splitlines()) == 1


def test_same_files_same_bytes_for_any_number_of_jobs(planparse, folder, tmp_path):
    contents = []
    for out, jobs in (("one", 1), ("two", 2)):
        planparse("run", folder, "--out", tmp_path / out, "--jobs", jobs)
        root = tmp_path / out
        contents.append(
            {
                p.relative_to(root).as_posix(): p.read_bytes()
                for p in root.rglob("*")
                if p.is_file() and p.stem != "timings"
            }
        )
    assert contents[0] == contents[1]
    assert len(contents[0]) > 4


def test_closing_table_names_every_file(planparse, folder, tmp_path):
    done = planparse("run", folder, "--out", tmp_path / "out")
    heading, *lines = done.stdout.splitlines()
    assert heading.split()[:7] == "plan district year pages measures problems seconds".split()
    assert [line.split()[0] for line in lines[:5]] == sorted(p.name for p in folder.iterdir())


def test_a_second_copy_is_listed_and_published_once(planparse, tmp_path):
    source = tmp_path / "pdfs"
    (source / "again").mkdir(parents=True)
    for name in ("a.pdf", "again/b.PDF"):
        (source / name).write_bytes(PLAN.read_bytes())
    done = planparse("run", source, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    documents = read_table(tmp_path / "out", "documents").to_pylist()
    assert [one["status"] for one in documents] == ["parsed", "duplicate"]
    assert read_table(tmp_path / "out", "plans").num_rows == 1


def test_nothing_to_read(planparse, tmp_path):
    for source in (tmp_path, tmp_path / "missing"):
        done = planparse("run", source, "--out", tmp_path / "out")
        assert done.returncode == ExitCode.BAD_INPUT
        assert len(done.stderr.splitlines()) == 1
    assert planparse("show", tmp_path / "missing.pdf").returncode not in (0, 1)


def test_output_that_cannot_be_written(planparse, tmp_path):
    (tmp_path / "out").write_text("a file")
    done = planparse("run", PLAN, "--out", tmp_path / "out")
    assert done.returncode == ExitCode.BAD_OUTPUT
    assert "cannot write" in done.stderr


@pytest.mark.parametrize("content", ["no toml at all", "[unknown_table]\nx = 1\n"])
def test_bad_rules(planparse, tmp_path, content):
    rules = tmp_path / "rules.toml"
    rules.write_text(content)
    done = planparse("run", PLAN, "--out", tmp_path / "out", "--rules", rules)
    assert done.returncode == ExitCode.BAD_RULES, done.stderr
    assert "rules.toml" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_usage_errors(planparse):
    assert planparse("no_such_command").returncode == ExitCode.USAGE
    assert planparse("run", PLAN, "--jobs", "0").returncode == ExitCode.USAGE


def test_tables_as_json(planparse, tmp_path):
    done = planparse("tables", PLAN, "--json")
    (table,) = json.loads(done.stdout)
    assert table["columns"] == 3
    assert table["pages"][0] >= 1
    covered = set()
    for cell in table["cells"]:
        assert set(cell) - {"printed"} == {
            "row",
            "column",
            "row_span",
            "column_span",
            "text",
            "boxes",
        }
        assert set(cell["boxes"][0]) == {"page", "left", "top", "right", "bottom"}
        for row in range(cell["row"], cell["row"] + cell["row_span"]):
            for column in range(cell["column"], cell["column"] + cell["column_span"]):
                assert (row, column) not in covered
                covered.add((row, column))
    assert len(covered) == table["rows"] * table["columns"]


def test_show_draws_the_plan(planparse):
    done = planparse("show", PLAN)
    assert done.returncode == 0
    assert "提升服務效能執行計畫" in done.stdout
    assert "├── " in done.stdout


def test_schema(planparse, tmp_path):
    assert planparse("schema", tmp_path / "schemas").returncode == 0
    assert planparse("schema", tmp_path / "schemas", "--check").returncode == 0
    one = tmp_path / "schemas" / "columns.csv"
    one.write_text(one.read_text(encoding="utf-8") + "drift\n", encoding="utf-8")
    done = planparse("schema", tmp_path / "schemas", "--check")
    assert done.returncode == ExitCode.SCHEMA_DRIFT
    assert "columns.csv" in done.stderr
    assert planparse("schema", tmp_path / "schemas").returncode == 0
    (tmp_path / "schemas" / "plans.schema.json").unlink()
    assert planparse("schema", tmp_path / "schemas", "--check").returncode == ExitCode.SCHEMA_DRIFT


def test_timings_are_written_beside_the_data_set(planparse, tmp_path):
    planparse("run", PLAN, "--out", tmp_path / "out")
    (one,) = read_table(tmp_path / "out", "timings").to_pylist()
    assert {stage["stage"] for stage in one["stages"]} >= {"extract", "grid", "segment"}
    assert one["seconds"] >= sum(stage["seconds"] for stage in one["stages"]) > 0
    assert "seconds" not in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")


def test_installed_command_runs():
    done = subprocess.run(
        [sys.executable, "-c", "from planparse.cli import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    for command in ("run", "show", "tables", "schema"):
        assert f"  {command} " in done.stdout


def test_version(planparse):
    from planparse import __version__

    assert planparse("--version").stdout == f"planparse {__version__}\n"
