"""The tables of the data set: which column comes from which record.

Types, descriptions and Chinese names are those of the records; nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from planparse.dataset.records import (
    DocumentRow,
    LedgerRow,
    PlanOutcome,
    ProblemRow,
    RepairRow,
    SectionOrder,
    TimingRow,
)
from planparse.model.plan import Measure, Plan, Record, Section

# Raise with every change that a reader of old files would notice; the CHANGELOG says what changed.
SCHEMA_VERSION = 1

PARTITION_COLUMNS = ("roc_year", "district")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``columns`` stand in the files, ``partition`` in the names of their folders.

    A table without ``partition`` is one file: it is about a run, not about a plan.
    """

    name: str
    zh: str
    description: str
    columns: Mapping[str, FieldInfo]
    partition: Mapping[str, FieldInfo]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a row from every other."""
        names = ("plan_id", "seq") if self.partition else ("source",)
        return tuple(name for name in names if name in self.columns)

    @property
    def all_columns(self) -> dict[str, FieldInfo]:
        """The columns that a reader sees: those of the files, then the partition's."""
        return {**self.columns, **self.partition}


def chinese_name(field: FieldInfo) -> str:
    """Give a field's Chinese name; KeyError if its definition has none."""
    extra = field.json_schema_extra
    if not isinstance(extra, dict):
        raise KeyError("a field without a Chinese name")
    return str(extra["zh"])


def _fields(record: type[Record], *, only: tuple[str, ...] = ()) -> dict[str, FieldInfo]:
    return {name: record.model_fields[name] for name in only or record.model_fields}


def _accounts(keys: dict[str, FieldInfo], partition: dict[str, FieldInfo]) -> Iterator[Table]:
    """Give the tables that tell how a plan was read."""
    yield Table(
        "problems",
        "問題",
        "a row a finding, also about files that gave no plan",
        {**keys, **_fields(ProblemRow)},
        partition,
    )
    yield Table(
        "repairs",
        "修正",
        "a row a change between what was read and what is published",
        {**keys, **_fields(RepairRow)},
        partition,
    )
    yield Table(
        "ledger",
        "字數帳",
        "a row a field or reason: how many characters of a file went there",
        {**keys, **_fields(LedgerRow)},
        partition,
    )


def _tables() -> Iterator[Table]:
    keys = _fields(Plan, only=("plan_id", "source_file"))
    partition = _fields(Plan, only=PARTITION_COLUMNS)
    elsewhere = {"sections", "measures", *PARTITION_COLUMNS}
    plan = {name: field for name, field in _fields(Plan).items() if name not in elsewhere}
    yield Table("plans", "計畫", "a row a plan", {**plan, **_fields(PlanOutcome)}, partition)
    yield Table(
        "sections",
        "章節",
        "a row a section of the text around the table",
        {**keys, **_fields(SectionOrder), **_fields(Section)},
        partition,
    )
    yield Table("measures", "具體作法", "a row a measure", {**keys, **_fields(Measure)}, partition)
    yield from _accounts(keys, partition)
    yield Table(
        "documents",
        "文件",
        "a row an input file: what became of it, and where its rows are",
        _fields(DocumentRow),
        {},
    )


TABLES: Mapping[str, Table] = {table.name: table for table in _tables()}

#: The tables that hold the rows of plans, in folders by year and district.
PLAN_TABLES = tuple(name for name, table in TABLES.items() if table.partition)

#: Beside the data set proper: what a run cost is never the same twice.
TIMINGS = Table(
    "timings",
    "耗時",
    "a row an input file that was parsed: the time and memory that it took",
    _fields(TimingRow),
    {},
)


def file_of(table: str) -> str:
    """Give the path of a table that is one file."""
    return f"{table}/{table}.parquet"
