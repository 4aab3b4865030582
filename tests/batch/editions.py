"""A folder of plans in two editions, and a reader that tells them apart.

The files hold their title: ``plan 3, edition 2, 屏東``. A plan has as many measures as its number
and edition make, so that parts of two editions never fit together.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from planparse.dataset.load import read_tables
from planparse.model.result import ParseResult
from tests.dataset.made import made_measure, made_problem, made_result

COUNT = 12
TABLES = ("plans", "measures", "sections", "problems")


def title(number: int, edition: int) -> str:
    """Give the content of a file; every third plan moves to another district."""
    district = "屏東" if edition == 2 and number % 3 == 0 else "台北市"
    return f"plan {number}, edition {edition}, {district}"


def measures_of(text: str) -> int:
    """Give the number of measures of a plan."""
    number, edition = (int(part.split()[1]) for part in text.split(", ")[:2])
    return 2 + number % 5 + 10 * edition


def parse(path: Path, *, rules: Any = None, **changes: Any) -> ParseResult:
    """Parse a file of this kind, slowly enough to be killed at it."""
    time.sleep(0.004)
    text = path.read_text(encoding="utf-8")
    digest = sha256(text.encode()).hexdigest()
    fields = {
        "title": text,
        "district": text.rpartition(", ")[2],
        # A year of its own: two plans for one district and year are a problem of both.
        "roc_year": 100 + int(text.split()[1].rstrip(",")),
        "measures": tuple(
            made_measure(seq + 1, text=f"{text}, measure {seq}") for seq in range(measures_of(text))
        ),
    }
    problems = [made_problem()] if "edition 1" in text or "plan 1," in text else []
    made = made_result(path.name, problems, **(fields | changes))
    plan = made.plan.model_copy(update={"plan_id": digest[:16], "sha256": digest})
    result: ParseResult = replace(made, plan=plan, sha256=digest)
    return result


def write_edition(folder: Path, edition: int) -> None:
    """Write the files; the second edition has a file more, and leaves every fifth as it was."""
    folder.mkdir(exist_ok=True)
    for number in range(COUNT + edition - 1):
        if edition == 1 or number % 5 != 4:
            (folder / f"{number:03}.pdf").write_text(title(number, edition), encoding="utf-8")


def check_whole(tables: Mapping[str, pa.Table]) -> set[str]:
    """Check that every plan is there once and whole; give the titles.

    AssertionError says what does not fit together.
    """
    plans = tables["plans"].to_pylist()
    names = [row["source_file"] for row in plans]
    assert len(set(names)) == len(names), f"doubled: {sorted(names)}"
    by_plan: dict[str, list[str]] = {row["plan_id"]: [] for row in plans}
    for row in tables["measures"].to_pylist():
        assert row["plan_id"] in by_plan, f"measures without their plan: {row['source_file']}"
        by_plan[row["plan_id"]].append(row["text"])
    for row in plans:
        texts = by_plan[row["plan_id"]]
        expected = [f"{row['title']}, measure {seq}" for seq in range(measures_of(row["title"]))]
        assert texts == expected, f"{row['title']} is not whole"
        assert row["measure_count"] == len(texts)
        assert row["district"] == row["title"].rpartition(", ")[2]
    for name in ("sections", "problems"):
        assert set(tables[name].column("plan_id").to_pylist()) <= set(by_plan), name
    assert set(tables["sections"].column("plan_id").to_pylist()) == set(by_plan)
    return {row["title"] for row in plans}


def read_whole(out: Path | str) -> set[str]:
    """Read the data set as planparse does and check it; give the titles."""
    return check_whole(read_tables(out, TABLES))
