"""Plans made of the expected records in tests/known_plans, without reading a PDF."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from planparse.model.plan import Department, DepartmentRole, Measure, Plan, Point, Section

FOLDER = Path(__file__).parent.parent / "known_plans"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def _measure(row: dict[str, Any]) -> Measure:
    departments = tuple(
        Department(name=name.strip("()"), role=DepartmentRole.LEAD, printed=name)
        for name in row["departments"]
    )
    plain = {key: value for key, value in row.items() if key not in ("departments", "points")}
    return Measure(
        **plain,
        departments=departments,
        points=tuple(Point(**point) for point in row["points"]),
        page_first=1,
        page_last=1,
        boxes=(),
    )


@cache
def expected_plan(name: str) -> Plan:
    """Give the plan that a known plan's expected record describes."""
    record = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Plan(
        plan_id="0" * 16,
        source_file=f"{name}.pdf",
        sha256="0" * 64,
        title=record["title"],
        district=record["district"],
        roc_year=record["roc_year"],
        issued=record["issued"],
        page_count=1,
        extractor="none",
        planparse_version="0",
        sections=tuple(Section(**section) for section in record["sections"]),
        measures=tuple(_measure(row) for row in record["measures"]),
    )
