"""``planparse check`` and ``accept``: plans against their expected files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from planparse.batch.check_folder import (
    CheckedPlan,
    all_passed,
    check_dataset,
    expected_files,
    read_expected,
    write_expected,
)
from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.cli.show import plan_tree, problem_line
from planparse.cli.terminal import console
from planparse.model.record_differences import (
    Comparison,
    Difference,
    as_json,
    compare_records,
    plan_record,
)


def check(
    expected: Path, plans: Path | None, dataset: str | None, settings: RunSettings | None = None
) -> int:
    """Print every difference, then one line per plan; return 1 if there is any difference.

    ``dataset`` is checked if given; otherwise ``plans`` are read into a temporary dataset.
    """
    expected_files(expected)
    if dataset is not None:
        return _report(check_dataset(expected, dataset))
    with tempfile.TemporaryDirectory() as out:
        parse_folder(expected if plans is None else plans, out, settings)
        return _report(check_dataset(expected, out))


def _report(checked: list[CheckedPlan]) -> int:
    screen = console()
    for one in checked:
        for line in _lines(one):
            screen.print(line)
    screen.print(_summary(checked))
    return int(ExitCode.OK if all_passed(checked) else ExitCode.FAULT)


def _lines(one: CheckedPlan) -> Iterator[Text]:
    if one.passed:
        return
    yield Text(one.name, style="bold")
    if one.comparison is None:
        yield Text(f"  not published: {one.status or 'not read'}: {one.reason}", style="red")
    else:
        yield from difference_lines(one.comparison)


def _summary(checked: list[CheckedPlan]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("plan", overflow="fold")
    for name in ("expected", "read", "exact", "missing", "extra", "silent"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    for one in checked:
        found = one.comparison
        if found is None:
            table.add_row(one.name, *("" for _ in range(6)), "not published")
            continue
        counts = (found.expected, found.got, found.equal, len(found.missing), len(found.extra))
        verdict = "exact" if one.passed else f"{len(found.differences)} fields differ"
        table.add_row(one.name, *(str(count) for count in (*counts, one.silent)), verdict)
    return table


def accept(file: Path, expected: Path, *, rules: Path | None, sure: bool) -> int:
    """Show how a plan differs from its expected file, ask, write the file; return the exit code.

    Nothing is written if nothing differs, or if the rows of the plan would not be published.
    """
    from planparse.pipeline import parse_plan

    result = parse_plan(file, rules=rules)
    screen, errors = console(), console(stderr=True)
    plan = result.plan
    if plan is None or not result.status.startswith("parsed"):
        for problem in result.problems:
            errors.print(problem_line(problem))
        return int(of_statuses([result.status]))
    dumped = plan.model_dump(mode="json")
    record = plan_record(dumped, dumped["sections"], dumped["measures"])
    target = expected / f"{file.stem}.json"
    if target.exists():
        found = compare_records(read_expected(target), record)
        if found.same:
            screen.print(Text(f"{target}: {found.expected} measures, nothing to accept"))
            return int(ExitCode.OK)
        for line in difference_lines(found):
            screen.print(line)
    else:
        screen.print(plan_tree(plan))
    # A plan that is accepted with a problem must be compared with the page first.
    for problem in result.problems:
        errors.print(problem_line(problem))
    if not sure and not typer.confirm(f"Write {target}?"):
        return int(ExitCode.OK)
    write_expected(target, record)
    screen.print(Text(f"{target}: {len(plan.measures)} measures"))
    return int(ExitCode.OK)


# Characters shown of a row that is missing or extra: enough to find it on the page.
_SHOWN = 60


def difference_lines(found: Comparison) -> Iterator[Text]:
    """Yield the fields that differ, and the rows that are missing or extra."""
    for word, rows in (("missing", found.missing), ("extra", found.extra)):
        for row in rows:
            text = f"{row.get('measure_no') or ''}{row['text']}"[:_SHOWN]
            yield Text(f"  {word} row {row['seq']}: {text}")
    for one in found.differences:
        yield _line(one)


def _line(one: Difference) -> Text:
    place = "plan" if one.row is None else f"row {one.row}"
    return Text.assemble(
        f"  {place} {one.field}\n    expected ",
        (as_json(one.expected), "green"),
        "\n    read     ",
        (as_json(one.got), "red"),
    )
