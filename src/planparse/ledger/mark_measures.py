"""Say in each measure which problems touch it."""

from __future__ import annotations

from collections.abc import Iterable

from planparse.datamodel.plan import Plan
from planparse.datamodel.problem import Problem


def mark_measures(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Add the codes of problems to the measures that they touch."""
    codes: dict[int, set[str]] = {}
    for problem in problems:
        if problem.measure is not None:
            codes.setdefault(problem.measure, set()).add(str(problem.code))
    if not codes:
        return plan
    return plan.model_copy(
        update={
            "measures": tuple(
                measure.model_copy(
                    update={
                        "problem_codes": tuple(
                            sorted({*measure.problem_codes, *codes[measure.seq]})
                        )
                    }
                )
                if measure.seq in codes
                else measure
                for measure in plan.measures
            )
        }
    )
