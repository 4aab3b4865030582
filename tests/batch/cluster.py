"""A Dask cluster and an S3 server of processes on loopback, for tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which planparse and its tests can be imported."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", **more}


@contextmanager
def process(*arguments: str, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python module in a process group of its own, which ends with the block."""
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=environment(**more),
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as running,
    ):
        try:
            yield running
        finally:
            end_group(running)


def end_group(running: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def wait_for_text(path: Path, text: str, seconds: float = 60.0) -> str:
    """Wait until a log holds a text; give the log."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists() and text in path.read_text(errors="replace"):
            return path.read_text(errors="replace")
        time.sleep(0.05)
    raise TimeoutError(path.read_text(errors="replace"))


@contextmanager
def dask_cluster(
    folder: Path, variables: Mapping[str, str] | None = None, workers: int = 2
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give the address of a scheduler with workers, each a process with its nanny."""
    place = folder / "scheduler.json"
    more = dict(variables or {})
    quiet = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = ("distributed.cli.dask_scheduler", "--port", "0", *quiet)
    with process(*scheduler, "--scheduler-file", str(place), log=folder / "scheduler.log", **more):
        end = time.monotonic() + 60
        while not place.exists() and time.monotonic() < end:
            time.sleep(0.05)
        with _workers(folder, workers, place, more) as running:
            log = wait_for_text(folder / "scheduler.log", "Scheduler at:")
            address = next(line for line in log.splitlines() if "Scheduler at:" in line).split()[-1]
            yield address, running


@contextmanager
def _workers(
    folder: Path, count: int, place: Path, more: dict[str, str]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    if count == 0:
        yield []
        return
    log = folder / f"worker-{count}.log"
    arguments = ("--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    with process(
        "distributed.cli.dask_worker",
        *arguments,
        *("--scheduler-file", str(place), "--local-directory", str(folder / f"scratch-{count}")),
        log=log,
        **more,
    ) as one:
        wait_for_text(log, "Starting established connection")
        with _workers(folder, count - 1, place, more) as others:
            yield [one, *others]


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Give the address of an S3 server with an empty bucket ``plans``."""
    log = folder / "s3.log"
    with process("moto.server", "-H", "127.0.0.1", "-p", "0", log=log):
        text = wait_for_text(log, "Running on http://127.0.0.1:")
        port = text.split("Running on http://127.0.0.1:")[1].split()[0]
        yield f"http://127.0.0.1:{port}"


def s3_environment(endpoint: str) -> dict[str, str]:
    """Give the variables that lead every S3 client to the server; its keys are made up."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
