"""``planparse run``: read a folder of plans into the dataset, with progress or a log.

With ``--log-json`` standard error gets one JSON object per line. Every line has ``time`` (UTC,
ISO 8601) and ``event``: ``run_started``, ``document_done`` for every file read, ``run_finished``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from planparse.batch.job import RunSettings
from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.parse_folder import parse_folder
from planparse.cli.exit_codes import ExitCode, FailOn, of_statuses
from planparse.cli.terminal import console, write_json
from planparse.dataset.reading import read_table
from planparse.model.printable import printable
from planparse.model.problem import ProblemCode, Status

# Files. Nobody reads a longer closing table: beyond this it lists failures only.
_LONGEST_TABLE = 100

# The problems that a rule of the user's own would solve.
_UNREAD_CODES = frozenset(
    {
        ProblemCode.HEADING_UNKNOWN,
        ProblemCode.DEPARTMENT_UNKNOWN,
        ProblemCode.PERIOD_UNKNOWN,
        ProblemCode.LEGAL_BASIS_UNKNOWN,
        ProblemCode.DATE_UNKNOWN,
        ProblemCode.DISTRICT_UNKNOWN,
        ProblemCode.YEAR_UNKNOWN,
    }
)


def _good(one: FileOutcome) -> bool:
    return of_statuses([one.outcome]) is ExitCode.OK


def _shown(outcomes: Iterable[FileOutcome]) -> list[FileOutcome]:
    listed = list(outcomes)
    if len(listed) > _LONGEST_TABLE:
        listed = [one for one in listed if not _good(one)][:_LONGEST_TABLE]
    return listed


def closing_table(report: RunReport) -> Table:
    """Draw the outcome of the run: one line per file, or per failure where the run is large."""
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
    """Return the size of the dataset and the files that are gone, in at most two lines."""
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
    """Read the folder and show progress and outcome; return the exit code."""
    follow = _logged if log_json else _watched
    report = follow(source, out, settings)
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
    # In a large dataset the problems are too many files to read again for one line.
    if len(report.outcomes) <= _LONGEST_TABLE and (line := unread(out)) is not None:
        screen.print(Text(line))
    return report


def _log(event: str, **fields: Any) -> None:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    write_json({"time": now, "event": event, **fields}, sys.stderr)


def _log_done(outcome: FileOutcome) -> None:
    _log(
        "document_done",
        source=outcome.source,
        plan_id=outcome.plan_id,
        status=outcome.status,
        reason=outcome.reason,
        rows=outcome.rows,
        seconds=outcome.seconds,
        stages=outcome.seconds_by_stage,
        peak_mebibytes=outcome.timing.get("peak_mebibytes"),
    )


def _logged(source: str, out: str, settings: RunSettings) -> RunReport:
    report = parse_folder(
        source,
        out,
        settings,
        on_start=lambda total: _log("run_started", input=source, output=out, to_parse=total),
        on_done=_log_done,
    )
    _log(
        "run_finished",
        seconds=round(report.seconds, 3),
        documents=len(report.outcomes),
        status=dict(sorted(Counter(one.status for one in report.outcomes).items())),
        gone=len(report.gone),
        pruned=report.pruned,
    )
    return report


def unread(out: str) -> str | None:
    """Return a count of headings, departments, periods … that no rule reads; None if none."""
    codes = read_table(out, "problems").column("code").value_counts().to_pylist()
    counts = {
        entry["values"]: entry["counts"] for entry in codes if entry["values"] in _UNREAD_CODES
    }
    if not counts:
        return None
    listed = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
    return f"read by no rule: {listed} (the table problems names them, --rules takes more rules)"
