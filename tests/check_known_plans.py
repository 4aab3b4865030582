"""Compare the data set made of ``raw_pdfs/`` with ``tests/known_plans/``: ``make check``."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf
from rich.console import Console
from rich.table import Table
from rich.text import Text

from planparse.batch.outcome import FileOutcome
from planparse.batch.parse_folder import parse_folder
from planparse.extract.ocr.read_scanned_page import ANSWERS
from planparse.store.read_table import read_table
from tests.comparison import Comparison, Difference, compare, error_rate

ROOT = Path(__file__).parent.parent
# A scan's texts may differ in this share of their characters; its other fields may not differ.
CHARACTER_ERRORS = 0.003


@dataclass(frozen=True, slots=True)
class Checked:
    """A known plan and how it compares; ``comparison`` is None where nothing was published."""

    name: str
    digital: bool
    outcome: FileOutcome
    comparison: Comparison | None

    @property
    def passed(self) -> bool:
        """Tell whether it is as exact as it must be; a scan may say that it needs OCR."""
        found = self.comparison
        if found is None:
            codes = {problem.code for problem in self.outcome.refusals}
            return not self.digital and "needs_ocr" in codes
        if self.digital:
            return found.same
        exact = found.equal_but_text == found.expected == found.got
        return exact and error_rate(found) <= CHARACTER_ERRORS


def _plan_as_expected(plan: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> Any:
    def of_plan(table: str) -> list[dict[str, Any]]:
        return [row for row in rows[table] if row["plan_id"] == plan["plan_id"]]

    measures = [
        {**row, "departments": [one["printed"] for one in row["departments"]]}
        for row in of_plan("measures")
    ]
    return {
        "title": plan["title"],
        "district": plan["district_printed"],
        "roc_year": plan["roc_year"],
        "issued": plan["issued"],
        "columns": {one["role"]: one["printed"] for one in plan["columns"]},
        "sections": of_plan("sections"),
        "measures": measures,
    }


def _is_digital(path: Path) -> bool:
    with pymupdf.open(path) as document:
        return any(page.get_text().strip() for page in document)


def check_all(folder: Path, expected: Path, out: Path) -> list[Checked]:
    """Make the data set of the folder and compare every plan that has an expected file.

    Scans are read with the answers that the engine gave when they were recorded.
    """
    os.environ.setdefault(ANSWERS, str(ROOT / "tests" / "ocr_answers"))
    outcomes = {one.source_file: one for one in parse_folder(folder, out).outcomes}
    rows = {name: read_table(out, name).to_pylist() for name in ("plans", "sections", "measures")}
    plans = {row["source_file"]: row for row in rows["plans"]}
    checked: list[Checked] = []
    for path in sorted(expected.glob("*.json")):
        name = f"{path.stem}.pdf"
        plan, outcome = plans.get(name), outcomes[name]
        found = None
        if plan is not None and plan["status"].startswith("parsed"):
            wanted = json.loads(path.read_text(encoding="utf-8"))
            found = compare(wanted, _plan_as_expected(plan, rows))
        checked.append(Checked(name, _is_digital(folder / name), outcome, found))
    return checked


def _difference_line(one: Difference) -> Text:
    where = "plan" if one.row is None else f"row {one.row}"
    return Text.assemble(
        f"  {where} {one.field}\n    expected ",
        (json.dumps(one.expected, ensure_ascii=False), "green"),
        "\n    got      ",
        (json.dumps(one.got, ensure_ascii=False), "red"),
    )


def _summary(checked: list[Checked]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("plan")
    for name in ("expected", "got", "equal", "missing", "extra", "differences"):
        table.add_column(name, justify="right")
    table.add_column("verdict")
    for one in checked:
        found = one.comparison
        if found is None:
            verdict = "needs OCR, says so" if one.passed else f"NOT PUBLISHED {one.outcome.status}"
            table.add_row(one.name, *("" for _ in range(6)), verdict)
            continue
        verdict = "exact" if found.same else ("within limits" if one.passed else "DIFFERS")
        if not one.digital:
            verdict += f", {found.equal_but_text} rows exact but for text"
            verdict += f", {error_rate(found):.2%} of characters wrong"
        counts = (found.expected, found.got, found.equal, len(found.missing), len(found.extra))
        differences = str(len(found.differences))
        table.add_row(one.name, *(str(count) for count in counts), differences, verdict)
    return table


def report(checked: list[Checked], screen: Console) -> None:
    """Print every difference, then a line a plan."""
    for one in checked:
        found = one.comparison
        if found is None:
            for problem in one.outcome.refusals:
                screen.print(Text(f"{one.name}: {problem.code}: {problem.message}"))
            continue
        if found.same:
            continue
        screen.print(Text(one.name, style="bold"))
        for word, rows in (("missing", found.missing), ("extra", found.extra)):
            for row in rows:
                shown = json.dumps(dict(row), ensure_ascii=False, default=str)
                screen.print(Text(f"  {word} row {row['seq']}: {shown[:300]}"))
        for difference in found.differences:
            screen.print(_difference_line(difference))
    screen.print(_summary(checked))


def main() -> int:
    """Check and report; 0 if every plan is as exact as it must be."""
    with tempfile.TemporaryDirectory() as out:
        checked = check_all(ROOT / "raw_pdfs", ROOT / "tests" / "known_plans", Path(out))
    screen = Console(highlight=False)
    if not screen.is_terminal:
        screen = Console(highlight=False, width=160)
    report(checked, screen)
    return 0 if all(one.passed for one in checked) else 1


if __name__ == "__main__":
    sys.exit(main())
