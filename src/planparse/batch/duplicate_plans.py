"""Two plans for one district and year: told in the problems of both, as long as both are there.

Only a run as a whole can see it, so a plan's problems are published once more where they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planparse.batch.outcome import FileOutcome
from planparse.dataset.writing import (
    Entry,
    Folder,
    Row,
    files_of,
    parquet_bytes,
    publish_document,
    read_with_metadata,
    unpack,
)
from planparse.model.problem import ProblemCode, Severity, Stage, Status

_PUBLISHED = frozenset({str(Status.PARSED), str(Status.PARSED_WITH_PROBLEMS)})

# A thousand copies of one plan, each a little different, must not make a million names.
_MOST_NAMES = 5


def _groups(outcomes: Iterable[FileOutcome]) -> dict[tuple[int, str], list[FileOutcome]]:
    """Return the published plans by year and district, those whose year and district are known."""
    groups: dict[tuple[int, str], list[FileOutcome]] = {}
    for one in outcomes:
        row = one.document
        known = row["roc_year"] is not None and row["district"] is not None
        if known and row["plans"] and one.outcome in _PUBLISHED:
            groups.setdefault((row["roc_year"], row["district"]), []).append(one)
    return groups


def _message(one: FileOutcome, group: Sequence[FileOutcome]) -> str | None:
    """Return which other files hold a plan for the same district and year; None if none does."""
    others = sorted(other.source for other in group if other.plan_id != one.plan_id)
    if not others:
        return None
    year, district = one.document["roc_year"], one.document["district"]
    names = ", ".join(others[:_MOST_NAMES])
    if len(others) > _MOST_NAMES:
        names += f" and {len(others) - _MOST_NAMES} more"
    return f"another plan for {district} {year} is in {names}; choose one of them before counting"


def _rows(content: bytes, plan_id: str) -> tuple[list[dict[str, Any]], Mapping[str, Any]]:
    table, metadata = read_with_metadata(content)
    return [row for row in table.to_pylist() if row["plan_id"] == plan_id], metadata


def _is_told(folder: Folder, one: FileOutcome, message: str | None) -> bool:
    """Return True if a plan's problems say this already."""
    files = files_of(one.document)
    rows = _rows(folder.read(files["problems"]), one.plan_id)[0] if "problems" in files else []
    told = [row["message"] for row in rows if row["code"] == ProblemCode.DUPLICATE_PLAN]
    return told == ([message] if message else [])


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
    """Publish a plan with the problem as it should be."""
    old = one.document
    contents = {table: folder.read(path) for table, path in files_of(old).items()}
    plans, metadata = _rows(contents["plans"], one.plan_id)
    problems = _rows(contents["problems"], one.plan_id)[0] if "problems" in contents else []
    problems = [row for row in problems if row["code"] != ProblemCode.DUPLICATE_PLAN]
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


def _with_own_files(
    folder: Folder, outcomes: Iterable[FileOutcome], parts: set[str], run: int
) -> list[FileOutcome]:
    """Return the outcomes after the plans of some compacted files have files of their own."""
    if not parts:
        return list(outcomes)
    unpack(folder, parts, run)
    return [
        replace(one, document={**one.document, "part": None})
        if one.document["part"] in parts
        else one
        for one in outcomes
    ]


def mark_duplicates(folder: Folder, outcomes: Sequence[FileOutcome], run: int) -> list[FileOutcome]:
    """Return the outcomes after every plan tells whether there is another one like it."""
    messages = {
        one.plan_id: _message(one, group) for group in _groups(outcomes).values() for one in group
    }
    changing = {
        one.plan_id
        for one in outcomes
        if one.plan_id in messages
        and one.outcome in _PUBLISHED
        and (messages[one.plan_id] or one.document["duplicate_plan"])
        and not _is_told(folder, one, messages[one.plan_id])
    }
    parts = {str(one.document["part"]) for one in outcomes if one.plan_id in changing}
    return [
        _republished(folder, one, messages[one.plan_id], run)
        if one.plan_id in changing and one.outcome in _PUBLISHED
        else one
        for one in _with_own_files(folder, outcomes, parts - {"None"}, run)
    ]
