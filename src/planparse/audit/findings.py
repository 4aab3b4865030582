"""What the audit can find, each by its name, and as problems."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planparse.model.geometry import Box
from planparse.model.page import Run
from planparse.model.problem import Problem, ProblemCode, Severity, Stage

# Characters of a text that a message shows: enough to find the place on the page.
_SHOWN = 24


class Check(StrEnum):
    """The audit's checks by name; docs/ledger.md states what each proves."""

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


# Faults of the program: a glyph or a text is not where the records have it. The plan is refused.
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
    """One thing that the audit found; ``measure`` is a seq, None where it touches the plan."""

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
    """Return a text in quotation marks, cut where it is long."""
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def about_run(check: Check, run: Run | None, message: str, measure: int | None = None) -> Finding:
    """Return a finding at the place of a run; at no place where there is none."""
    if run is None:
        return Finding(check, message, measure=measure)
    return Finding(check, message, run.page, run.box, measure)
