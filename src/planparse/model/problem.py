"""What went wrong, as data: problems with stable codes, and the status derived from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planparse.model.geometry import Box


class Stage(StrEnum):
    """The stage that saw the problem."""

    EXTRACT = "extract"
    SEGMENT = "segment"
    VALUES = "values"
    LEDGER = "ledger"
    BATCH = "batch"


class Severity(StrEnum):
    """How much a problem matters: ``refused`` means that the plan's rows are not published."""

    NOTE = "note"
    WARNING = "warning"
    REFUSED = "refused"


class ProblemCode(StrEnum):
    """Stable codes, documented in docs/problems.md; a code is never reused."""

    NOT_A_PDF = "not_a_pdf"
    DAMAGED = "damaged"
    NEEDS_PASSWORD = "needs_password"
    NEEDS_OCR = "needs_ocr"
    NO_PLAN_TABLE = "no_plan_table"
    BORDERS_UNCLEAR = "borders_unclear"
    UNREADABLE_PAGE = "unreadable_page"
    UNMAPPED_GLYPHS = "unmapped_glyphs"
    TEXT_NOT_SHOWN = "text_not_shown"
    LOW_OCR_CONFIDENCE = "low_ocr_confidence"
    HEADING_UNKNOWN = "heading_unknown"
    TEXT_OUTSIDE_CELL = "text_outside_cell"
    CELL_WITHOUT_TEXT = "cell_without_text"
    LABEL_MISSING = "label_missing"
    NUMBERING_GAP = "numbering_gap"
    NUMBERING_REPEAT = "numbering_repeat"
    NUMBERING_AMBIGUOUS = "numbering_ambiguous"
    DEPARTMENT_UNKNOWN = "department_unknown"
    DEPARTMENT_AMBIGUOUS = "department_ambiguous"
    PERIOD_UNKNOWN = "period_unknown"
    PERIOD_AMBIGUOUS = "period_ambiguous"
    EXTRA_AMBIGUOUS = "extra_ambiguous"
    LINE_BREAK_AMBIGUOUS = "line_break_ambiguous"
    PAGE_BREAK_AMBIGUOUS = "page_break_ambiguous"
    LEGAL_BASIS_UNKNOWN = "legal_basis_unknown"
    DATE_UNKNOWN = "date_unknown"
    DISTRICT_UNKNOWN = "district_unknown"
    YEAR_UNKNOWN = "year_unknown"
    DUPLICATE_PLAN = "duplicate_plan"
    EXTRACTOR_DISAGREEMENT = "extractor_disagreement"
    GLYPHS_UNACCOUNTED = "glyphs_unaccounted"
    PROVENANCE_BROKEN = "provenance_broken"
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``page`` and ``box`` are None where it concerns no place.

    ``measure`` is the ``seq`` of the measure that it touches, None where it touches the plan.
    ``message`` states what was found and what to do next.
    """

    code: ProblemCode
    severity: Severity
    stage: Stage
    message: str
    page: int | None = None
    box: Box | None = None
    measure: int | None = None


class Status(StrEnum):
    """What became of a document; derived from its problems, see ``ParseResult.status``.

    The last two are a run's own: the content of another file, or done already and unchanged.
    """

    PARSED = "parsed"
    PARSED_WITH_PROBLEMS = "parsed_with_problems"
    REFUSED = "refused"
    NEEDS_PASSWORD = "needs_password"
    NOT_A_PDF = "not_a_pdf"
    DAMAGED = "damaged"
    NO_PLAN_TABLE = "no_plan_table"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    DUPLICATE = "duplicate"
    SKIPPED_UNCHANGED = "skipped_unchanged"
