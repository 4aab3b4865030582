"""Publish what became of a job: the last step, wherever the job ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from planparse import __version__
from planparse.batch.job import Job
from planparse.batch.outcome import FileOutcome
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage, Status
from planparse.datamodel.result import ParseResult
from planparse.store.folder import Folder
from planparse.store.journal import Entry
from planparse.store.open_folder import open_folder
from planparse.store.publish_document import publish_document
from planparse.store.rows import rows_of
from planparse.store.tables import PLAN_TABLES
from planparse.store.write_plan import document_row, plan_files

#: The run could not come to the end of the document: nothing was learnt about it.
UNFINISHED = frozenset({Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED})
# The most problems that travel to the driver with an outcome; all of them are in the data set.
_MOST_REFUSALS = 20


@lru_cache(maxsize=4)
def folder_of(url: str) -> Folder:
    """Open the output folder once a process."""
    return open_folder(url)


def failed(job: Job, code: ProblemCode, message: str) -> ParseResult:
    """Give the result of a file that could not be parsed to its end."""
    problem = Problem(code, Severity.REFUSED, Stage.BATCH, message)
    return ParseResult(job.source_file, job.sha256 or "", None, (problem,))


def timing_row(
    job: Job, seconds: float, stages: Mapping[str, float], peak: int | None
) -> dict[str, Any]:
    """Give the row of ``timings``; ``peak`` in mebibytes, None if unknown."""
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

    A document that could not be finished leaves what the data set had of its file as it is.
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
