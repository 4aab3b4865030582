"""What the audit can find, each by its name, as problems, and in the measures that they touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from planparse.model.geometry import Box
from planparse.model.page import Run
from planparse.model.plan import Plan
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.result import ParseResult

_SHOWN = 24


class Check(StrEnum):
    """The audit's checks by name; docs/ledger.md says what each proves."""

    GLYPH_MISSING = "glyph_missing"
    GLYPH_DOUBLED = "glyph_doubled"
    GLYPH_UNKNOWN = "glyph_unknown"
    DROPPED_WITHOUT_REASON = "dropped_without_reason"
    TEXT_DIFFERS = "text_differs"
    BOX_WITHOUT_TEXT = "box_without_text"
    OUT_OF_CELL = "out_of_cell"
    CELL_OUT_OF_PLACE = "cell_out_of_place"
    OUT_OF_ORDER = "out_of_order"
    WRONG_ROW = "wrong_row"
    WRONG_COLUMN = "wrong_column"
    WRONG_LABEL = "wrong_label"
    WRONG_MEASURE = "wrong_measure"
    UNNAMED_GLYPH = "unnamed_glyph"


# Faults of the program: a glyph or a text is not where the records say. The plan is refused.
_REFUSING = {
    Check.GLYPH_MISSING: ProblemCode.GLYPHS_UNACCOUNTED,
    Check.GLYPH_DOUBLED: ProblemCode.GLYPHS_UNACCOUNTED,
    Check.GLYPH_UNKNOWN: ProblemCode.GLYPHS_UNACCOUNTED,
    Check.DROPPED_WITHOUT_REASON: ProblemCode.GLYPHS_UNACCOUNTED,
    Check.TEXT_DIFFERS: ProblemCode.PROVENANCE_BROKEN,
}
_WARNING = {Check.UNNAMED_GLYPH: ProblemCode.UNMAPPED_GLYPHS}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the audit found: ``message`` says what, ``measure`` is a seq or None."""

    check: Check
    message: str
    page: int | None = None
    box: Box | None = None
    measure: int | None = None

    @property
    def problem(self) -> Problem:
        """The finding as a problem; faults of accounting refuse the plan, others warn."""
        refused = self.check in _REFUSING
        return Problem(
            (_REFUSING | _WARNING).get(self.check, ProblemCode.PROVENANCE_BROKEN),
            Severity.REFUSED if refused else Severity.WARNING,
            Stage.LEDGER,
            f"{self.check}: {self.message}",
            page=self.page,
            box=self.box,
            measure=self.measure,
        )


def shown(text: str) -> str:
    """Quote a text, cut where it is long."""
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def about_run(check: Check, run: Run, message: str, measure: int | None = None) -> Finding:
    """Make a finding at the place of a run."""
    return Finding(check, message, run.page, run.box, measure)


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
