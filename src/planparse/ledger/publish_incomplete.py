"""Let a refused plan's rows be published, and make every row say what is wrong with them."""

from __future__ import annotations

from dataclasses import replace

from planparse.datamodel.problem import Severity
from planparse.datamodel.result import ParseResult

_NOTE = "published all the same, because it was asked for: "


def publish_incomplete(result: ParseResult) -> ParseResult:
    """Turn what refuses a plan into warnings that stand in ``problem_codes`` of every measure.

    A result without a plan, or with a plan that nothing refuses, comes back as it is.
    """
    refusing = [one for one in result.problems if one.severity is Severity.REFUSED]
    if result.plan is None or not refusing:
        return result
    codes = {str(problem.code) for problem in refusing}
    measures = tuple(
        measure.model_copy(
            update={"problem_codes": tuple(sorted({*measure.problem_codes, *codes}))}
        )
        for measure in result.plan.measures
    )
    problems = tuple(
        replace(one, severity=Severity.WARNING, message=_NOTE + one.message)
        if one.severity is Severity.REFUSED
        else one
        for one in result.problems
    )
    plan = result.plan.model_copy(update={"measures": measures})
    return replace(result, plan=plan, problems=problems)
