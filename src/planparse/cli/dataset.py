"""``planparse compact``, ``export``, ``schema``, ``dictionary``: commands on a dataset."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import typer
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console
from planparse.dataset.reading import ExportFormat, dictionary_page, export_tables
from planparse.errors import OutputError, SchemaDriftError


def compact(out: str, years: Collection[int] | None) -> int:
    """Merge the files of a dataset and print how many there are; return the exit code."""
    from planparse.dataset.writing import compact_folder

    packing = compact_folder(out, years or None)
    typer.echo(f"{packing.before} files before, {packing.after} after")
    return int(ExitCode.OK)


def export(out: str | Path, folder: Path, form: str, *, labels: Literal["zh"] | None) -> int:
    """Write one file per table and print its number of rows; return the exit code."""
    written = export_tables(out, folder, ExportFormat(form), labels=labels)
    screen = console()
    for name, rows in written.items():
        screen.print(Text(f"{folder / name}  {rows} rows"))
    return int(ExitCode.OK)


def schema(folder: Path, *, check: bool) -> int:
    """Write the schema files, or raise SchemaDriftError if they would change."""
    from planparse.dataset.reading import schema_files

    files = schema_files()
    stray = {path.name for path in folder.iterdir()} - set(files) if folder.is_dir() else set()
    return _write_or_check(folder, files, check=check, stray=stray)


def dictionary(file: Path, *, check: bool) -> int:
    """Write the data dictionary, or raise SchemaDriftError if it would change."""
    return _write_or_check(file.parent, {file.name: dictionary_page()}, check=check)


def _write_or_check(
    folder: Path, files: Mapping[str, str], *, check: bool, stray: Collection[str] = ()
) -> int:
    """Write the files that differ; with ``check`` raise SchemaDriftError if there are any.

    ``stray`` files differ as well, but are never removed.
    """
    try:
        drifted = [name for name, text in files.items() if _text(folder / name) != text]
        if check and (drifted or stray):
            names = ", ".join(sorted({*drifted, *stray}))
            raise SchemaDriftError(
                f"{folder} differs from the records' definition ({names}); "
                "run `make schemas` and look at the difference"
            )
        for name in drifted:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    return int(ExitCode.OK)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
