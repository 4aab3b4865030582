"""Two plans for one district and year: told in the problems of both, as long as both are there.

Only a run as a whole can see it, so a plan's problems are published once more where they change.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planparse.batch.outcome import FileOutcome
from planparse.datamodel.problem import ProblemCode, Severity, Stage, Status
from planparse.store.folder import Folder
from planparse.store.journal import Entry
from planparse.store.publish_document import publish_document
from planparse.store.state import Row, files_of

_PUBLISHED = frozenset({str(Status.PARSED), str(Status.PARSED_WITH_PROBLEMS)})


def _groups(outcomes: Iterable[FileOutcome]) -> dict[tuple[int, str], list[FileOutcome]]:
    """Give the published plans by year and district, those whose year and district are known."""
    groups: dict[tuple[int, str], list[FileOutcome]] = {}
    for one in outcomes:
        row = one.document
        known = row["roc_year"] is not None and row["district"] is not None
        if known and row["plans"] and one.outcome in _PUBLISHED and not row["part"]:
            groups.setdefault((row["roc_year"], row["district"]), []).append(one)
    return groups


def _message(one: FileOutcome, group: Sequence[FileOutcome]) -> str | None:
    """Say which other files hold a plan for the same district and year; None if none does."""
    others = sorted(other.source for other in group if other.plan_id != one.plan_id)
    if not others:
        return None
    year, district = one.document["roc_year"], one.document["district"]
    names = ", ".join(others)
    return f"another plan for {district} {year} is in {names}; choose one of them before counting"


def _rows(content: bytes) -> tuple[list[dict[str, Any]], Mapping[str, Any]]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    metadata = json.loads((table.schema.metadata or {}).get(b"planparse", b"{}"))
    return table.to_pylist(), metadata


def _problem(document: Row, message: str) -> dict[str, Any]:
    return {
        "plan_id": document["plan_id"],
        "source_file": document["source_file"],
        "code": str(ProblemCode.DUPLICATE_PLAN),
        "severity": str(Severity.WARNING),
        "stage": str(Stage.BATCH),
        "message": message,
        **dict.fromkeys(("measure", "page", "left", "top", "right", "bottom")),
    }


def _republished(folder: Folder, one: FileOutcome, message: str | None, run: int) -> FileOutcome:
    """Publish a plan with the problem as it should be; the same outcome where it is so already."""
    from planparse.store.write_plan import parquet_bytes

    old = one.document
    contents = {table: folder.read(path) for table, path in files_of(old).items()}
    plans, metadata = _rows(contents["plans"])
    problems = _rows(contents["problems"])[0] if "problems" in contents else []
    code = str(ProblemCode.DUPLICATE_PLAN)
    if [row["message"] for row in problems if row["code"] == code] == (
        [message] if message else []
    ):
        return one
    problems = [row for row in problems if row["code"] != code]
    problems += [] if message is None else [_problem(old, message)]
    problems = [{**row, "seq": seq} for seq, row in enumerate(problems, 1)]
    warned = any(row["severity"] == Severity.WARNING for row in problems)
    status = str(Status.PARSED_WITH_PROBLEMS if warned else Status.PARSED)
    contents["plans"] = parquet_bytes("plans", [{**plans[0], "status": status}], metadata)
    contents.pop("problems", None)
    if problems:
        contents["problems"] = parquet_bytes("problems", problems, metadata)
    document = {
        **old,
        "status": old["status"] if old["status"] not in _PUBLISHED else status,
        "outcome": status,
        "problems": len(problems),
        "duplicate_plan": message is not None,
    }
    publish_document(folder, Entry(document, one.timing, run=run), contents, [old])
    return replace(one, document=document)


def mark_duplicates(folder: Folder, outcomes: Sequence[FileOutcome], run: int) -> list[FileOutcome]:
    """Give the outcomes after every plan tells whether there is another one like it."""
    messages = {
        id(one): _message(one, group) for group in _groups(outcomes).values() for one in group
    }
    return [
        _republished(folder, one, messages[id(one)], run)
        if id(one) in messages and (messages[id(one)] or one.document.get("duplicate_plan"))
        else one
        for one in outcomes
    ]
