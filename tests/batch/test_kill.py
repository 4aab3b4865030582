"""SIGKILL at random moments: no reader ever sees half a plan, and nothing is lost."""

import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from tests.batch.editions import COUNT, parse, read_whole, title, write_edition

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("PLANPARSE_KILLS", "50"))


def contents(root):
    """Give every file but the timings, which differ from run to run, and the locks."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not {"timings", ".planparse"} & set(path.parts)
    }


@pytest.fixture
def editions(tmp_path):
    """A finished data set of the first edition, and the second edition in its input folder."""
    source = tmp_path / "in"
    write_edition(source, 1)
    settings = RunSettings(isolate=False, parse=parse)
    parse_folder(source, tmp_path / "first", settings)
    write_edition(source, 2)
    shutil.copytree(tmp_path / "first", tmp_path / "undisturbed")
    parse_folder(source, tmp_path / "undisturbed", settings)
    shutil.copytree(tmp_path / "undisturbed", tmp_path / "run again")
    parse_folder(source, tmp_path / "run again", settings)
    return source, tmp_path


def finished_as(root):
    """Give what an undisturbed run leaves, and what one more leaves after it.

    A run that is killed when all its work is done has finished; the next is another run.
    """
    return contents(root / "undisturbed"), contents(root / "run again")


class Reader(threading.Thread):
    """Reads all the time, as planparse does and as others do, and keeps what it saw."""

    def __init__(self, out):
        super().__init__(daemon=True)
        self.out = out
        self.done = threading.Event()
        self.reads = 0
        self.seen: set[str] = set()
        self.fault: BaseException | None = None

    def run(self):
        try:
            while not self.done.is_set():
                titles = read_whole(self.out)
                assert len(titles) >= COUNT, f"lost: {sorted(titles)}"
                self.seen |= titles
                self.reads += 1
                self.read_naively()
        except BaseException as error:  # noqa: BLE001 - raised again where the test waits
            self.fault = error

    def read_naively(self):
        """Read a folder without a look at the journal: each plan old or new, never both."""
        try:
            rows = pd.read_parquet(self.out / "measures", columns=["source_file", "plan_id"])
        except OSError:  # a file of the listing was gone: such a reader has to read again
            return
        plans = rows.drop_duplicates()
        assert not plans["source_file"].duplicated().any(), "doubled for a reader of the files"

    def stop(self):
        self.done.set()
        self.join(30)
        if self.fault is not None:
            raise self.fault


def test_killed_at_random_moments(editions, tmp_path):
    source, root = editions
    expected = finished_as(root)
    command = [sys.executable, "-m", "tests.batch.kill_server", str(source), "OUT"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    killed = finished = 0
    seed = random.randrange(1 << 32)
    rng = random.Random(seed)
    longest = 0.25
    while killed < KILLS:
        out = tmp_path / f"out-{finished}"
        shutil.copytree(root / "first", out)
        command[-1] = str(out)
        reader = Reader(out)
        reader.start()
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=-1, stdout=-1, text=True, bufsize=1
        ) as server:
            assert server.stdin
            assert server.stdout
            seconds = longest
            ended = "killed"
            while ended == "killed":
                seconds = rng.uniform(0, longest)
                server.stdin.write(f"{seconds}\n")
                ended = server.stdout.readline().strip()
                killed += ended == "killed"
                # A slow machine does nothing in the time that a quick one needs: give it more.
                longest *= 1.05
            server.stdin.close()
        reader.stop()
        assert ended == "finished", f"{ended}, seed {seed}"
        assert contents(out) in expected, f"seed {seed}"
        assert reader.reads > 0
        # What is left to do after a kill is little: shorter times find more of the moments.
        longest = max(0.03, 0.8 * seconds)
        finished += 1
    assert finished > 0
    assert reader.seen <= {title(n, e) for n in range(COUNT + 1) for e in (1, 2)}


def test_a_run_with_workers_is_killed_and_goes_on(editions, tmp_path):
    source, root = editions
    out = tmp_path / "out"
    shutil.copytree(root / "first", out)
    command = [sys.executable, "-m", "tests.batch.driver", str(source), str(out), "editions"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    reader = Reader(out)
    reader.start()
    for kill_after in (1, 3, 2, None):
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=-1, text=True) as run:
            assert run.stdout
            for done, _ in enumerate(run.stdout, 1):
                if done == kill_after:
                    run.kill()
                    break
    reader.stop()
    assert contents(out) in finished_as(root)
