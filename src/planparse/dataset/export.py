"""The dataset as CSV files or spreadsheets: nothing is lost, nothing is run as a formula.

- A list or a record becomes JSON; in it a date is ISO text and a decimal is text, digit by digit.
- A text that a spreadsheet program might run (=, +, -, @ and control characters in front) gets an
  apostrophe in front, and so does one that begins with an apostrophe: one taken off is the text.
- An empty text in a column that may be null is a lone apostrophe, for an empty cell is null.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv as pc

from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import chinese_labels, load_tables
from planparse.dataset.tables import TABLES
from planparse.errors import InputError, OutputError

# Characters that make a cell a formula, or hide one, where they stand first.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def guard(text: str, *, nullable: bool = True) -> str:
    """Make a text harmless in a spreadsheet."""
    if text.startswith(_RISKY) or (nullable and not text):
        return f"'{text}"
    return text


def as_json(value: Any) -> Any:
    """Return a date or a decimal as JSON has it; for ``json.dumps(default=…)``."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _is_nested(kind: pa.DataType) -> bool:
    return bool(pa.types.is_nested(kind))


def flat(rows: pa.Table) -> pa.Table:
    """Return the table with texts guarded and with JSON in place of lists and records."""
    return pa.table(
        # By place: the result of a query may have two columns of one name.
        [_flat_column(rows.column(at), field) for at, field in enumerate(rows.schema)],
        schema=pa.schema(
            [
                pa.field(field.name, pa.string() if _is_text(field.type) else field.type)
                for field in rows.schema
            ]
        ),
    )


def _is_text(kind: pa.DataType) -> bool:
    return _is_nested(kind) or bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _flat_column(column: pa.ChunkedArray, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if _is_nested(field.type):
        texts = (
            None if v is None else json.dumps(v, ensure_ascii=False, default=as_json)
            for v in column.to_pylist()
        )
        return pa.array(texts, pa.string())
    if _is_text(field.type):
        texts = (
            None if v is None else guard(v, nullable=field.nullable) for v in column.to_pylist()
        )
        return pa.array(texts, pa.string())
    return column


class ExportFormat(StrEnum):
    """What ``planparse export`` writes."""

    CSV = "csv"
    XLSX = "xlsx"


def export_tables(
    path: str | Path, folder: Path, form: ExportFormat, *, labels: Literal["zh"] | None = None
) -> dict[str, int]:
    """Write every table of the dataset to a file of the folder; return the rows by file name.

    InputError if there is no dataset, OutputError if the folder cannot be written.
    """
    tables = load_tables(path)
    out = OutputFolder(folder)
    written: dict[str, int] = {}
    for name, rows in tables.items():
        named = _labelled(rows, name) if labels == "zh" else rows
        title = TABLES[name].zh if labels == "zh" else name
        file = f"{name}.{form}"
        csv = form is ExportFormat.CSV
        out.put(file, csv_bytes(named) if csv else workbook_bytes(named, title))
        written[file] = rows.num_rows
    out.sweep()
    return written


def _labelled(rows: pa.Table, table: str) -> pa.Table:
    names = chinese_labels(table)
    return rows.rename_columns([names[name] for name in rows.column_names])


_SIGNATURE = "\ufeff".encode()


def csv_bytes(rows: pa.Table) -> bytes:
    """Return a table as a CSV file: texts in quotation marks, null as nothing at all."""
    sink = pa.BufferOutputStream()
    pc.write_csv(flat(rows), sink, pc.WriteOptions(quoting_style="needed"))
    content: bytes = sink.getvalue().to_pybytes()
    return _SIGNATURE + content


#: The most characters that a cell of a spreadsheet can hold.
LONGEST_CELL = 32767
_WIDTHS = {"text": 60, "message": 60, "heading": 30, "title": 40, "period": 16}
_WIDTH = 14
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = b"1980-01-01T00:00:00Z"


def _openpyxl() -> Any:
    try:
        return import_module("openpyxl")
    except ImportError as error:
        raise InputError(
            "spreadsheets need one more package: pip install 'planparse[xlsx]'"
        ) from error


def _escape(text: str) -> str:
    """Write what XML cannot hold as the format does, _x000B_; what looks so already as well."""
    return _CONTROL.sub(
        lambda m: f"_x{ord(m[0]):04X}_" if len(m[0]) == 1 else f"_x005F_{m[0][1:]}", text
    )


def _cell(value: Any, name: str) -> Any:
    if not isinstance(value, str):
        return value
    text = _escape(value)
    if len(text) > LONGEST_CELL:
        raise OutputError(
            f"a cell of {name} has {len(text)} characters, a spreadsheet's holds {LONGEST_CELL};"
            " export as csv"
        )
    return text


def workbook_bytes(rows: pa.Table, title: str) -> bytes:
    """Return a table as a spreadsheet: heading row fixed, a filter on every column.

    InputError without the package for spreadsheets, OutputError for a cell that is too long.
    """
    openpyxl = _openpyxl()
    # All cells are made before the book: one half written cannot be given up.
    lines = [[_cell(value, name) for name, value in row.items()] for row in flat(rows).to_pylist()]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    letter = import_module("openpyxl.utils").get_column_letter
    sheet.auto_filter.ref = f"A1:{letter(rows.num_columns)}{rows.num_rows + 1}"
    for at, name in enumerate(rows.column_names, 1):
        sheet.column_dimensions[letter(at)].width = _WIDTHS.get(name, _WIDTH)
    sheet.append(rows.column_names)
    for line in lines:
        sheet.append(line)
    sink = io.BytesIO()
    book.save(sink)
    return _timeless(sink.getvalue())


def _timeless(content: bytes) -> bytes:
    """Take the times of writing out of a spreadsheet: they would change every run's bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _TIMES.sub(rb"\g<1>" + _EPOCH, part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return sink.getvalue()
