"""``planparse accept``: what a plan is read as becomes what is expected of it."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from planparse.batch.check_folder import read_expected, write_expected
from planparse.cli.differences import difference_lines
from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.cli.show import plan_tree, problem_line
from planparse.cli.terminal import console
from planparse.datamodel.problem import Problem
from planparse.datamodel.record_differences import compare_records, plan_record


def accept(file: Path, expected: Path, *, rules: Path | None, sure: bool) -> int:
    """Show how a plan differs from its expected file, ask, and write the file.

    Nothing is written where nothing differs, or where the plan's rows would not be published.
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
    _warn(result.problems)
    if not sure and not typer.confirm(f"Write {target}?"):
        return int(ExitCode.OK)
    write_expected(target, record)
    screen.print(Text(f"{target}: {len(plan.measures)} measures"))
    return int(ExitCode.OK)


def _warn(problems: tuple[Problem, ...]) -> None:
    """Print every problem: what is accepted with one must be compared with the page first."""
    errors = console(stderr=True)
    for problem in problems:
        errors.print(problem_line(problem))
