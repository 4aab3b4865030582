"""The output folder belongs to one run, until that ends, however it ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import read_table
from planparse.dataset.run_lock import run_lock
from planparse.errors import BusyError
from tests.batch.faults import parse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hanging(tmp_path):
    """A run in another process, one of whose workers hangs in native code for good."""
    source = tmp_path / "in"
    source.mkdir()
    for name in ("good", "hang_in_native_code"):
        (source / f"{name}.pdf").write_text(name)
    command = [sys.executable, "-m", "tests.batch.driver", str(source), str(tmp_path / "out")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"good.pdf\n"
        yield run, source, tmp_path / "out"
        run.kill()


def test_a_second_run_is_refused(hanging):
    run, source, out = hanging
    with pytest.raises(BusyError, match=f"process {run.pid} on "):
        parse_folder(source, out, RunSettings(isolate=False, parse=parse))
    assert run.poll() is None


def test_workers_end_with_a_killed_run(hanging):
    run, source, out = hanging
    family = psutil.Process(run.pid).children(recursive=True)
    assert len(family) >= 3
    run.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive, [one.cmdline() for one in alive]
    (source / "hang_in_native_code.pdf").unlink()
    start = time.monotonic()
    report = parse_folder(source, out, RunSettings(isolate=False, parse=parse))
    assert time.monotonic() - start < 10
    assert [one.status for one in report.outcomes] == ["parsed"]
    assert read_table(out, "plans").num_rows == 1


def test_a_run_waits_for_the_workers_of_a_killed_one(tmp_path, monkeypatch):
    import fcntl

    out = OutputFolder(tmp_path)
    with run_lock(out):
        pass
    monkeypatch.setattr("planparse.dataset.run_lock._PATIENCE", 0.2)
    with (tmp_path / ".planparse" / "lock-workers").open() as worker:
        fcntl.flock(worker, fcntl.LOCK_SH)
        with pytest.raises(BusyError, match="workers of an earlier run"), run_lock(out):
            raise AssertionError
    with run_lock(out):
        pass


def test_the_lock_leaves_an_empty_file(tmp_path):
    with run_lock(OutputFolder(tmp_path)):
        assert (tmp_path / ".planparse" / "lock").read_bytes()
    assert (tmp_path / ".planparse" / "lock").read_bytes() == b""
