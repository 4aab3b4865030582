"""``make soak``: python -m tests.soak [--documents N] [--keep FOLDER].

A hundred different plans come again and again, each time as another file, so that every hundred
documents is the same work. It fails where memory grows by more than a fifth, the last hundred is
slower than nine tenths of the first, or two processes do less than 1.7 times what one does.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from planparse.batch.job import RunSettings
from planparse.batch.outcome import FileOutcome
from planparse.batch.parse_folder import parse_folder
from tests.unseen.plan import draw_plan

ROOT = Path(__file__).parents[2]
DIFFERENT = 100
MOST_MEMORY, LEAST_PACE, LEAST_GAIN = 1.2, 0.9, 1.7


@dataclass(slots=True)
class Watch:
    """What a run looked like from outside, each time that a document was done."""

    times: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    working: list[float] = field(default_factory=list)

    def on_done(self, outcome: FileOutcome) -> None:
        """Note time and memory."""
        self.times.append(time.perf_counter())
        self.memory.append(resident())
        self.working.append(outcome.seconds)

    def pace(self, first: int, last: int) -> float:
        """Give documents a second between two documents."""
        return (last - first) / (self.times[last] - self.times[first])


def resident() -> int:
    """Give the resident memory of this process and of all that it started, in MiB."""
    total = 0
    for one in (psutil.Process(), *psutil.Process().children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.Error:  # a worker that ended meanwhile
            continue
    return total >> 20


def write_documents(folder: Path, count: int) -> None:
    """Write the files: drawn plans and the known ones with a text layer."""
    known = sorted((ROOT / "raw_pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)[:4]
    plans = [path.read_bytes() for path in known]
    plans += [draw_plan(seed).pdf for seed in range(DIFFERENT - len(plans))]
    for number in range(count):
        content = plans[number % DIFFERENT] + b"%% copy %d\n" % (number // DIFFERENT)
        (folder / f"{number:05}.pdf").write_bytes(content)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="planparse-soak-") as work:
        yield Path(work)


def run(source: Path, out: Path, jobs: int) -> Watch:
    """Run over all documents and watch."""
    watch = Watch()
    start = time.perf_counter()
    report = parse_folder(source, out, RunSettings(jobs=jobs), on_done=watch.on_done)
    seconds = time.perf_counter() - start
    print(f"{jobs} processes: {len(watch.times)} documents, {seconds:.0f} s in all;")
    parsed = watch.pace(0, len(watch.times) - 1)
    print(f"  {parsed:.1f} documents a second, {sum(watch.working):.0f} s in workers")
    print(f"  after the last document: {start + seconds - watch.times[-1]:.1f} s")
    assert len(report.outcomes) == len(watch.times)
    return watch


def main() -> int:
    """Soak; 1 if something is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="folder for input and output")
    options = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with _folder(options.keep) as work:
        (work / "in").mkdir(exist_ok=True)
        write_documents(work / "in", options.documents)
        two = run(work / "in", work / "out-2", 2)
        one = run(work / "in", work / "out-1", 1)
    last = len(two.times) - 1
    early, late = two.memory[50], two.memory[last]
    pace = two.pace(last - 100, last) / two.pace(1, 101)
    gain = two.pace(1, last) / one.pace(1, last)
    print(f"memory: {early} MiB after 50, {late} MiB at the end, {max(two.memory)} at most")
    print(f"pace of the last hundred: {pace:.2f} of the first")
    print(f"two processes: {gain:.2f} times one, on {os.cpu_count()} processors")
    return int(late > MOST_MEMORY * early or pace < LEAST_PACE or gain < LEAST_GAIN)


if __name__ == "__main__":
    sys.exit(main())
