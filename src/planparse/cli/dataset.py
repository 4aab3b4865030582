"""``planparse compact``, ``export``, ``schema``, ``dictionary``: commands on a dataset."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

import typer
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console
from planparse.dataset.reading import ExportFormat, dictionary_page, export_tables
from planparse.errors import OutputError, SchemaDriftError


def compact(out: str, years: Collection[int] | None) -> int:
    """Put the data set's files together, say how many there are; give the exit code."""
    from planparse.dataset.writing import compact_folder

    packing = compact_folder(out, years or None)
    typer.echo(f"{packing.before} files before, {packing.after} after")
    return 0


def export(out: str | Path, folder: Path, form: str, *, labels: Literal["zh"] | None) -> int:
    """Write one file a table, and say how many rows each has."""
    written = export_tables(out, folder, ExportFormat(form), labels=labels)
    screen = console()
    for name, rows in written.items():
        screen.print(Text(f"{folder / name}  {rows} rows"))
    return int(ExitCode.OK)


def _drifted(folder: Path, files: dict[str, str]) -> list[str]:
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return sorted(
        name
        for name in there | set(files)
        if name not in there
        or name not in files
        or (folder / name).read_text(encoding="utf-8") != files[name]
    )


def schema(folder: Path, *, check: bool) -> int:
    """Write the schema files, or raise SchemaDriftError if they would change."""
    from planparse.dataset.reading import schema_files

    files = schema_files()
    if check:
        drifted = _drifted(folder, files)
        if drifted:
            raise SchemaDriftError(
                f"{folder} differs from the records' definition ({', '.join(drifted)}); "
                "run `make schemas` and look at the difference"
            )
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _drifted(folder, files):
            if name in files:
                (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    return 0


def dictionary(file: Path, *, check: bool) -> int:
    """Write the page, or raise SchemaDriftError if it would change."""
    page = dictionary_page()
    try:
        there = file.read_text(encoding="utf-8") if file.is_file() else None
        if check and there != page:
            raise SchemaDriftError(
                f"{file} differs from the records' definition; run `make schemas` and look at the"
                " difference"
            )
        if there != page:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror or error}") from error
    return int(ExitCode.OK)
