"""The public contract: a plan as records that Pydantic validates.

Every field's description is the one definition behind the Arrow schema, the JSON Schema and the
data dictionary; the Chinese name stands in ``json_schema_extra={"zh": …}``.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def described(description: str, zh: str, **keywords: Any) -> Any:
    """Return a field with its description and its Chinese name."""
    return Field(description=description, json_schema_extra={"zh": zh}, **keywords)


class Record(BaseModel):
    """Base of all records: frozen, nothing beside the named fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnRole(StrEnum):
    """What a column of the plan's table holds."""

    ASPECT = "aspect"
    STRATEGY = "strategy"
    TASK = "task"
    PRACTICE = "practice"
    DEPARTMENT = "department"
    CO_DEPARTMENT = "co_department"
    PERIOD = "period"
    EXTRA = "extra"


class DepartmentRole(StrEnum):
    """Lead or co-department (協辦)."""

    LEAD = "lead"
    CO = "co"


class DepartmentKind(StrEnum):
    """What sort of unit a department is, by its name."""

    GROUP = "group"  # 組
    SECTION = "section"  # 課
    SQUAD = "squad"  # 段
    OFFICE = "office"  # 室
    CENTER = "center"  # 中心, 客服
    STATION = "station"  # 所
    TEAM = "team"  # 股, 班, 隊, 小組
    DIVISION = "division"  # 處 of the head office
    STAFF = "staff"  # people by their post: 專員, 處長
    HEAD_OFFICE = "head_office"  # 總處, 總管理處
    DISTRICT_OFFICE = "district_office"  # 區處, 本處: the office itself
    ALL = "all"  # 各部門, 各組
    CONCERNED = "concerned"  # 相關部門


class ScheduleKind(StrEnum):
    """How a period places work in time."""

    ONGOING = "ongoing"
    AS_NEEDED = "as_needed"
    RECURRING = "recurring"
    DEADLINE = "deadline"
    INTERVAL = "interval"


class FigureQualifier(StrEnum):
    """How a figure is meant; a figure without a qualifier is meant exactly."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE_FROM = "range_from"
    RANGE_TO = "range_to"


class PageBox(Record):
    """A box on a page: points, origin top left, page from 1."""

    page: int = described("page of the file, from 1", "頁")
    left: float = described("left edge, points", "左")
    top: float = described("upper edge, points from the top of the page", "上")
    right: float = described("right edge, points", "右")
    bottom: float = described("lower edge, points from the top of the page", "下")


class FieldPlace(Record):
    """Where a field was read: one entry per box; a field cut by a page break has several."""

    field: str = described("name of the field", "欄位")
    index: int = described("which entry of a list field, from 0; 0 for a single value", "序")
    page: int = described("page of the file, from 1", "頁")
    left: float = described("left edge, points", "左")
    top: float = described("upper edge, points from the top of the page", "上")
    right: float = described("right edge, points", "右")
    bottom: float = described("lower edge, points from the top of the page", "下")


class Point(Record):
    """A point inside a measure: 甲. 乙. ◎ …"""

    no: str = described("number or mark as printed", "編號")
    text: str = described("text", "內容")


class Department(Record):
    """A department as printed and by its name."""

    name: str = described("name without brackets and separators", "名稱")
    role: DepartmentRole = described("lead 主辦 or co 協辦", "主協辦")
    printed: str = described("as printed, brackets included", "原文")
    canonical: str | None = described(
        "name by the table of rules; null where no rule knows it", "標準名稱", default=None
    )
    kind: DepartmentKind | None = described(
        "sort of unit; null where no rule knows it", "部門類別", default=None
    )


class Schedule(Record):
    """A period as a value. Dates that are not printed, or not certain, are null."""

    kind: ScheduleKind = described("how the work is placed in time", "類別")
    rrule: str | None = described(
        "recurrence as in RFC 5545, without DTSTART; null where nothing recurs",
        "重複規則",
        default=None,
    )
    times: int | None = described(
        "how often within each recurrence; null where not printed", "次數", default=None
    )
    start: datetime.date | None = described("first day", "起日", default=None)
    end: datetime.date | None = described("last day, itself included", "迄日", default=None)
    printed: str = described("as printed", "原文")


class Figure(Record):
    """A number with its unit in the text of a measure or of one of its points."""

    value: Decimal = described(
        "the number, 萬 and 億 multiplied in", "數值", max_digits=24, decimal_places=6
    )
    unit: str = described("unit as printed; % for 百分之", "單位")
    qualifier: FigureQualifier | None = described(
        "how the number is meant; null where exactly", "限定", default=None
    )
    point: int | None = described(
        "which point holds it, from 0; null for the text itself", "細項序", default=None
    )
    at: int = described("offset of the printed figure in that text, from 0", "位移")
    printed: str = described("as printed", "原文")


class LegalBasis(Record):
    """A document that a plan rests on, from the section 計畫依據."""

    issuer: str | None = described(
        "who issued it; null where not printed", "發文機關", default=None
    )
    date: datetime.date | None = described("its date", "發文日期", default=None)
    document_no: str | None = described("number with its word 字第…號", "文號", default=None)
    title: str | None = described("title without quotation marks", "名稱", default=None)
    printed: str = described("as printed", "原文")


class Extra(Record):
    """Text of a column that has no role."""

    column: str = described("heading of the column as printed", "欄名")
    text: str = described("text of the cell", "內容")


class Column(Record):
    """A column of the plan's table."""

    role: ColumnRole = described("what the column holds", "角色")
    printed: str = described("heading as printed", "原文")


class Measure(Record):
    """One measure 具體作法: a row of the dataset's main table."""

    seq: int = described("place in the plan, from 1", "序號")
    aspect_no: str | None = described("number of the aspect, as printed", "面向編號", default=None)
    aspect: str | None = described("aspect; null where no column prints it", "面向", default=None)
    strategy_no: str | None = described(
        "number of the strategy, as printed", "執行策略編號", default=None
    )
    strategy: str | None = described("strategy", "執行策略", default=None)
    task_no: str | None = described("number of the task, as printed", "工作項目編號", default=None)
    task: str | None = described("left part of 具體作法", "工作項目", default=None)
    measure_no: str | None = described("number of the measure, as printed", "編號", default=None)
    text: str = described("the measure; empty for a task that has only departments", "具體作法")
    points: tuple[Point, ...] = described("points inside the measure", "細項", default=())
    departments: tuple[Department, ...] = described("departments", "承辦部門", default=())
    period: str | None = described("period as printed", "執行期間", default=None)
    schedule: tuple[Schedule, ...] = described(
        "the period as values; empty where none is printed or no rule knows it", "期程", default=()
    )
    figures: tuple[Figure, ...] = described("numbers with units", "數據", default=())
    extras: tuple[Extra, ...] = described("columns without a role", "其他欄位", default=())
    page_first: int = described("first page of the measure, from 1", "起頁")
    page_last: int = described("last page of the measure, from 1", "迄頁")
    boxes: tuple[PageBox, ...] = described("places of number, text and points", "位置")
    where: tuple[FieldPlace, ...] = described("place of every field", "出處", default=())
    problem_codes: tuple[str, ...] = described("codes of its problems", "問題代碼", default=())
    confidence: float | None = described(
        "estimated probability that every field of the row is exact, see docs/confidence.md;"
        " null where it was not estimated",
        "可信度",
        default=None,
    )


class Section(Record):
    """A section 壹 to 柒 of the text around the table."""

    no: str = described("number as printed", "章次")
    heading: str = described("heading without a trailing colon", "章名")
    paragraphs: tuple[str, ...] = described("paragraphs", "段落", default=())
    has_table: bool = described("whether the plan's table stands in it", "含表格", default=False)
    where: tuple[FieldPlace, ...] = described("place of every field", "出處", default=())


class Plan(Record):
    """A plan, whole."""

    plan_id: str = described("first 16 hex digits of the file's sha256", "計畫代碼")
    source_file: str = described("name of the file, without its folder", "檔名")
    sha256: str = described("sha256 of the file", "雜湊值")
    title: str | None = described("title as printed", "計畫名稱", default=None)
    district: str | None = described("canonical district", "區處", default=None)
    district_printed: str | None = described("office as printed", "區處原文", default=None)
    roc_year: int | None = described("year of the Republic of China", "民國年", default=None)
    year: int | None = described("Gregorian year", "西元年", default=None)
    issued: str | None = described("date of issue as printed", "訂定日期原文", default=None)
    issued_date: datetime.date | None = described("date of issue", "訂定日期", default=None)
    legal_bases: tuple[LegalBasis, ...] = described(
        "documents that the plan rests on", "計畫依據", default=()
    )
    columns: tuple[Column, ...] = described("columns of the table", "欄位", default=())
    page_count: int = described("pages of the file", "頁數")
    extractor: str = described("extractor that read the file", "讀取方式")
    planparse_version: str = described("version of planparse", "程式版本")
    sections: tuple[Section, ...] = described("sections of the text", "章節", default=())
    measures: tuple[Measure, ...] = described("measures", "具體作法", default=())
    where: tuple[FieldPlace, ...] = described("place of title and date", "出處", default=())
