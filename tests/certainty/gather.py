"""Rows to learn from: components of every measure of generated plans, and whether it is exact."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.audit.audit_plan import audit_plan
from planparse.certainty.evidence import Components, components_of
from planparse.lexicon.load_rules import load_rules
from planparse.model.plan import Plan
from planparse.model.record_differences import compare_records, plan_record
from planparse.model.result import mark_measures
from planparse.plans.add_values import add_values
from planparse.plans.segment_plan import segment_plan
from planparse.read_document import read_document
from planparse.tables.build_layout import build_layout
from tests.unseen import draw_plan
from tests.unseen.compare import expected_record
from tests.unseen.scan import to_scan


@dataclass(frozen=True, slots=True)
class Example:
    """A measure that was read: what speaks against it, and whether every field is exact."""

    seed: int
    seq: int
    values: Components
    exact: bool


@dataclass(slots=True)
class Gathered:
    """Examples, and how many plans and measures of the truth stand behind them."""

    examples: list[Example]
    plans: int = 0
    expected: int = 0
    without_plan: int = 0


def exact_rows(truth: dict[str, Any], plan: Plan) -> list[bool]:
    """Return for every measure that was read whether every field is as the truth has it."""
    dumped = plan.model_dump()
    got = plan_record(dumped, dumped["sections"], dumped["measures"])
    found = compare_records(expected_record(truth), got)
    exact = {row["seq"] for wanted, row in found.pairs if wanted["seq"] not in found.wrong}
    return [row["seq"] in exact for row in got["measures"]]


def read_components(path: Path) -> tuple[Plan | None, dict[int, Components]]:
    """Parse a file as the pipeline does, and give the components beside the plan."""
    document = read_document(path)
    layout = build_layout(document)
    segmented = segment_plan(document, layout, load_rules(), "fit")
    if segmented.plan is None:
        return None, {}
    plan, about_values = add_values(segmented.plan)
    audit = audit_plan(document, layout, plan, segmented.provenance)
    plan = mark_measures(plan, audit.problems)
    found = (document.problems, segmented.problems, about_values)
    problems = [*(one for part in found for one in part), *audit.problems]
    return plan, components_of(plan, audit.measures, layout, problems)


def gather(seeds: Iterable[int], dpi: int | None = None) -> Gathered:
    """Draw plans and have them read, as they are or as scans of so many dpi."""
    found = Gathered([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unseen.pdf"
        for seed in seeds:
            drawn = draw_plan(seed)
            path.write_bytes(drawn.pdf if dpi is None else to_scan(drawn.pdf, dpi, seed))
            plan, components = read_components(path)
            found.plans += 1
            found.expected += len(drawn.truth["measures"])
            if plan is None:
                found.without_plan += 1
                continue
            exact = exact_rows(drawn.truth, plan)
            for measure, good in zip(plan.measures, exact, strict=True):
                example = Example(seed, measure.seq, components[measure.seq], good)
                found.examples.append(example)
    return found
