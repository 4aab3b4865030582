"""Parse one file and publish its rows: what a worker does."""

from __future__ import annotations

import errno
import hashlib
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from planparse import __version__
from planparse.batch.inputs import is_url, read_content
from planparse.batch.job import Job, Rules
from planparse.batch.outcome import FileOutcome
from planparse.batch.worker import peak_mebibytes
from planparse.dataset.writing import (
    PLAN_TABLES,
    Entry,
    Folder,
    document_row,
    open_folder,
    plan_files,
    publish_document,
    rows_of,
)
from planparse.errors import DocumentError, PlanparseError
from planparse.model.printable import printable
from planparse.model.problem import Problem, ProblemCode, Severity, Stage, Status
from planparse.model.result import ParseResult

# A file's name may have so many bytes on most file systems.
_LONGEST_NAME = 200
# What onnxruntime, OpenCV and the C++ library say in place of a MemoryError.
_SHORT_OF_MEMORY = re.compile(
    r"bad.?alloc|allocate memory|insufficient memory|alloc.*failed", re.IGNORECASE
)


@contextmanager
def _at_hand(job: Job) -> Iterator[Path]:
    """Return a local path to the file, under a name that can be stored.

    OSError if it cannot be read.
    """
    here = Path(job.location)
    if not is_url(job.location) and here.name == printable(here.name):
        yield here
        return
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        name = job.source_file.encode()[-_LONGEST_NAME:].decode(errors="ignore")
        path = Path(folder) / (name.lstrip(".") or "document.pdf")
        path.write_bytes(read_content(job.location))
        yield path


@contextmanager
def _rules_at_hand(rules: Rules | None) -> Iterator[Path | None]:
    if rules is None:
        yield None
        return
    path = Path(rules.path)
    try:
        same = path.read_text(encoding="utf-8") == rules.content
    except OSError:
        same = False
    if same:
        yield path
        return
    # Rules are cached by their path, so it stays the same from job to job.
    digest = hashlib.sha256(rules.content.encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"planparse-rules-{digest}"
    folder.mkdir(exist_ok=True)
    path = folder / path.name
    path.write_text(rules.content, encoding="utf-8")
    yield path


def _parse_with_passwords(job: Job, path: Path, rules: Path | None) -> ParseResult:
    if job.parse is None:
        from planparse.pipeline import parse_plan as parse
    else:
        parse = job.parse
    options: dict[str, Any] = dict.fromkeys(job.options, True)
    result = parse(path, rules=rules, **options)
    for password in job.passwords:
        if result.status is not Status.NEEDS_PASSWORD:
            break
        result = parse(path, rules=rules, password=password, **options)
    return result


def _parsed(job: Job) -> ParseResult:
    try:
        with _at_hand(job) as path, _rules_at_hand(job.rules) as rules:
            return _parse_with_passwords(job, path, rules)
    except DocumentError as error:
        problem = Problem(error.code, Severity.REFUSED, Stage.EXTRACT, error.message)
        return ParseResult(job.source_file, job.sha256 or "", None, (problem,))
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError from error
        message = f"cannot read the file: {error.strerror or error}"
        return failed(job, ProblemCode.DAMAGED, message)
    except (PlanparseError, MemoryError):
        raise
    # The program's one broad except: a fault in one file must not cost the others' results.
    except Exception as error:
        if _SHORT_OF_MEMORY.search(str(error)):
            raise MemoryError from error
        message = f"the parser failed, {type(error).__name__}: {error}; please report the file"
        return failed(job, ProblemCode.CRASHED, message)


def parse_file(job: Job) -> FileOutcome:
    """Parse a file and publish its rows; a fault in the file is in the outcome, never raised.

    RulesError and OutputError concern the whole run and are raised, MemoryError ends the worker.
    """
    start = time.perf_counter()
    result = _parsed(job)
    if result.sha256 and job.sha256 and result.sha256 != job.sha256:
        message = "the file changed while the run went on; run again"
        result = failed(job, ProblemCode.DAMAGED, message)
    return publish_result(job, result, time.perf_counter() - start, peak_mebibytes())


#: The run could not come to the end of the document: nothing was learnt about it.
UNFINISHED = frozenset({Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED})
# The most problems that travel to the driver with an outcome; all of them are in the dataset.
_MOST_REFUSALS = 20


@lru_cache(maxsize=4)
def folder_of(url: str) -> Folder:
    """Open the output folder once a process."""
    return open_folder(url)


def failed(job: Job, code: ProblemCode, message: str) -> ParseResult:
    """Return the result of a file that could not be parsed to its end."""
    problem = Problem(code, Severity.REFUSED, Stage.BATCH, message)
    return ParseResult(job.source_file, job.sha256 or "", None, (problem,))


def timing_row(
    job: Job, seconds: float, stages: Mapping[str, float], peak: int | None
) -> dict[str, Any]:
    """Return the row of ``timings``; ``peak`` in mebibytes, None if unknown."""
    return {
        "source": job.source,
        "plan_id": "",
        "seconds": round(seconds, 4),
        "stages": [{"stage": s, "seconds": round(spent, 4)} for s, spent in stages.items()],
        "peak_mebibytes": peak,
    }


def publish_result(
    job: Job, result: ParseResult, seconds: float, peak: int | None = None
) -> FileOutcome:
    """Publish a result and give the outcome; OutputError if that is impossible.

    A document that could not be finished leaves what the dataset had of its file as it is.
    """
    tables = rows_of(result)
    unfinished = result.status in UNFINISHED
    kept = job.old[0] if unfinished and job.old else None
    fields = {
        "source": job.source,
        "limit_seconds": job.timeout,
        "limit_mebibytes": job.memory,
        "fingerprint": job.fingerprint,
    }
    if kept is not None:
        names = ("plan_id", "roc_year", "district", "page_count", "part", *PLAN_TABLES)
        fields |= {name: kept[name] for name in names}
        fields["reason"] = f"{result.problems[0].message}; its earlier rows are kept"
    document = document_row(result, tables, **fields)
    timing = timing_row(job, seconds, result.seconds, peak) | {"plan_id": document["plan_id"]}
    retired = tuple(plan_id for plan_id in job.retired if plan_id != document["plan_id"])
    entry = Entry(document, timing, (), retired, job.run, job.forced)
    contents = {} if kept is not None else plan_files(tables, result.sha256, __version__)
    old = job.old[1:] if kept is not None else job.old
    publish_document(folder_of(job.out), entry, contents, old)
    return FileOutcome.of_entry(entry, _refusals(result))


def _refusals(result: ParseResult) -> tuple[Problem, ...]:
    found = (p for p in result.problems if p.severity is Severity.REFUSED)
    return tuple(replace(p, box=None) for p, _ in zip(found, range(_MOST_REFUSALS), strict=False))
