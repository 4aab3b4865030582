"""Check plans against what is expected of them, through the dataset that a run makes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.dataset.reading import read_tables
from planparse.errors import InputError
from planparse.model.record_differences import Comparison, compare_records, plan_record

# Where a measure stands changes with every layout of the same text; what it contains does not.
_NOT_EXPECTED = ("page_first", "page_last", "problem_codes")


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """One expected file and what the dataset has of its plan.

    ``status`` is None where the dataset has no document of that name; ``comparison`` is None
    where no rows of it are published, and ``reason`` says why.
    """

    name: str
    status: str | None
    reason: str | None
    comparison: Comparison | None

    @property
    def passed(self) -> bool:
        """Return True if every field is as expected, and no row is missing or extra."""
        return self.comparison is not None and self.comparison.same

    @property
    def silent(self) -> int:
        """Number of wrong or extra rows without a problem of their own, and of missing rows."""
        found = self.comparison
        if found is None:
            return 0
        wrong = [row for wanted, row in found.pairs if wanted["seq"] in found.wrong]
        unmarked = [row for row in (*wrong, *found.extra) if not row["problem_codes"]]
        return len(unmarked) + len(found.missing)


def check_dataset(expected: Path, dataset: str | Path) -> list[CheckedPlan]:
    """Compare a dataset with the expected files of a folder, ``<name>.json`` for ``<name>.pdf``.

    InputError where the folder has no expected file, or one is no record of a plan.
    """
    files = expected_files(expected)
    tables = read_tables(dataset, ("documents", "plans", "sections", "measures"))
    rows = {name: table.to_pylist() for name, table in tables.items()}
    documents = {_stem(row): row for row in rows["documents"]}
    return [_check(file, documents.get(file.stem), rows) for file in files]


def expected_files(folder: Path) -> list[Path]:
    """Return the expected files of a folder by name; InputError where it has none."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder} has no expected files; `planparse accept` writes them")
    return files


def read_expected(file: Path) -> dict[str, Any]:
    """Return an expected record; InputError where the file holds none."""
    try:
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if all("seq" in row for row in record["measures"]):
            return record
    except (OSError, UnicodeError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} is not an expected file: {error}") from error
    raise InputError(f"{file} is not an expected file: a measure has no seq")


def write_expected(file: Path, record: dict[str, Any]) -> None:
    """Write a record as an expected file."""
    measures = [
        {name: value for name, value in row.items() if name not in _NOT_EXPECTED}
        for row in record["measures"]
    ]
    text = json.dumps({**record, "measures": measures}, ensure_ascii=False, indent=1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")


def _stem(document: dict[str, Any]) -> str:
    return Path(str(document["source_file"])).stem


def _check(
    file: Path, document: dict[str, Any] | None, rows: dict[str, list[dict[str, Any]]]
) -> CheckedPlan:
    wanted = read_expected(file)
    if document is None:
        return CheckedPlan(file.stem, None, "no such document", None)

    def of_plan(table: str) -> list[dict[str, Any]]:
        return [row for row in rows[table] if row["plan_id"] == document["plan_id"]]

    plans, measures = of_plan("plans"), of_plan("measures")
    status, reason = str(document["outcome"]), document["reason"]
    if not plans or not measures:
        return CheckedPlan(file.stem, status, reason, None)
    got = plan_record(plans[0], of_plan("sections"), measures)
    return CheckedPlan(file.stem, status, reason, compare_records(wanted, got))


def all_passed(checked: Iterable[CheckedPlan]) -> bool:
    """Return True if every plan is as expected."""
    return all(one.passed for one in checked)
