"""The door of the second opinion: disagreements become problems of the rows that they touch."""

from __future__ import annotations

from dataclasses import dataclass

from planparse.datamodel.page import SourceDocument
from planparse.datamodel.plan import Plan
from planparse.datamodel.problem import Problem
from planparse.second_opinion.compare_pages import compare_pages
from planparse.second_opinion.compare_plans import Disagreement, compare_plans


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second reading says: ``pages`` about glyphs, ``records`` about the plan."""

    extractor: str
    pages: tuple[Disagreement, ...]
    records: tuple[Disagreement, ...]
    problems: tuple[Problem, ...]


def compare_readings(
    first: SourceDocument, second: SourceDocument, plan: Plan | None, again: Plan | None
) -> Opinion:
    """Compare two readings of one file: their pages, and the plans made of them."""
    pages = tuple(compare_pages(first, second))
    records = tuple(compare_plans(plan, again))
    problems = tuple(found.problem(second.extractor) for found in (*pages, *records))
    return Opinion(second.extractor, pages, records, (*second.problems, *problems))
