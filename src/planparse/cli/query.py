"""``planparse query``: SQL on the tables of the dataset, shown or written to a file."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console, json_text
from planparse.dataset.reading import Editions, EditionsWarning, as_json, run_query
from planparse.errors import OutputError

if TYPE_CHECKING:
    import pyarrow as pa

# Rows. Nobody reads more on a screen; a file gets them all.
_SHOWN = 200


def _cell(value: Any) -> Text:
    if value is None:
        return Text("·", style="dim")
    if isinstance(value, dict | list):
        return Text(json_text(value, default=_entry))
    return Text(str(value))


def _entry(value: Any) -> Any:
    """Return a list entry as JSON has it; a query can make types that no column has."""
    try:
        return as_json(value)
    except TypeError:
        return str(value)


def drawing(rows: pa.Table) -> Table:
    """Draw the first rows; a dot stands for null."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for field in rows.schema:
        number = str(field.type).startswith(("int", "uint", "float", "double", "decimal"))
        table.add_column(Text(field.name), justify="right" if number else "left", overflow="fold")
    # Column by column: a row as a mapping holds one value where two columns share a name.
    columns = [column.to_pylist() for column in rows.slice(0, _SHOWN).columns]
    for values in zip(*columns, strict=True):
        table.add_row(*(_cell(value) for value in values))
    return table


def _write(path: Path, rows: pa.Table, to_bytes: Callable[[pa.Table], bytes]) -> None:
    import pyarrow as pa

    try:
        path.write_bytes(to_bytes(rows))
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    except (pa.ArrowException, TypeError) as error:
        # An INTERVAL or a list of BLOB: no column of the dataset, but a query may make one.
        raise OutputError(f"cannot write {path}: {error}; cast the column to VARCHAR") from error


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _run(out: str | Path, sql: str, timeout: float, editions: Editions | None) -> pa.Table:
    """Return the rows of the query; end the process if the query ignores its interrupt."""

    def end() -> None:
        sys.stderr.write(f"planparse: the query took longer than {timeout:g} s\n")
        sys.stderr.flush()
        os._exit(ExitCode.TIMED_OUT)

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", EditionsWarning)
        rows = run_query(out, sql, timeout=timeout, editions=editions, on_stuck=end)
    for one in warned:
        if issubclass(one.category, EditionsWarning):
            note = Text(f"note: {one.message}", style="yellow")
            console(stderr=True).print(note, soft_wrap=True)
    return rows


def query(
    sql: str,
    out: str | Path,
    *,
    csv: Path | None,
    parquet: Path | None,
    timeout: float,
    editions: Editions | None,
) -> int:
    """Run the query; print the rows, or write them to the files that are named."""
    rows = _run(out, sql, timeout, editions)
    if csv is not None:
        from planparse.dataset.reading import csv_bytes

        _write(csv, rows, csv_bytes)
    if parquet is not None:
        _write(parquet, rows, _parquet)
    if csv is None and parquet is None:
        screen = console()
        screen.print(drawing(rows))
        if rows.num_rows > _SHOWN:
            screen.print(Text(f"the first {_SHOWN} of {rows.num_rows} rows; --csv has them all"))
    return int(ExitCode.OK)
