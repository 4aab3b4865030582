"""Rows of the dataset that are no part of a plan itself, and the columns that the store adds."""

from __future__ import annotations

from enum import StrEnum

from planparse.model.plan import Record, described
from planparse.model.problem import ProblemCode, Severity, Stage, Status


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


class LedgerKind(StrEnum):
    """What a row of the table ledger counts."""

    READ = "read"
    PLACED = "placed"
    DROPPED = "dropped"
    MISSING = "missing"
    DOUBLED = "doubled"


class LedgerRow(Record):
    """Where the characters of a file went: a row of the table ledger."""

    seq: int = described("place among the file's entries, from 1", "序號")
    kind: LedgerKind = described(
        "read: all that the pages show; placed: in a field; dropped: in none, for a reason;"
        " missing: in none without a reason; doubled: in two."
        " read = placed + dropped + missing - doubled",
        "類別",
    )
    name: str | None = described(
        "field that holds them, or reason why none does; null for the other kinds",
        "名目",
        default=None,
    )
    glyphs: int = described("characters, white space not counted", "字數")


class DocumentRow(Record):
    """What became of an input file, and where its rows are: a row of the table documents."""

    source: str = described("path of the file in the input folder, with /", "來源路徑")
    source_file: str = described("name of the file, without its folder", "檔名")
    sha256: str | None = described(
        "sha256 of the file; null where it could not be read", "雜湊值", default=None
    )
    plan_id: str = described("plan_id of its rows in the other tables", "計畫代碼")
    status: Status = described("what the last run did with the file", "狀態")
    outcome: Status = described(
        "what became of the file when it was last parsed; differs from status where that is"
        " skipped_unchanged",
        "結果",
    )
    reason: str | None = described(
        "why it has this status; null where it was parsed", "原因", default=None
    )
    roc_year: int | None = described("year of the Republic of China", "民國年", default=None)
    district: str | None = described("canonical district, or as printed", "區處", default=None)
    page_count: int | None = described("pages; null where unknown", "頁數", default=None)
    plans: int = described("its rows in plans", "計畫列數", default=0)
    sections: int = described("its rows in sections", "章節列數", default=0)
    measures: int = described("its rows in measures", "具體作法列數", default=0)
    problems: int = described("its rows in problems", "問題列數", default=0)
    repairs: int = described("its rows in repairs", "修正列數", default=0)
    ledger: int = described("its rows in ledger", "字數帳列數", default=0)
    limit_seconds: float | None = described(
        "time limit it was parsed under; null where it was not parsed", "時間上限", default=None
    )
    limit_mebibytes: int | None = described(
        "memory limit it was parsed under; null where it was not parsed", "記憶體上限", default=None
    )
    fingerprint: str | None = described(
        "start of the sha256 of program, rules, libraries and name that it was parsed with",
        "版本指紋",
        default=None,
    )
    duplicate_plan: bool = described(
        "whether another file holds a plan for the same district and year",
        "重複計畫",
        default=False,
    )
    part: str | None = described(
        "name of the files that hold its rows together with other plans', made by planparse"
        " compact; null where it has files of its own",
        "合併檔",
        default=None,
    )


class StageSeconds(Record):
    """Time spent in a stage."""

    stage: str = described("stage of the pipeline", "階段")
    seconds: float = described("seconds", "秒數")


class TimingRow(Record):
    """What an input file cost: a row of the table timings, which differs from run to run."""

    source: str = described("path of the file in the input folder, with /", "來源路徑")
    plan_id: str = described("plan_id of its rows in the other tables", "計畫代碼")
    seconds: float = described("seconds spent, from reading to publishing", "秒數")
    stages: tuple[StageSeconds, ...] = described("seconds by stage", "各階段秒數", default=())
    peak_mebibytes: int | None = described(
        "most memory that its process had by then; null where unknown", "記憶體峰值", default=None
    )
