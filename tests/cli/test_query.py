"""``planparse query``: duplicate names, time, editions, and one line for what goes wrong."""

import csv
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from planparse.cli import main
from planparse.cli.exit_codes import ExitCode
from tests.batch.cluster import environment
from tests.study.editions_dataset import write_editions_dataset
from tests.study.known_dataset import write_known_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("dataset"))


@pytest.fixture
def query(monkeypatch, capfd):
    """Return a function that runs a query and returns exit code, output and errors."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["planparse", "query", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capfd.readouterr()

    return call


def test_each_value_is_printed_under_its_own_heading(query, root):
    code, out, _ = query("SELECT 1 a, 2 a, 3 b", "--out", root)
    assert code == ExitCode.OK
    heading, _, values = (line.split() for line in out.strip().splitlines())
    assert dict(zip(heading, values, strict=True)) == {"a": "1", "a_1": "2", "b": "3"}


def test_a_join_prints_all_its_columns(query, root):
    columns = "p.source_file, p.plan_id, m.plan_id, m.seq"
    sql = f"SELECT {columns} FROM plans p JOIN measures m USING (plan_id) ORDER BY m.seq LIMIT 1"
    code, out, _ = query(sql, "--out", root)
    assert code == ExitCode.OK
    heading, _, values = (line.split() for line in out.strip().splitlines())
    assert heading == ["source_file", "plan_id", "plan_id_1", "seq"]
    assert values[1] == values[2]
    assert values[3] == "1"


def test_a_file_holds_every_column(query, root, tmp_path):
    sql = "SELECT 1 a, 'x' a, [3] a, NULL a, 4 a_1"
    files = tmp_path / "a.csv", tmp_path / "a.parquet"
    code, *_ = query(sql, "--out", root, "--csv", files[0], "--parquet", files[1])
    assert code == ExitCode.OK
    rows = list(csv.reader(files[0].read_text("utf-8-sig").splitlines()))
    assert rows == [["a", "a_2", "a_3", "a_4", "a_1"], ["1", "x", "[3]", "", "4"]]
    assert pq.read_table(files[1]).column_names == rows[0]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY measures TO 'made.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT 1; SELECT 2",
        "",
        "SELECT nothing FROM measures",
        "SELECT * FROM measures WHERE",
    ],
)
def test_what_is_not_run_is_one_line(query, root, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = query(sql, "--out", root)
    assert code == ExitCode.BAD_INPUT
    assert not out
    assert len(err.splitlines()) == 1
    assert err.startswith("planparse: the query")
    assert not list(tmp_path.iterdir())


def test_an_endless_query_ends_with_its_time(query, root, tmp_path):
    sql = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"
    code, out, err = query(sql, "--out", root, "--timeout", "0.2", "--csv", tmp_path / "a.csv")
    assert code == ExitCode.TIMED_OUT
    assert not out
    assert err == "planparse: the query took longer than 0.2 s\n"
    assert not list(tmp_path.iterdir())


def test_a_query_that_cannot_be_interrupted_ends_too(root):
    # The interpreter is held as DuckDB holds it in one long call: what comes back is the exit code.
    code = """
import sys, time
from planparse.dataset import queries as connect
from planparse.cli import main
connect._INTERRUPTS = 2
class Stuck:
    def __getattr__(self, name): return getattr(self.real, name)
    def __init__(self, real): self.real = real
    def interrupt(self): pass
    def sql(self, statement): time.sleep(600)
made = connect.connect
connect.connect = lambda *arguments, **options: Stuck(made(*arguments, **options))
sys.argv = ["planparse", "query", "SELECT 1", "--timeout", "0.1", "--out", sys.argv[1]]
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == ExitCode.TIMED_OUT
    assert done.stderr == "planparse: the query took longer than 0.1 s\n"


def test_ctrl_c_ends_a_query(root):
    # It is pressed, by the query's own process, once the query runs.
    code = """
import os, signal, sys, threading, time
from planparse.dataset import queries as connect
from planparse.cli import main
run_within = connect._run_within
def pressed(*arguments):
    press = lambda: (time.sleep(1), os.kill(os.getpid(), signal.SIGINT))
    threading.Thread(target=press, daemon=True).start()
    return run_within(*arguments)
connect._run_within = pressed
sql = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t"
sys.argv = ["planparse", "query", sql, "--out", sys.argv[1]]
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("time", ["0", "-1", "x"])
def test_a_time_is_a_number_above_nought(query, root, time):
    assert query("SELECT 1", "--out", root, "--timeout", time)[0] == ExitCode.USAGE


@pytest.mark.parametrize(
    "value", ["INTERVAL 1 DAY", "[INTERVAL 1 DAY]", "TIME '12:00'", "['a'::BLOB]", "MAP {'a': 1}"]
)
def test_types_that_the_dataset_has_not_are_shown(query, root, value, tmp_path):
    code, out, _ = query(f"SELECT {value} AS a", "--out", root)
    assert code == ExitCode.OK
    assert out
    code, _, err = query(f"SELECT {value} AS a", "--out", root, "--csv", tmp_path / "a.csv")
    assert code in {ExitCode.OK, ExitCode.BAD_OUTPUT}
    assert code == ExitCode.OK or "cast the column to VARCHAR" in err


def test_editions_are_noted_and_can_be_chosen(query, tmp_path):
    out = write_editions_dataset(tmp_path)
    sql = "SELECT count(*) AS n FROM measures"
    code, shown, err = query(sql, "--out", out)
    assert code == ExitCode.OK
    assert shown.split()[-1] == "13"
    assert err.startswith("note: several editions of one plan (屏東 107: first.pdf, second.pdf)")
    assert len(err.splitlines()) == 1
    assert query(sql, "--out", out, "--editions", "newest")[1].split()[-1] == "9"
    assert query(sql, "--out", out, "--editions", "newest")[2] == ""
    assert query(sql, "--out", out, "--editions", "all")[2] == ""
