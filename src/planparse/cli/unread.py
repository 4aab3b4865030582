"""What no rule reads, counted over a data set: the last line of a run."""

from __future__ import annotations

from planparse.datamodel.problem import ProblemCode
from planparse.store.read_table import read_table

_UNREAD = frozenset(
    {
        ProblemCode.HEADING_UNKNOWN,
        ProblemCode.DEPARTMENT_UNKNOWN,
        ProblemCode.PERIOD_UNKNOWN,
        ProblemCode.LEGAL_BASIS_UNKNOWN,
        ProblemCode.DATE_UNKNOWN,
        ProblemCode.DISTRICT_UNKNOWN,
        ProblemCode.YEAR_UNKNOWN,
    }
)


def unread(out: str) -> str | None:
    """Count the headings, departments, periods … that no rule reads; None if there are none."""
    found = read_table(out, "problems").column("code").value_counts().to_pylist()
    counts = {entry["values"]: entry["counts"] for entry in found if entry["values"] in _UNREAD}
    if not counts:
        return None
    listed = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
    return f"read by no rule: {listed} (the table problems names them, --rules takes more rules)"
