"""What the options of ``planparse run`` do, as seen from outside."""

import json
import sys
from pathlib import Path

import pymupdf
import pytest

from planparse.cli import main
from planparse.cli.exit_codes import ExitCode
from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import read_table
from planparse.dataset.run_lock import run_lock

PLANS = (Path(__file__).parents[2] / "raw_pdfs").glob("*.pdf")
PLAN = min(PLANS, key=lambda path: path.stat().st_size)


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    """Return a function that runs ``planparse run`` on a plan and a text: code, output, errors."""
    source = tmp_path / "in"
    source.mkdir()
    (source / "plan.pdf").write_bytes(PLAN.read_bytes())

    def call(*options):
        words = ["planparse", "run", str(source), "--out", str(tmp_path / "out"), *options]
        monkeypatch.setattr(sys, "argv", [str(word) for word in words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.fixture
def bad_file(tmp_path, run):
    (tmp_path / "in" / "text.pdf").write_text("this is text")


def test_log_json(run, bad_file):
    code, out, err = run("--log-json")
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["event"] for line in lines] == [
        "run_started",
        "document_done",
        "document_done",
        "run_finished",
    ]
    assert lines[0]["to_parse"] == 2
    done = {line["source"]: line for line in lines[1:3]}
    assert done["plan.pdf"]["rows"]["measures"] > 30
    assert done["plan.pdf"]["stages"]["extract"] > 0
    assert done["text.pdf"]["status"] == "not_a_pdf"
    assert "%PDF-" in done["text.pdf"]["reason"]
    assert lines[3]["status"] == {"not_a_pdf": 1, "parsed": 1}
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert (code, out) == (ExitCode.NOT_A_PDF, "")


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("refused", ExitCode.NOT_A_PDF), ("problems", ExitCode.NOT_A_PDF), ("never", ExitCode.OK)],
)
def test_fail_on(run, bad_file, fail_on, code):
    assert run("--fail-on", fail_on)[0] == code
    # A second run has nothing to do, and nothing is better than it was.
    assert run("--fail-on", fail_on)[0] == code


def test_fail_on_problems(run, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('[[column]]\nrole = "period"\nwords = ["期"]\n', encoding="utf-8")
    assert run("--fail-on", "problems")[0] == ExitCode.OK
    with pymupdf.open(PLAN) as document:
        document.delete_page(0)
        document.save(tmp_path / "in" / "plan.pdf")
    assert run("--fail-on", "problems")[0] == ExitCode.PROBLEMS
    assert run("--fail-on", "refused")[0] == ExitCode.OK


def test_two_runs_at_once(run, tmp_path):
    with run_lock(OutputFolder(tmp_path / "out")):
        code, _, err = run()
    assert code == ExitCode.BUSY
    assert err.startswith("planparse: another run is writing to ")
    assert len(err.splitlines()) == 1


def test_password_file(run, tmp_path):
    with pymupdf.open(PLAN) as document:
        aes_256 = pymupdf.mupdf.PDF_ENCRYPT_AES_256
        document.save(
            tmp_path / "in" / "plan.pdf", encryption=aes_256, user_pw="密碼", owner_pw="b"
        )
    assert run()[0] == ExitCode.NEEDS_PASSWORD
    words = tmp_path / "words.txt"
    words.write_text("wrong\n密碼\n", encoding="utf-8")
    assert run("--password-file", words)[0] == ExitCode.OK
    assert run("--password-file", tmp_path / "nowhere")[0] == ExitCode.BAD_INPUT


def test_gone_and_pruned(run, bad_file, tmp_path):
    run()
    (tmp_path / "in" / "plan.pdf").unlink()
    _, out, _ = run()
    assert "1 file is no longer in the input, --prune removes the rows: plan.pdf" in out
    assert read_table(tmp_path / "out", "plans").num_rows == 1
    _, out, _ = run("--prune")
    assert "the rows were removed" in out
    assert read_table(tmp_path / "out", "plans").num_rows == 0


def test_closing_table_says_what_was_skipped(run):
    run()
    _, out, _ = run()
    assert "parsed, unchanged" in out
    assert "(0 of 1 files read" in out
    _, out, _ = run("--force")
    assert "(1 of 1 files read" in out


def test_limits_have_a_least(run):
    assert run("--timeout", "0")[0] == ExitCode.USAGE
    assert run("--memory", "10")[0] == ExitCode.USAGE


def test_a_file_that_takes_too_long(run):
    assert run("--timeout", "0.1", "--memory", "256")[0] in {ExitCode.OK, ExitCode.TIMED_OUT}


def test_no_control_character_reaches_the_terminal(run, tmp_path):
    (tmp_path / "in" / "\x1b[2Jbad.pdf").write_text("no pdf")
    _, out, err = run()
    assert "\x1b" not in out + err
    assert "\\x1b[2Jbad.pdf" in out
    assert "\\x1b[2Jbad.pdf" in err
