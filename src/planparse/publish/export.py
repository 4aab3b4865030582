"""The data set as CSV files or spreadsheets, one a table."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from planparse.store.tables import TABLES
from planparse.study.load import chinese_labels, load_tables

if TYPE_CHECKING:
    import pyarrow as pa


class ExportFormat(StrEnum):
    """What ``planparse export`` writes."""

    CSV = "csv"
    XLSX = "xlsx"


def export_tables(
    path: str | Path, folder: Path, form: ExportFormat, *, labels: Literal["zh"] | None = None
) -> dict[str, int]:
    """Write every table of the data set to a file of the folder; give the rows by file name.

    InputError if there is no data set, OutputError if the folder cannot be written.
    """
    from planparse.store.output_folder import OutputFolder

    tables = load_tables(path)
    out = OutputFolder(folder)
    written: dict[str, int] = {}
    for name, rows in tables.items():
        named = _labelled(rows, name) if labels == "zh" else rows
        title = TABLES[name].zh if labels == "zh" else name
        file = f"{name}.{form}"
        out.put(file, _content(named, form, title))
        written[file] = rows.num_rows
    out.sweep()
    return written


def _labelled(rows: pa.Table, table: str) -> pa.Table:
    names = chinese_labels(table)
    return rows.rename_columns([names[name] for name in rows.column_names])


def _content(rows: pa.Table, form: ExportFormat, title: str) -> bytes:
    if form is ExportFormat.CSV:
        from planparse.publish.csv_files import csv_bytes

        return csv_bytes(rows)
    from planparse.publish.workbook import workbook_bytes

    return workbook_bytes(rows, title)
