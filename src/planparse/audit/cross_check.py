"""The cross-check: where a second reading differs, a problem of the rows that it touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planparse.model.page import Origin, Page, Run, SourceDocument
from planparse.model.plan import Plan
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.record_alignment import row_text
from planparse.model.record_differences import compare_records, plan_record


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Where a second reading differs: ``pages`` in glyphs, ``records`` in the plan.

    ``failed`` are pages that it could not read; ``measures`` counts those of the first reading.
    ``read_once`` counts the pages that OCR read: no second reading was made of them.
    """

    extractor: str
    measures: int
    pages: tuple[Disagreement, ...]
    records: tuple[Disagreement, ...]
    failed: tuple[Problem, ...]
    read_once: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All differences as problems of the rows that are touched."""
        found = (one.problem(self.extractor) for one in (*self.pages, *self.records))
        return (*self.failed, *found)


def compare_readings(
    first: SourceDocument, second: SourceDocument, plan: Plan | None, again: Plan | None
) -> CrossCheck:
    """Return where two readings of one file differ: in their pages, and in the plans of them."""
    pages = tuple(compare_pages(first, second))
    records = tuple(compare_plans(plan, again))
    measures = 0 if plan is None else len(plan.measures)
    read_once = sum(page.origin is Origin.OCR for page in first.pages)
    return CrossCheck(second.extractor, measures, pages, records, second.problems, read_once)


def _counts(runs: Iterable[Run]) -> Counter[str]:
    return Counter(char for run in runs for char in run.text)


def _spelled(counts: Counter[str]) -> str | None:
    return "".join(sorted(counts.elements())) or None


def _page(first: Page, second: Page) -> Disagreement | None:
    """Return how the glyphs that two readings keep of a page differ; None if they do not.

    What both drop they may drop for other reasons: MuPDF leaves out second prints and what lies
    beside the page by itself. A glyph that is seen and one reading hides is kept by the other.
    """
    ours, theirs = _counts(first.runs), _counts(second.runs)
    if ours == theirs:
        return None
    more, less = _spelled(ours - theirs), _spelled(theirs - ours)
    return Disagreement(None, f"glyphs of page {first.number}", more, less, first.number)


def compare_pages(first: SourceDocument, second: SourceDocument) -> list[Disagreement]:
    """Return the pages on which one extractor keeps glyphs that the other does not see, or drops.

    ``first`` and ``second`` of a disagreement are the characters that only that reading has.
    """
    again = {page.number: page for page in second.pages}
    return [
        found
        for page in first.pages
        if page.origin is Origin.TEXT_LAYER and page.number in again
        if (found := _page(page, again[page.number])) is not None
    ]


# Characters of a field that a message shows.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that two extractors read differently.

    ``measure`` is the seq in the first reading, None where the plan or a section differs;
    ``first`` or ``second`` is None where that reading lacks the record.
    """

    measure: int | None
    field: str
    first: str | None
    second: str | None
    page: int | None = None

    def __str__(self) -> str:
        where = "" if self.measure is None else f"measure {self.measure} "
        return f"{where}{self.field}: {_quoted(self.first)} against {_quoted(self.second)}"

    def problem(self, extractor: str) -> Problem:
        """Return it as a problem; ``extractor`` is the name of the second."""
        return Problem(
            ProblemCode.EXTRACTOR_DISAGREEMENT,
            Severity.WARNING,
            Stage.LEDGER,
            f"{extractor} reads {self.field} as {_quoted(self.second)}, not {_quoted(self.first)}; "
            "compare with the page",
            page=self.page,
            measure=self.measure,
        )


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _printed(value: Any) -> str | None:
    """Return what a field prints, without white space; parts of a list are divided by |."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return "/".join(_printed(one) or "" for one in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "|".join(_printed(one) or "" for one in value)
    return "".join(str(value).split())


def _record(plan: Plan) -> dict[str, Any]:
    dumped = plan.model_dump()
    return plan_record(dumped, dumped["sections"], dumped["measures"])


def compare_plans(first: Plan | None, second: Plan | None) -> list[Disagreement]:
    """Return all on which two readings of one plan disagree; empty where they are identical."""
    if first is None or second is None:
        if first is second:
            return []
        found = first or second
        title = "" if found is None else found.title or found.source_file
        return [Disagreement(None, "plan", title if first else None, title if second else None)]
    compared = compare_records(_record(first), _record(second))
    differing = [
        Disagreement(one.row, one.field, _printed(one.expected), _printed(one.got), one.page)
        for one in compared.differences
    ]
    differing += [
        Disagreement(row["seq"], "measures", row_text(row), None, row["page_first"])
        for row in compared.missing
    ]
    return differing + [
        Disagreement(None, "measures", None, row_text(row), row["page_first"])
        for row in compared.extra
    ]
