"""The commands and their options. Each command's module is imported when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from planparse.cli.options import (
    Dask,
    Editions,
    FailOn,
    Force,
    Jobs,
    LogJson,
    Memory,
    Out,
    Output,
    PasswordFile,
    PlanFile,
    Prune,
    PublishIncomplete,
    QueryTimeout,
    Rules,
    SecondOpinion,
    Source,
    Timeout,
)

app = typer.Typer(
    name="planparse",
    help="Read district offices' service plans (提升服務效能執行計畫) from PDF into a dataset.",
    # Plain help: rich takes longer to load than everything else before a command starts.
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from planparse import __version__

        typer.echo(f"planparse {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[  # noqa: FBT002 - its callback does the work
        bool, typer.Option("--version", help="Show the version.", callback=_print_version)
    ] = False,
) -> None:
    """Accept the options that precede a command."""


@app.command("run")
def run_command(  # noqa: PLR0913 - a command line has as many options as it needs
    source: Source,
    *,
    out: Out = "output",
    jobs: Jobs = None,
    rules: Rules = None,
    timeout: Timeout = 300,
    memory: Memory = 2048,
    password_file: PasswordFile = None,
    force: Force = False,
    prune: Prune = False,
    dask: Dask = None,
    second_opinion: SecondOpinion = False,
    publish_incomplete: PublishIncomplete = False,
    fail_on: FailOn = "refused",
    log_json: LogJson = False,
) -> None:
    """Read a folder of plans into a Parquet dataset."""
    from planparse.batch.inputs import read_passwords
    from planparse.batch.job import RunSettings
    from planparse.cli.run import run

    settings = RunSettings(
        jobs=jobs,
        rules=rules,
        timeout=timeout,
        memory=memory,
        passwords=read_passwords(password_file),
        force=force,
        prune=prune,
        dask=dask,
        second_opinion=second_opinion,
        incomplete=publish_incomplete,
    )
    raise typer.Exit(run(source, out, settings, fail_on=fail_on, log_json=log_json))


@app.command("compact")
def compact_command(
    out: Output = "output",
    year: Annotated[list[int] | None, typer.Option("--year", help="Only this ROC year.")] = None,
) -> None:
    """Merge the small files of each year and district."""
    from planparse.cli.dataset import compact

    raise typer.Exit(compact(out, year))


@app.command("show")
def show_command(
    file: PlanFile,
    rules: Rules = None,
) -> None:
    """Show a plan as a tree."""
    from planparse.cli.show import show

    raise typer.Exit(show(file, rules=rules))


@app.command("tables")
def tables_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF with ruled tables.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show every ruled table of a PDF."""
    from planparse.cli.tables import tables

    raise typer.Exit(tables(file, as_json=as_json))


@app.command("schema")
def schema_command(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")] = Path("schemas"),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if the files would change.")
    ] = False,
) -> None:
    """Write the JSON Schema files and the list of columns."""
    from planparse.cli.dataset import schema

    raise typer.Exit(schema(folder, check=check))


@app.command("query")
def query_command(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="SELECT … FROM measures …")],
    out: Out = "output",
    csv: Annotated[Path | None, typer.Option("--csv", help="Write a CSV file.")] = None,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write a Parquet file.")] = None,
    *,
    timeout: QueryTimeout = 300,
    editions: Editions = None,
) -> None:
    """Run one SELECT on the tables of the dataset."""
    from planparse.cli.query import query

    code = query(sql, out, csv=csv, parquet=parquet, timeout=timeout, editions=editions)
    raise typer.Exit(code)


@app.command("export")
def export_command(
    form: Annotated[Literal["csv", "xlsx"], typer.Option("--format", help="File format.")],
    out: Out = "output",
    folder: Annotated[Path, typer.Option("--to", help="Folder to write to.")] = Path("export"),
    labels: Annotated[
        Literal["zh"] | None, typer.Option("--labels", help="Use the Chinese names of the columns.")
    ] = None,
) -> None:
    """Write the dataset as CSV or spreadsheets, one per table."""
    from planparse.cli.dataset import export

    raise typer.Exit(export(out, folder, form, labels=labels))


@app.command("audit")
def audit_command(
    out: Output = "output",
) -> None:
    """Account for every character; fail if any is missing."""
    from planparse.cli.audit import audit

    raise typer.Exit(audit(out))


@app.command("compare")
def compare_command(
    file: PlanFile,
    rules: Rules = None,
) -> None:
    """Read a plan with two extractors and show what differs."""
    from planparse.cli.show import compare

    raise typer.Exit(compare(file, rules=rules))


@app.command("check")
def check_command(
    expected: Annotated[Path, typer.Argument(metavar="EXPECTED", help="Folder of *.json files.")],
    *,
    plans: Annotated[
        Path | None, typer.Option("--plans", help="Folder of the PDFs; default: EXPECTED itself.")
    ] = None,
    dataset: Annotated[
        str | None,
        typer.Option("--dataset", help="Check this dataset; read no PDF."),
    ] = None,
    rules: Rules = None,
    jobs: Jobs = None,
) -> None:
    """Compare plans with their expected files.

    Every field counts; the exit code is 1 if any differs.
    """
    from planparse.batch.job import RunSettings
    from planparse.cli.check import check

    raise typer.Exit(check(expected, plans, dataset, RunSettings(jobs=jobs, rules=rules)))


@app.command("accept")
def accept_command(
    file: PlanFile,
    expected: Annotated[
        Path, typer.Option("--expected", help="Folder of the expected files.")
    ] = Path("expected"),
    *,
    rules: Rules = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Write the expected file of a plan, after showing what differs."""
    from planparse.cli.check import accept

    raise typer.Exit(accept(file, expected, rules=rules, sure=yes))


@app.command("dictionary")
def dictionary_command(
    file: Annotated[Path, typer.Argument(help="Page to write.")] = Path("docs/data-dictionary.md"),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if the page would change.")
    ] = False,
) -> None:
    """Write the data dictionary: columns, meanings, examples."""
    from planparse.cli.dataset import dictionary

    raise typer.Exit(dictionary(file, check=check))


def main() -> None:
    """Run the command line; an error that a user can act on becomes one line and an exit code."""
    from planparse.errors import PlanparseError

    try:
        app()
    except PlanparseError as error:
        from planparse.cli.exit_codes import of_error
        from planparse.model.printable import printable

        # Not through rich, which is slow to load. A message may quote a file.
        typer.echo(f"planparse: {printable(error.message)}", err=True)
        sys.exit(of_error(error))
