"""The door of the second opinion: disagreements become problems of the rows that they touch."""

from __future__ import annotations

from dataclasses import dataclass

from planparse.datamodel.page import Origin, SourceDocument
from planparse.datamodel.plan import Plan
from planparse.datamodel.problem import Problem
from planparse.second_opinion.compare_pages import compare_pages
from planparse.second_opinion.compare_plans import Disagreement, compare_plans


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second reading says: ``pages`` about glyphs, ``records`` about the plan.

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
        """All of it as problems of the rows that are touched."""
        found = (one.problem(self.extractor) for one in (*self.pages, *self.records))
        return (*self.failed, *found)


def compare_readings(
    first: SourceDocument, second: SourceDocument, plan: Plan | None, again: Plan | None
) -> Opinion:
    """Compare two readings of one file: their pages, and the plans made of them."""
    pages = tuple(compare_pages(first, second))
    records = tuple(compare_plans(plan, again))
    measures = 0 if plan is None else len(plan.measures)
    read_once = sum(page.origin is Origin.OCR for page in first.pages)
    return Opinion(second.extractor, measures, pages, records, second.problems, read_once)
