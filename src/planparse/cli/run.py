"""``planparse run``: a folder of plans becomes the data set."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.parse_folder import parse_folder
from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.errors import OutputError

# What is piped into a file is not folded at 80 columns.
_WIDTH_OF_A_FILE = 160


def console(*, stderr: bool = False) -> Console:
    """Make a console that keeps wide lines whole where nobody watches."""
    made = Console(stderr=stderr, highlight=False)
    return (
        made
        if made.is_terminal
        else Console(stderr=stderr, highlight=False, width=_WIDTH_OF_A_FILE)
    )


def closing_table(report: RunReport) -> Table:
    """Draw the run's outcome, a line a file."""
    table = Table(title=None, box=None, pad_edge=False, header_style="bold")
    table.add_column("plan", overflow="fold")
    table.add_column("district")
    for name in ("year", "pages", "measures", "problems", "seconds"):
        table.add_column(name, justify="right")
    table.add_column("status")
    for one in report.outcomes:
        good = of_statuses([one.status]) is ExitCode.OK
        table.add_row(
            Text(one.source_file),
            Text(one.district or ""),
            "" if one.roc_year is None else str(one.roc_year),
            "" if one.page_count is None else str(one.page_count),
            str(one.rows.get("measures", 0)),
            str(len(one.problems)),
            f"{one.seconds:.2f}",
            Text(one.status, style="" if good else "red"),
        )
    return table


def _summary(report: RunReport, out: Path) -> str:
    measures = sum(one.rows.get("measures", 0) for one in report.outcomes)
    plans = sum(one.rows.get("plans", 0) for one in report.outcomes)
    return f"{plans} plans, {measures} measures in {out}/ ({report.seconds:.1f} s)"


def _write_timings(report: RunReport, path: Path) -> None:
    files = [
        {
            "source_file": one.source_file,
            "plan_id": one.plan_id,
            "seconds": one.seconds,
            "seconds_by_stage": dict(one.seconds_by_stage),
        }
        for one in report.outcomes
    ]
    try:
        path.write_text(
            json.dumps({"seconds": report.seconds, "files": files}, ensure_ascii=False, indent=1)
        )
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def run(source: Path, out: Path, *, jobs: int, rules: Path | None, timings: Path | None) -> int:
    """Parse the folder, show how it goes and what came of it; give the exit code."""
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
                progress.console.print(Text(f"{outcome.source_file}: {problem.message}"))
            progress.advance(task)

        report = parse_folder(
            source,
            out,
            jobs=jobs,
            rules=rules,
            on_start=lambda total: progress.update(task, total=total),
            on_done=on_done,
        )
    if timings is not None:
        _write_timings(report, timings)
    screen = console()
    screen.print(closing_table(report))
    screen.print(Text(_summary(report, out)))
    return int(of_statuses(one.status for one in report.outcomes))
