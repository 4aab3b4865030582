"""Parse one file and publish what it gave: the unit of work of a run."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from planparse import __version__
from planparse.batch.outcome import FileOutcome
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage
from planparse.datamodel.result import ParseResult
from planparse.errors import DocumentError, PlanparseError


@dataclass(frozen=True, slots=True)
class Job:
    """A file to parse; plain values, so that it can travel to another process."""

    source: Path
    out: Path
    rules: Path | None = None


def _content_hash(path: Path) -> str:
    """Give the sha256 of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _ended(source: Path, code: ProblemCode, stage: Stage, message: str) -> ParseResult:
    problem = Problem(code, Severity.REFUSED, stage, message)
    return ParseResult(source.name, _content_hash(source), None, (problem,))


def _parsed(job: Job) -> ParseResult:
    from planparse.pipeline import parse_plan

    try:
        return parse_plan(job.source, rules=job.rules)
    except DocumentError as error:
        return _ended(job.source, error.code, Stage.EXTRACT, error.message)
    except PlanparseError:
        raise
    # The program's one broad except: a fault in one file must not cost the others' results.
    except Exception as error:  # noqa: BLE001
        message = f"the parser failed, {type(error).__name__}: {error}; please report the file"
        return _ended(job.source, ProblemCode.CRASHED, Stage.BATCH, message)


def parse_file(job: Job) -> FileOutcome:
    """Parse a file and publish its rows; a fault in the file is in the outcome, never raised.

    RulesError and OutputError concern the whole run and are raised.
    """
    from planparse.store.output_folder import OutputFolder
    from planparse.store.rows import identity_of
    from planparse.store.write_plan import write_plan

    start = time.perf_counter()
    result = _parsed(job)
    rows = write_plan(result, OutputFolder(job.out), __version__)
    plan = result.plan
    return FileOutcome(
        source_file=result.source_file,
        sha256=result.sha256,
        plan_id=identity_of(result),
        status=str(result.status),
        district=None if plan is None else plan.district or plan.district_printed,
        roc_year=None if plan is None else plan.roc_year,
        page_count=None if plan is None else plan.page_count,
        rows=rows,
        problems=result.problems,
        seconds=time.perf_counter() - start,
        seconds_by_stage=dict(result.seconds),
    )
