"""Rows of the data set that are no part of a plan itself, and the columns that the store adds."""

from __future__ import annotations

from planparse.datamodel.plan import Record, described
from planparse.datamodel.problem import ProblemCode, Severity, Stage, Status


class PlanOutcome(Record):
    """What the store adds to a plan's row."""

    measure_count: int = described("rows that the plan has in measures", "具體作法數")
    status: Status = described("what became of the file", "狀態")


class SectionOrder(Record):
    """What the store adds to a section's row."""

    seq: int = described("place in the plan, from 1", "序號")


class ProblemRow(Record):
    """A finding about a file: a row of the table problems."""

    seq: int = described("place among the file's problems, from 1", "序號")
    code: ProblemCode = described("stable code, see docs/problems.md", "問題代碼")
    severity: Severity = described("note, warning or refused (rows not published)", "嚴重度")
    stage: Stage = described("stage that saw it", "階段")
    message: str = described("what was found and what to do next", "說明")
    measure: int | None = described(
        "seq of the measure it touches; null where it touches the plan",
        "具體作法序號",
        default=None,
    )
    page: int | None = described("page, from 1; null where it has no place", "頁", default=None)
    left: float | None = described("left edge, points", "左", default=None)
    top: float | None = described("upper edge, points from the top of the page", "上", default=None)
    right: float | None = described("right edge, points", "右", default=None)
    bottom: float | None = described(
        "lower edge, points from the top of the page", "下", default=None
    )


class RepairRow(Record):
    """One change between what was read and what is published: a row of the table repairs."""

    seq: int = described("place among the file's repairs, from 1", "序號")
    field: str | None = described(
        "field that holds the text; null where it is in none", "欄位", default=None
    )
    read: str = described("as read", "讀得")
    became: str = described("as published", "改為")
    rule: str = described("rule that made the change", "規則")
    page: int = described("page of the file, from 1", "頁")
    left: float = described("left edge, points", "左")
    top: float = described("upper edge, points from the top of the page", "上")
    right: float = described("right edge, points", "右")
    bottom: float = described("lower edge, points from the top of the page", "下")
