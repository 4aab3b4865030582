"""Compare what was read with the truth of a drawn plan: every field, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planparse.model.plan import Plan
from planparse.model.record_differences import Difference, compare_records, plan_record


def expected_record(truth: Mapping[str, Any]) -> dict[str, Any]:
    """Return the truth as a record: of a row's departments the last ``co`` are co-departments."""
    measures = []
    for row in truth["measures"]:
        co = row.get("co")
        roles = {}
        if co is not None:
            roles = {"roles": ["lead"] * (len(row["departments"]) - co) + ["co"] * co}
        measures.append({**row, **roles})
    return {**truth, "measures": measures}


def compare(truth: Mapping[str, Any], plan: Plan | None) -> list[Difference]:
    """Return every difference, missing and extra rows included; empty: read exactly."""
    if plan is None:
        return [Difference(None, "plan", truth["title"], None)]
    dumped = plan.model_dump()
    got = plan_record(dumped, dumped["sections"], dumped["measures"])
    found = compare_records(expected_record(truth), got)
    return [
        *found.differences,
        *(Difference(row["seq"], "row_missing", row, None) for row in found.missing),
        *(Difference(None, "row_extra", None, row) for row in found.extra),
    ]
