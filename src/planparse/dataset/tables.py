"""The tables of the dataset: which column comes from which record, and where the files lie.

Types, descriptions and Chinese names are those of the records; nothing is defined twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

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

# Raise with every change that a reader of old files would notice; the CHANGELOG names the change.
SCHEMA_VERSION = 1

PARTITION_COLUMNS = ("roc_year", "district")

Row = Mapping[str, Any]


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
        """The columns in which no two rows agree."""
        names = ("plan_id", "seq") if self.partition else ("source",)
        return tuple(name for name in names if name in self.columns)

    @property
    def all_columns(self) -> dict[str, FieldInfo]:
        """The columns that a reader sees: those of the files, then the partition's."""
        return {**self.columns, **self.partition}


def chinese_name(field: FieldInfo) -> str:
    """Return a field's Chinese name; KeyError if its definition has none."""
    extra = field.json_schema_extra
    if not isinstance(extra, dict):
        raise KeyError("a field without a Chinese name")
    return str(extra["zh"])


def _fields(record: type[Record], *only: str) -> dict[str, FieldInfo]:
    return {name: record.model_fields[name] for name in only or record.model_fields}


def _tables() -> Iterator[Table]:
    keys = _fields(Plan, "plan_id", "source_file")
    partition = _fields(Plan, *PARTITION_COLUMNS)

    def of_plan(name: str, zh: str, row: str, *records: type[Record]) -> Table:
        columns = dict(keys)
        for record in records:
            columns |= _fields(record)
        return Table(name, zh, f"one row per {row}", columns, partition)

    elsewhere = {"sections", "measures", *PARTITION_COLUMNS}
    plan = {name: field for name, field in _fields(Plan).items() if name not in elsewhere}
    yield Table("plans", "計畫", "one row per plan", {**plan, **_fields(PlanOutcome)}, partition)
    section = "section of the text around the table"
    yield of_plan("sections", "章節", section, SectionOrder, Section)
    yield of_plan("measures", "具體作法", "measure", Measure)
    yield of_plan("problems", "問題", "finding, also about files that gave no plan", ProblemRow)
    change = "change between what was read and what is published"
    yield of_plan("repairs", "修正", change, RepairRow)
    entry = "field or reason: how many characters of a file went there"
    yield of_plan("ledger", "字數帳", entry, LedgerRow)
    document = "one row per input file: what became of it, and where its rows are"
    yield Table("documents", "文件", document, _fields(DocumentRow), {})


TABLES: Mapping[str, Table] = {table.name: table for table in _tables()}

#: The tables that hold the rows of plans, in folders by year and district.
PLAN_TABLES = tuple(name for name, table in TABLES.items() if table.partition)

#: Beside the dataset proper: what a run cost is never the same twice.
TIMINGS = Table(
    "timings",
    "耗時",
    "one row per input file that was parsed: the time and memory that it took",
    _fields(TimingRow),
    {},
)


def file_of(table: str) -> str:
    """Return the path of a table that is one file."""
    return f"{table}/{table}.parquet"


def path_of(row: Row, table: str) -> str:
    """Return the file of a document's rows in a table; see ``DocumentRow``."""
    folder = partition_folder(row["roc_year"], row["district"])
    return f"{table}/{folder}/{row['part'] or row['plan_id']}.parquet"


def files_of(row: Row) -> dict[str, str]:
    """Return the files that hold a document's rows, by table; a table without rows has none."""
    return {table: path_of(row, table) for table in PLAN_TABLES if row[table]}


# Hive's own mark for null makes pandas fail ("cannot unify dictionaries with nulls"), so what is
# not known gets values that no plan prints; readers turn them into null.
_UNKNOWN_YEAR = 0
UNKNOWN_DISTRICT = "不明"
_NULL_OF_HIVE = "__HIVE_DEFAULT_PARTITION__"

# Bytes of a folder's name: most file systems allow 255, less "district=" and a safety margin.
_LONGEST = 200


def safe_part(value: str) -> str:
    """Make a folder's name of a text: all but letters, figures and hyphens percent-encoded.

    A name from a PDF never becomes a path as it stands. Readers of Hive folders decode it, so the
    column holds the text in Unicode's composed form. Too long a text is cut at a whole character.
    """
    value = unicodedata.normalize("NFC", value.strip())
    if value == _NULL_OF_HIVE:
        return UNKNOWN_DISTRICT
    parts: list[str] = []
    left = _LONGEST
    for char in value:
        plain = char == "-" or unicodedata.category(char) in ("Lo", "Ll", "Lu", "Nd")
        part = char if plain else quote(char, safe="", errors="replace")
        part = part.replace(".", "%2E").replace("_", "%5F").replace("~", "%7E")
        left -= len(part.encode("utf-8", errors="replace"))
        if left < 0:
            break
        parts.append(part)
    return "".join(parts) or UNKNOWN_DISTRICT


def partition_folder(roc_year: int | None, district: str | None) -> str:
    """Return the folder of a plan, relative to its table's: ``roc_year=112/district=台北市``."""
    year = _UNKNOWN_YEAR if roc_year is None else int(roc_year)
    name = UNKNOWN_DISTRICT if district is None else safe_part(district)
    return f"roc_year={year}/district={name}"


def partition_values(folder: str) -> dict[str, Any]:
    """Return year and district as every reader of a path with partition folders gets them.

    None for what is not known; an empty dictionary for a path without both folders.
    """
    names = dict(part.split("=", 1) for part in folder.split("/") if "=" in part)
    if set(names) != set(PARTITION_COLUMNS):
        return {}
    year, district = int(names["roc_year"]), unquote(names["district"])
    return {
        "roc_year": None if year == _UNKNOWN_YEAR else year,
        "district": None if district == UNKNOWN_DISTRICT else district,
    }
