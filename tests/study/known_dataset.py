"""A data set of the known plans as they are expected, made in a second without reading a PDF."""

import hashlib
from pathlib import Path

from planparse.dataset.descriptions import describe
from planparse.dataset.folder import OutputFolder
from planparse.dataset.publish import write_plan
from planparse.model.plan import Plan
from planparse.model.result import ParseResult
from planparse.plans.add_values import add_values
from tests.lexicon.expected_plans import NAMES, expected_plan


def _result(name: str) -> ParseResult:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    plan, problems = add_values(expected_plan(name))
    plan = Plan.model_validate({**plan.model_dump(), "plan_id": sha256[:16], "sha256": sha256})
    return ParseResult(f"{name}.pdf", sha256, plan, problems)


def write_known_dataset(root: Path) -> Path:
    """Write the plans into the folder, with their descriptions, and give it."""
    out = OutputFolder(root)
    for name in NAMES:
        write_plan(_result(name), out, "0.1.0")
    describe(out)
    out.sweep()
    return root
