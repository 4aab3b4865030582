"""The public contract: a plan as records that Pydantic validates.

Every field's description is the one definition behind the Arrow schema, the JSON Schema and the
data dictionary; the Chinese name stands in ``json_schema_extra={"zh": …}``.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def described(description: str, zh: str, **keywords: Any) -> Any:
    """Make a field with its description and its Chinese name."""
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


class PageBox(Record):
    """A box on a page: points, origin top left, page from 1."""

    page: int = described("page of the file, from 1", "頁")
    left: float = described("left edge, points", "左")
    top: float = described("upper edge, points from the top of the page", "上")
    right: float = described("right edge, points", "右")
    bottom: float = described("lower edge, points from the top of the page", "下")


class FieldPlace(Record):
    """Where a field was read: one entry a box; a field cut by a page break has several."""

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
    extras: tuple[Extra, ...] = described("columns without a role", "其他欄位", default=())
    page_first: int = described("first page of the measure, from 1", "起頁")
    page_last: int = described("last page of the measure, from 1", "迄頁")
    boxes: tuple[PageBox, ...] = described("places of number, text and points", "位置")
    where: tuple[FieldPlace, ...] = described("place of every field", "出處", default=())
    problem_codes: tuple[str, ...] = described("codes of its problems", "問題代碼", default=())


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
    columns: tuple[Column, ...] = described("columns of the table", "欄位", default=())
    page_count: int = described("pages of the file", "頁數")
    extractor: str = described("extractor that read the file", "讀取方式")
    planparse_version: str = described("version of planparse", "程式版本")
    sections: tuple[Section, ...] = described("sections of the text", "章節", default=())
    measures: tuple[Measure, ...] = described("measures", "具體作法", default=())
    where: tuple[FieldPlace, ...] = described("place of title and date", "出處", default=())
