"""``planparse run``: a folder of plans becomes the data set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from planparse.batch.job import RunSettings
from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.parse_folder import parse_folder
from planparse.cli.audit import unread
from planparse.cli.exit_codes import ExitCode, FailOn, of_statuses
from planparse.cli.log_json import JsonLog
from planparse.cli.terminal import console
from planparse.model.printable import printable
from planparse.model.problem import Status

# A closing table of more lines is nobody's reading: then it names what failed.
_LONGEST_TABLE = 100


def _good(one: FileOutcome) -> bool:
    return of_statuses([one.outcome]) is ExitCode.OK


def _shown(outcomes: Iterable[FileOutcome]) -> list[FileOutcome]:
    listed = list(outcomes)
    if len(listed) > _LONGEST_TABLE:
        listed = [one for one in listed if not _good(one)][:_LONGEST_TABLE]
    return listed


def closing_table(report: RunReport) -> Table:
    """Draw the run's outcome, a line a file; of a large run, a line a failure."""
    table = Table(title=None, box=None, pad_edge=False, header_style="bold")
    table.add_column("plan", overflow="fold")
    table.add_column("district")
    for name in ("year", "pages", "measures", "problems", "seconds"):
        table.add_column(name, justify="right")
    table.add_column("status")
    for one in _shown(report.outcomes):
        row = one.document
        skipped = one.status == Status.SKIPPED_UNCHANGED
        status = f"{one.outcome}, unchanged" if skipped else one.status
        table.add_row(
            Text(one.source_file),
            Text(row["district"] or ""),
            "" if row["roc_year"] is None else str(row["roc_year"]),
            "" if row["page_count"] is None else str(row["page_count"]),
            str(row["measures"]),
            str(row["problems"]),
            "" if skipped else f"{one.seconds:.2f}",
            Text(status, style="" if _good(one) else "red"),
        )
    return table


def summary(report: RunReport, out: str) -> str:
    """Say in two lines at most what the data set holds, and which files of it are gone."""
    rows = Counter[str]()
    for one in report.outcomes:
        rows.update(one.rows)
    parsed = sum(1 for one in report.outcomes if one.timing and one.seconds)
    counts = f"{parsed} of {len(report.outcomes)} files read, {report.seconds:.1f} s"
    lines = [f"{rows['plans']} plans, {rows['measures']} measures in {out.rstrip('/')}/ ({counts})"]
    files = "1 file is" if len(report.gone) == 1 else f"{len(report.gone)} files are"
    if report.pruned:
        lines.append(f"{files} no longer in the input: the rows were removed")
    elif report.gone:
        names = ", ".join(report.gone[:3]) + (" …" if len(report.gone) > 3 else "")
        lines.append(f"{files} no longer in the input, --prune removes the rows: {names}")
    return "\n".join(lines)


def run(source: str, out: str, settings: RunSettings, *, fail_on: str, log_json: bool) -> int:
    """Parse the folder, show how it goes and what came of it; give the exit code."""
    report = (
        JsonLog().follow(source, out, settings) if log_json else _watched(source, out, settings)
    )
    return int(of_statuses((one.outcome for one in report.outcomes), FailOn(fail_on)))


def _watched(source: str, out: str, settings: RunSettings) -> RunReport:
    errors = console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        task = progress.add_task("reading plans", total=None)

        def on_done(outcome: FileOutcome) -> None:
            for problem in outcome.refusals:
                line = f"{outcome.source_file}: {printable(problem.message)}"
                progress.console.print(Text(line))
            progress.advance(task)

        report = parse_folder(
            source,
            out,
            settings,
            on_start=lambda total: progress.update(task, total=total),
            on_done=on_done,
        )
    screen = console()
    screen.print(closing_table(report))
    screen.print(Text(summary(report, out)))
    # Of a large data set the problems are too many files to read once more for one line.
    if len(report.outcomes) <= _LONGEST_TABLE and (line := unread(out)) is not None:
        screen.print(Text(line))
    return report
