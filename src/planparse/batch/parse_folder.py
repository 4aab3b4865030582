"""Parse every PDF of a folder into the data set."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.parse_file import Job, parse_file
from planparse.errors import InputError
from planparse.publish.describe import describe
from planparse.store.output_folder import OutputFolder
from planparse.store.write_run import write_run

OnDone = Callable[[FileOutcome], None]


def find_files(source: Path) -> list[Path]:
    """List a folder's PDF files, folders inside it too, or the one file given; by their names.

    InputError if there are none.
    """
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise InputError(f"{source} is not there; give a folder of PDF files or one file")
    found = [
        path
        for path in source.rglob("*")
        if path.suffix.lower() == ".pdf" and not path.name.startswith(".") and path.is_file()
    ]
    if not found:
        raise InputError(f"{source} holds no PDF file")
    return sorted(found, key=lambda path: path.relative_to(source).as_posix())


def _without_copies(files: list[Path]) -> tuple[list[Path], list[FileOutcome]]:
    """Part the files into those to parse and those whose content an earlier one has already."""
    seen: dict[str, Path] = {}
    copies: list[FileOutcome] = []
    for path in files:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            digest = f"unreadable {path}"
        if digest in seen:
            copies.append(FileOutcome(path.name, digest, digest[:16], "duplicate"))
        else:
            seen[digest] = path
    return list(seen.values()), copies


def _outcomes(jobs: list[Job], workers: int) -> Iterator[FileOutcome]:
    if workers <= 1 or len(jobs) <= 1:
        yield from map(parse_file, jobs)
        return
    # "spawn": MuPDF and onnxruntime hold threads that a fork would copy half.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(parse_file, job) for job in jobs]):
            yield future.result()


def _record(outcome: FileOutcome) -> dict[str, Any]:
    codes = Counter(str(problem.code) for problem in outcome.problems)
    return {
        "source_file": outcome.source_file,
        "sha256": outcome.sha256,
        "plan_id": outcome.plan_id,
        "status": outcome.status,
        "roc_year": outcome.roc_year,
        "district": outcome.district,
        "page_count": outcome.page_count,
        "rows": dict(sorted(outcome.rows.items())),
        "problems": dict(sorted(codes.items())),
    }


def parse_folder(
    source: Path,
    out: Path,
    *,
    jobs: int = 1,
    rules: Path | None = None,
    on_start: Callable[[int], None] = lambda _: None,
    on_done: OnDone = lambda _: None,
) -> RunReport:
    """Parse a folder's files into ``out``; ``on_start`` gets their number, ``on_done`` each.

    InputError if there is nothing to parse, OutputError if ``out`` cannot be written, RulesError
    if the rules cannot be read. A faulty file ends none of the others.
    """
    start = time.perf_counter()
    files, copies = _without_copies(find_files(source))
    folder = OutputFolder(out)
    folder.sweep()
    on_start(len(files))
    done = list(copies)
    for outcome in _outcomes([Job(path, out, rules) for path in files], jobs):
        done.append(outcome)
        on_done(outcome)
    report = RunReport(
        tuple(sorted(done, key=lambda one: (one.source_file, one.sha256, one.status))),
        time.perf_counter() - start,
    )
    write_run(folder, [_record(outcome) for outcome in report.outcomes], rules)
    describe(folder)
    folder.sweep()
    return report
