"""Rows of every table from what parsing a file gave."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256 as sha256_of
from typing import Any

from planparse.dataset.records import LedgerKind, ProblemRow, RepairRow
from planparse.model.page import Repair
from planparse.model.plan import Plan, Record
from planparse.model.problem import Problem, Status
from planparse.model.provenance import Ledger
from planparse.model.result import ParseResult

Row = dict[str, Any]

_EDGES = frozenset({"left", "top", "right", "bottom"})
_UNPUBLISHED = frozenset({Status.REFUSED, Status.NO_PLAN_TABLE})


def id_of(sha256: str | None, source_file: str) -> str:
    """Return the plan_id: 16 hex digits of the content's sha256, of the name if none was read."""
    return (sha256 or sha256_of(source_file.encode(errors="replace")).hexdigest())[:16]


def identity_of(result: ParseResult) -> str:
    """Return the plan_id of a result."""
    return id_of(result.sha256, result.source_file)


def rounded(row: Row) -> Row:
    """Round the edges of boxes to 0.01 points, 4 micrometres: the files stay small."""
    return {name: _rounded(name, value) for name, value in row.items()}


def _rounded(name: str, value: Any) -> Any:
    if name in _EDGES and value is not None:
        return round(value, 2)
    if isinstance(value, dict):
        return rounded(value)
    if isinstance(value, tuple | list):
        return [_rounded("", entry) for entry in value]
    return value


def _finding_rows(record: type[Record], findings: Iterable[Problem | Repair]) -> list[Row]:
    """Return the columns of ``record`` for each: its own fields, its box's edges, its number."""
    rows = []
    for seq, finding in enumerate(findings, 1):
        row: Row = {"seq": seq} | {edge: getattr(finding.box, edge, None) for edge in _EDGES}
        own = [name for name in record.model_fields if name not in row]
        rows.append(row | {name: _plain(getattr(finding, name)) for name in own})
    return rows


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else value


def _plan_rows(plan: Plan, result: ParseResult) -> dict[str, list[Row]]:
    published = result.status not in _UNPUBLISHED
    measures = [measure.model_dump() for measure in (plan.measures if published else ())]
    sections = [
        {"seq": seq, **section.model_dump()}
        for seq, section in enumerate(plan.sections if published else (), 1)
    ]
    row = plan.model_dump(exclude={"sections", "measures"})
    outcome = {"measure_count": len(measures), "status": str(result.status)}
    return {"plans": [{**row, **outcome}], "sections": sections, "measures": measures}


def _ledger_rows(ledger: Ledger | None) -> list[Row]:
    """Count what was read, where it went, and what went nowhere or twice."""
    if ledger is None:
        return []
    entries: list[tuple[LedgerKind, str | None, int]] = [
        *[(LedgerKind.PLACED, name, count) for name, count in ledger.placed.items()],
        *[(LedgerKind.DROPPED, name, count) for name, count in ledger.dropped.items()],
        (LedgerKind.READ, None, ledger.glyphs),
        (LedgerKind.MISSING, None, len(ledger.missing)),
        (LedgerKind.DOUBLED, None, len(ledger.doubled)),
    ]
    return [
        {"seq": seq, "kind": str(kind), "name": name, "glyphs": count}
        for seq, (kind, name, count) in enumerate(entries, 1)
    ]


def rows_of(result: ParseResult) -> dict[str, list[Row]]:
    """Return the rows of every table; a refused plan has its row in plans, and no measures."""
    tables: dict[str, list[Row]] = {"plans": [], "sections": [], "measures": []}
    if result.plan is not None:
        tables = _plan_rows(result.plan, result)
    tables["problems"] = _finding_rows(ProblemRow, result.problems)
    tables["repairs"] = _finding_rows(RepairRow, result.repairs)
    tables["ledger"] = _ledger_rows(result.ledger)
    keys = {"plan_id": identity_of(result), "source_file": result.source_file}
    return {name: [rounded({**row, **keys}) for row in rows] for name, rows in tables.items()}
