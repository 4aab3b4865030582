"""The dataset as CSV files or spreadsheets."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv as pc

from planparse.dataset.cells import flat, unflat
from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import chinese_labels, load_tables
from planparse.dataset.parquet import arrow_source
from planparse.dataset.tables import TABLES
from planparse.errors import InputError, OutputError


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
        return csv_bytes(rows)

    return workbook_bytes(rows, title)


_SIGNATURE = "\ufeff".encode()


def csv_bytes(rows: pa.Table) -> bytes:
    """Give a table as a CSV file: texts in quotation marks, null as nothing at all."""
    sink = pa.BufferOutputStream()
    pc.write_csv(flat(rows), sink, pc.WriteOptions(quoting_style="needed"))
    content: bytes = sink.getvalue().to_pybytes()
    return _SIGNATURE + content


def read_csv(content: bytes, schema: pa.Schema) -> pa.Table:
    """Give back the table that ``csv_bytes`` was given."""
    kinds = {field.name: field.type for field in flat(schema.empty_table()).schema}
    found = pc.read_csv(
        arrow_source(content),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=kinds, strings_can_be_null=True, null_values=[""]
        ),
    )
    return unflat(found, schema)


#: The most characters that a cell of a spreadsheet can hold.
LONGEST_CELL = 32767
_WIDTHS = {"text": 60, "message": 60, "heading": 30, "title": 40, "period": 16}
_WIDTH = 14
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
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


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)


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
    """Give a table as a spreadsheet: heading row fixed, a filter on every column.

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


def read_workbook(content: bytes, schema: pa.Schema) -> pa.Table:
    """Give back the table that ``workbook_bytes`` was given."""
    book = _openpyxl().load_workbook(io.BytesIO(content), read_only=True)
    names, *rows = book.worksheets[0].iter_rows(values_only=True)
    kinds = {field.name: field.type for field in flat(schema.empty_table()).schema}
    columns = {
        # A row ends with its last cell that holds something.
        name: pa.array([_read(row[at : at + 1], kinds[name]) for row in rows], kinds[name])
        for at, name in enumerate(names)
    }
    return unflat(pa.table(columns), schema)


def _read(cell: tuple[Any, ...], kind: pa.DataType) -> Any:
    value = cell[0] if cell else None
    if isinstance(value, str):
        return _unescape(value)
    if pa.types.is_date(kind) and value is not None:
        return value.date()
    return value
