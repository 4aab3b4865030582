"""Compare what was read with the truth: every field, exactly; white space does not count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from planparse.datamodel.plan import ColumnRole, DepartmentRole, Measure, Plan, Section

PLAN_FIELDS = ("title", "district", "roc_year", "issued", "columns", "extra_columns")
ROW_FIELDS = (
    *("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task", "measure_no", "text"),
    *("points", "departments", "roles", "period", "extras", "pages"),
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that was read wrongly. ``seq`` is the row in the truth, None for the plan."""

    field: str
    seq: int | None
    expected: Any
    got: Any

    def __str__(self) -> str:
        place = "plan" if self.seq is None else f"row {self.seq}"
        return f"{place} {self.field}: expected {self.expected!r}, got {self.got!r}"


def bare(value: Any) -> Any:
    """Take all white space out of a value's texts."""
    if isinstance(value, str):
        return _SPACE.sub("", value)
    if isinstance(value, Mapping):
        return {bare(key): bare(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [bare(one) for one in value]
    return value


def expected_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put a row of the truth in the form that is compared."""
    made = {name: row.get(name) for name in ROW_FIELDS[:8]}
    made["text"] = row["text"]
    made["points"] = [[point["no"], point["text"]] for point in row["points"]]
    made["departments"] = row["departments"]
    if "co" in row:
        count = len(row["departments"])
        made["roles"] = ["lead"] * (count - row["co"]) + ["co"] * row["co"]
    made["period"] = row["period"]
    if "extras" in row:
        made["extras"] = sorted([one["column"], one["text"]] for one in row["extras"])
    if "page_first" in row:
        made["pages"] = [row["page_first"], row["page_last"]]
    return {name: bare(value) for name, value in made.items()}


def read_row(measure: Measure) -> dict[str, Any]:
    """Put a measure that was read in the form that is compared: leads first, then co."""
    listed = sorted(measure.departments, key=lambda one: one.role is DepartmentRole.CO)
    made: dict[str, Any] = {name: getattr(measure, name) for name in ROW_FIELDS[:8]}
    made["points"] = [[point.no, point.text] for point in measure.points]
    made["departments"] = [one.printed.rstrip("、") for one in listed]
    made["roles"] = [one.role.value for one in listed]
    made["period"] = measure.period
    made["extras"] = sorted([one.column, one.text] for one in measure.extras if one.text)
    made["pages"] = [measure.page_first, measure.page_last]
    return {name: bare(value) for name, value in made.items()}


def _plan_fields(plan: Plan) -> dict[str, Any]:
    known = [one for one in plan.columns if one.role is not ColumnRole.EXTRA]
    extra = [one for one in plan.columns if one.role is ColumnRole.EXTRA]
    return {
        "title": plan.title,
        "district": plan.district_printed,
        "roc_year": plan.roc_year,
        "issued": plan.issued,
        "columns": {one.role.value: one.printed for one in known},
        "extra_columns": [one.printed for one in extra],
    }


def compare(truth: Mapping[str, Any], plan: Plan | None) -> list[Difference]:
    """List every difference, missing and extra rows included; empty: read exactly."""
    if plan is None:
        return [Difference("plan", None, truth["title"], None)]
    got = _plan_fields(plan)
    found = [
        Difference(name, None, truth[name], got[name])
        for name in PLAN_FIELDS
        if name in truth and bare(truth[name]) != bare(got[name])
    ]
    found += _sections(truth.get("sections", []), plan.sections)
    expected = [expected_row(row) for row in truth["measures"]]
    return found + _rows(expected, [read_row(one) for one in plan.measures])


def _sections(truth: list[dict[str, Any]], read: Sequence[Section]) -> list[Difference]:
    """Compare the sections place by place; a missing or extra one is a difference too."""
    found = []
    for index in range(max(len(truth), len(read))):
        expected = bare(truth[index]) if index < len(truth) else None
        got = bare(read[index].model_dump(exclude={"where"})) if index < len(read) else None
        if expected is None or got is None:
            found.append(Difference("sections", None, expected, got))
            continue
        found += [
            Difference(f"section.{name}", None, value, got[name])
            for name, value in expected.items()
            if got[name] != value
        ]
    return found


def _rows(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[Difference]:
    if len(expected) == len(got):
        pairs = [(index, index) for index in range(len(expected))]
    else:
        pairs = _aligned(expected, got)
    found: list[Difference] = []
    for at, index in pairs:
        found += [
            Difference(name, at + 1, value, got[index][name])
            for name, value in expected[at].items()
            if got[index][name] != value
        ]
    missing = set(range(len(expected))) - {at for at, _ in pairs}
    extra = set(range(len(got))) - {index for _, index in pairs}
    found += [Difference("row_missing", at + 1, expected[at], None) for at in sorted(missing)]
    found += [Difference("row_extra", None, None, got[index]) for index in sorted(extra)]
    return found


def _aligned(expected: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[tuple[int, int]]:
    keys = [(row["measure_no"], row["text"][:12]) for row in expected]
    others = [(row["measure_no"], row["text"][:12]) for row in got]
    blocks = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks()
    return [(a + step, b + step) for a, b, size in blocks for step in range(size)]


def edit_distance(one: str, other: str) -> int:
    """Count the insertions, deletions and replacements that turn one text into the other."""
    before = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        now = [at]
        for index, against in enumerate(other, 1):
            now.append(min(before[index] + 1, now[-1] + 1, before[index - 1] + (char != against)))
        before = now
    return before[-1]
