"""``planparse query``: SQL on the data set's tables, on the screen or into a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.run import console
from planparse.errors import OutputError
from planparse.publish.cells import as_json
from planparse.study.connect import run_query

if TYPE_CHECKING:
    import pyarrow as pa

# More rows than anybody reads on a screen; a file gets them all.
_SHOWN = 200


def _cell(value: Any) -> Text:
    if value is None:
        return Text("·", style="dim")
    if isinstance(value, dict | list):
        return Text(json.dumps(value, ensure_ascii=False, default=as_json))
    return Text(str(value))


def drawing(rows: pa.Table) -> Table:
    """Draw the first rows; a dot stands for null."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for field in rows.schema:
        number = str(field.type).startswith(("int", "uint", "float", "double", "decimal"))
        table.add_column(Text(field.name), justify="right" if number else "left", overflow="fold")
    for row in rows.slice(0, _SHOWN).to_pylist():
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def query(sql: str, out: str | Path, *, csv: Path | None, parquet: Path | None) -> int:
    """Run the query; show what it finds, or write it where a file is named."""
    rows = run_query(out, sql)
    if csv is not None:
        from planparse.publish.csv_files import csv_bytes

        _write(csv, csv_bytes(rows))
    if parquet is not None:
        _write(parquet, _parquet(rows))
    if csv is None and parquet is None:
        screen = console()
        screen.print(drawing(rows))
        if rows.num_rows > _SHOWN:
            screen.print(Text(f"the first {_SHOWN} of {rows.num_rows} rows; --csv has them all"))
    return int(ExitCode.OK)
