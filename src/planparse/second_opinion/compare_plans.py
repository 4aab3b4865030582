"""Compare two readings of one plan, record by record; white space never counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planparse.datamodel.plan import Plan
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage
from planparse.datamodel.record_alignment import row_text
from planparse.datamodel.record_differences import compare_records, plan_record

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that two extractors read differently.

    ``measure`` is the seq in the first reading, None where the plan or a section differs;
    ``first`` or ``second`` is None where that reading lacks the record.
    """

    measure: int | None
    field: str
    first: str | None
    second: str | None
    page: int | None = None

    def __str__(self) -> str:
        where = "" if self.measure is None else f"measure {self.measure} "
        return f"{where}{self.field}: {_quoted(self.first)} against {_quoted(self.second)}"

    def problem(self, extractor: str) -> Problem:
        """Give it as a problem of the rows that it touches; ``extractor`` gave the second."""
        return Problem(
            ProblemCode.EXTRACTOR_DISAGREEMENT,
            Severity.WARNING,
            Stage.LEDGER,
            f"{extractor} reads {self.field} as {_quoted(self.second)}, not {_quoted(self.first)}; "
            "compare with the page",
            page=self.page,
            measure=self.measure,
        )


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _printed(value: Any) -> str | None:
    """Return what a field prints, without white space; parts of a list are divided by |."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return "/".join(_printed(one) or "" for one in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "|".join(_printed(one) or "" for one in value)
    return "".join(str(value).split())


def _record(plan: Plan) -> dict[str, Any]:
    dumped = plan.model_dump()
    return plan_record(dumped, dumped["sections"], dumped["measures"])


def compare_plans(first: Plan | None, second: Plan | None) -> list[Disagreement]:
    """Return all on which two readings of one plan disagree; empty where they are identical."""
    if first is None or second is None:
        if first is second:
            return []
        found = first or second
        title = "" if found is None else found.title or found.source_file
        return [Disagreement(None, "plan", title if first else None, title if second else None)]
    compared = compare_records(_record(first), _record(second))
    differing = [
        Disagreement(one.row, one.field, _printed(one.expected), _printed(one.got), one.page)
        for one in compared.differences
    ]
    differing += [
        Disagreement(row["seq"], "measures", row_text(row), None, row["page_first"])
        for row in compared.missing
    ]
    return differing + [
        Disagreement(None, "measures", None, row_text(row), row["page_first"])
        for row in compared.extra
    ]
