"""``planparse compare``: what two extractors make of one file."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.show import problem_line
from planparse.cli.terminal import console


def compare(file: Path, *, rules: Path | None) -> int:
    """Parse a file with both extractors and print each record that differs; give the exit code."""
    from planparse.pipeline import compare_file

    opinion = compare_file(file, rules=rules)
    screen, errors = console(), console(stderr=True)
    for found in (*opinion.pages, *opinion.records):
        screen.print(Text(str(found)))
    for problem in opinion.failed:
        errors.print(problem_line(problem))
    if opinion.read_once:
        what = "pages were read by OCR, once: they have no second reading"
        screen.print(Text(f"{file.name}: {opinion.read_once} {what}", style="yellow"))
    if opinion.problems:
        count = len(opinion.records)
        screen.print(Text(f"{file.name}: {count} fields of records differ", style="red"))
        return int(ExitCode.DISAGREEMENT)
    same = "nothing differs elsewhere" if opinion.read_once else "identical in both readings"
    screen.print(Text(f"{file.name}: {opinion.measures} measures, {same}"))
    return int(ExitCode.OK)
