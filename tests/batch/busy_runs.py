"""Runs beside busy processes, and how each ended: python -m tests.batch.busy_runs.

A fault at a process's end shows only where its threads have to wait for the processor.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planparse.cli.exit_codes import ExitCode

PLANS = Path(__file__).parents[1] / "producers"
_RUN = "import sys; from planparse.cli import main; main()"


@contextmanager
def busy_processes(count: int) -> Iterator[None]:
    """Keep processes busy for as long as the block lasts."""
    endless = [sys.executable, "-c", "while True: pass"]
    started = [subprocess.Popen(endless) for _ in range(count)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def exit_codes(source: Path, out: Path, runs: int) -> Iterator[int]:
    """Yield the exit code of each run; the first reads the plans, the others find them read."""
    command = [sys.executable, "-c", _RUN, "run", str(source), "--out", str(out)]
    for _ in range(runs):
        yield subprocess.run(command, check=False, capture_output=True).returncode


def main() -> int:
    """Print the exit codes; return 1 if one of them is not documented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--busy", type=int, default=8)
    parser.add_argument("--plan", default="calc-cut-lines.pdf", help="a file of tests/producers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, busy_processes(options.busy):
        source = Path(folder) / "plans"
        source.mkdir()
        (source / options.plan).write_bytes((PLANS / options.plan).read_bytes())
        found = Counter(exit_codes(source, Path(folder) / "out", options.runs))
    documented = {int(code) for code in ExitCode}
    print(f"{options.runs} runs beside {options.busy} busy processes, by exit code:", dict(found))
    return int(not set(found) <= documented)


if __name__ == "__main__":
    sys.exit(main())
