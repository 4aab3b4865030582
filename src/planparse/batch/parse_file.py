"""Parse one file and publish what it gave: what a worker does."""

from __future__ import annotations

import errno
import hashlib
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planparse.batch.inputs import is_url, read_content
from planparse.batch.job import Job, Rules
from planparse.batch.memory import peak_mebibytes
from planparse.batch.outcome import FileOutcome
from planparse.batch.publish_result import failed, publish_result
from planparse.datamodel.printable import printable
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage, Status
from planparse.datamodel.result import ParseResult
from planparse.errors import DocumentError, PlanparseError

# A file's name may have so many bytes on most file systems.
_LONGEST_NAME = 200
# What onnxruntime, OpenCV and the C++ library say in place of a MemoryError.
_SHORT_OF_MEMORY = re.compile(
    r"bad.?alloc|allocate memory|insufficient memory|alloc.*failed", re.IGNORECASE
)


@contextmanager
def _at_hand(job: Job) -> Iterator[Path]:
    """Give a local path to the file, under a name that can be stored.

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
