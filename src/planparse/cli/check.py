"""``planparse check``: a folder of plans against what is expected of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.table import Table
from rich.text import Text

from planparse.batch.check_folder import CheckedPlan, all_passed, check_dataset, expected_files
from planparse.batch.parse_folder import parse_folder
from planparse.batch.settings import RunSettings
from planparse.cli.differences import difference_lines
from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console


def check(
    expected: Path, plans: Path | None, dataset: str | None, settings: RunSettings | None = None
) -> int:
    """Print every difference, then one line per plan; return 1 if there is any difference.

    The plans of ``plans`` are read into a dataset that is thrown away, or ``dataset`` is taken.
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
