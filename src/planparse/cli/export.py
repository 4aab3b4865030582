"""``planparse export``: the data set as CSV files or spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console
from planparse.publish.export import ExportFormat, export_tables


def export(out: str | Path, folder: Path, form: str, *, labels: Literal["zh"] | None) -> int:
    """Write one file a table, and say how many rows each has."""
    written = export_tables(out, folder, ExportFormat(form), labels=labels)
    screen = console()
    for name, rows in written.items():
        screen.print(Text(f"{folder / name}  {rows} rows"))
    return int(ExitCode.OK)
