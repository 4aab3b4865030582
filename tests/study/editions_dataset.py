"""A dataset with two editions of a plan and a copy of a file, small enough to be counted by hand.

| file | plan | issued | measures | with 業務組 | a schedule of kind deadline |
|---|---|---|---:|---:|---:|
| first.pdf | 屏東 107 | 10 January 2018 | 4 | 1 | 4 |
| second.pdf | 屏東 107 | 1 June 2018 | 5 | 3 | 5 |
| copy/second.pdf | the same bytes | | | | |
| other.pdf | 新營 108 | 1 June 2019 | 2 | 1 | 2 |
| refused.pdf | 屏東 107 | 1 December 2018 | not published | | |
| nowhere-1.pdf, nowhere-2.pdf | unknown | | 1 each | 0 | 1 each |
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.model.plan import Department
from planparse.model.problem import ProblemCode, Severity
from planparse.model.result import ParseResult
from tests.dataset.made import made_measure, made_problem, made_result

CONTENTS = {
    "first.pdf": "屏東 107 2018-01-10 4 1",
    "second.pdf": "屏東 107 2018-06-01 5 3",
    "copy/second.pdf": "屏東 107 2018-06-01 5 3",
    "other.pdf": "新營 108 2019-06-01 2 1",
    "refused.pdf": "屏東 107 2018-12-01 9 9 refused",
    "nowhere-1.pdf": "? ? ? 1 0 one",
    "nowhere-2.pdf": "? ? ? 1 0 two",
}


def _departments(name: str) -> tuple[Department, ...]:
    return (Department(name=name, canonical=name, kind="group", role="lead", printed=name),)


def parse(path: Path, *, rules: Any = None, **_: Any) -> ParseResult:
    """Return the plan that a file's content describes."""
    text = path.read_text(encoding="utf-8")
    digest = sha256(text.encode()).hexdigest()
    district, year, issued, count, with_first, *more = text.split()
    refused = [made_problem(ProblemCode.GLYPHS_UNACCOUNTED, Severity.REFUSED)]
    measures = tuple(
        made_measure(
            seq,
            text=f"{issued} 第{seq}項",
            departments=_departments("業務組" if seq <= int(with_first) else "總務組"),
        )
        for seq in range(1, int(count) + 1)
    )
    result = made_result(
        path.name,
        refused if "refused" in more else [],
        district=None if district == "?" else district,
        district_printed=None if district == "?" else district,
        roc_year=None if year == "?" else int(year),
        issued_date=None if issued == "?" else datetime.date.fromisoformat(issued),
        measures=measures,
    )
    plan = result.plan.model_copy(update={"plan_id": digest[:16], "sha256": digest})
    found: ParseResult = replace(result, plan=plan, sha256=digest)
    return found


def plan_id(name: str) -> str:
    """Return the plan_id of a file's content."""
    return sha256(CONTENTS[name].encode()).hexdigest()[:16]


def write_editions_dataset(root: Path) -> Path:
    """Write the files, run over them, and return the dataset's folder."""
    for name, content in CONTENTS.items():
        (root / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "in" / name).write_text(content, encoding="utf-8")
    parse_folder(root / "in", root / "out", RunSettings(isolate=False, parse=parse))
    return root / "out"
