"""Draw plans, have planparse read them, and keep what came out wrong."""

from __future__ import annotations

import json
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from planparse.model.plan import Measure
from planparse.model.problem import Problem, Severity
from planparse.model.record_alignment import row_text
from planparse.model.record_differences import Difference
from tests.edits import edits

from .compare import compare
from .plan import UnseenPlan, draw_plan
from .scan import to_scan
from .style import Style, with_choice


@dataclass(slots=True)
class Outcome:
    """What became of one plan. ``crash`` is the traceback where planparse fell over."""

    plan: UnseenPlan
    differences: list[Difference]
    problems: tuple[Problem, ...] = ()
    crash: str | None = None
    seconds: float = 0.0
    errors: int = 0
    characters: int = 0

    @property
    def exact(self) -> bool:
        """Whether every field was read exactly."""
        return not self.differences and self.crash is None

    @property
    def fields(self) -> set[str]:
        """The fields that were read wrongly, ``crash`` among them."""
        return {one.field for one in self.differences} | ({"crash"} if self.crash else set())

    @property
    def pages(self) -> int:
        """How many pages the table reaches."""
        return int(max(row["page_last"] for row in self.plan.truth["measures"]))

    @property
    def rows(self) -> int:
        """How many rows the truth has."""
        return len(self.plan.truth["measures"])

    @property
    def wrong_rows(self) -> int:
        """How many rows of the truth are missing or have a wrong field."""
        if self.crash or any(one.field == "plan" for one in self.differences):
            return self.rows
        return len({one.row for one in self.differences if one.row is not None})

    @property
    def misplaced_rows(self) -> int:
        """How many rows are wrong in more than the wording of text and points."""
        if self.crash or any(one.field == "plan" for one in self.differences):
            return self.rows
        worded = ("text", "points")
        wrong = {one.row for one in self.differences if one.field not in worded}
        return len(wrong - {None})

    @property
    def silent(self) -> bool:
        """Whether the plan was read wrongly without any warning."""
        return not self.exact and not any(
            one.severity is not Severity.NOTE for one in self.problems
        )


def read_plan(plan: UnseenPlan, scan: int | None = None) -> Outcome:
    """Have planparse read a drawn plan, as it is or as a scan of so many dpi."""
    from planparse.pipeline import parse_plan

    pdf = plan.pdf if scan is None else to_scan(plan.pdf, scan, plan.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"unseen-{plan.seed}.pdf"
        path.write_bytes(pdf)
        start = time.perf_counter()
        try:
            result = parse_plan(path)
        except Exception:  # noqa: BLE001 - whatever the parser throws is a finding to report
            made = Outcome(plan, [], crash=traceback.format_exc())
            return made if scan is None else _with_characters(made, ())
        seconds = time.perf_counter() - start
    made = Outcome(plan, compare(plan.truth, result.plan), result.problems, seconds=seconds)
    if scan is None:
        return made
    return _with_characters(made, () if result.plan is None else result.plan.measures)


def _with_characters(made: Outcome, rows: Iterable[Measure]) -> Outcome:
    """Count the wrong characters of a scan; what was not read at all is wrong."""
    said = "".join(row_text(row) for row in made.plan.truth["measures"])
    made.characters = len(said)
    made.errors = edits(said, "".join(row_text(row.model_dump()) for row in rows))
    return made


def explain(outcome: Outcome, field: str, scan: int | None = None) -> dict[str, Any]:
    """Find the choices that a failure in ``field`` needs: all others can be the plainest."""
    style = outcome.plan.style
    for one in fields(Style):
        plain = with_choice(style, one.name, one.default)
        if plain == style:
            continue
        tried = read_plan(draw_plan(outcome.plan.seed, plain, outcome.plan.world), scan)
        if field in tried.fields:
            style = plain
    return {
        one.name: getattr(style, one.name)
        for one in fields(Style)
        if getattr(style, one.name) != one.default
    }


def save(outcome: Outcome, folder: Path, scan: int | None = None) -> None:
    """Keep a failing plan: the PDF, its truth, its style and the differences."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = outcome.plan
    pdf = plan.pdf if scan is None else to_scan(plan.pdf, scan, plan.seed)
    (folder / f"{plan.seed}.pdf").write_bytes(pdf)
    truth = json.dumps(plan.truth, ensure_ascii=False, indent=1)
    (folder / f"{plan.seed}.truth.json").write_text(truth + "\n", encoding="utf-8")
    lines = [f"style {json.dumps(asdict(plan.style), ensure_ascii=False)}"]
    lines += [outcome.crash] if outcome.crash else []
    lines += [str(one) for one in outcome.differences]
    lines += [f"problem {one.severity} {one.code}: {one.message}" for one in outcome.problems]
    (folder / f"{plan.seed}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
