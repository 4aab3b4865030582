"""Lead boxes back to the page as displayed: scans were turned upright to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from planparse.model.geometry import Box
from planparse.model.page import Page
from planparse.model.plan import FieldPlace, PageBox, Plan, Record
from planparse.model.problem import Problem, Stage

Turned = Mapping[int, Page]
AnyRecord = TypeVar("AnyRecord", bound=Record)


def turned_pages(pages: Sequence[Page]) -> dict[int, Page]:
    """Give the pages that were turned, by number; empty for a digital document."""
    return {page.number: page for page in pages if page.turn != 0.0}


def display_plan(plan: Plan, turned: Turned) -> Plan:
    """Give the plan with every box of a turned page where the page as displayed has it."""
    return _displayed(plan, turned) if turned else plan


def display_problem(problem: Problem, turned: Turned) -> Problem:
    """Give the problem with its box on the page as displayed; extraction says it so already."""
    page = turned.get(problem.page or 0)
    if page is None or problem.box is None or problem.stage is Stage.EXTRACT:
        return problem
    return replace(problem, box=page.displayed(problem.box))


def _displayed(record: AnyRecord, turned: Turned) -> AnyRecord:
    if isinstance(record, PageBox | FieldPlace):
        return _moved(record, turned)
    changes: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            changes[name] = _displayed(value, turned)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_displayed(one, turned) for one in value)
    return record.model_copy(update=changes) if changes else record


def _moved(record: AnyRecord, turned: Turned) -> AnyRecord:
    page = turned.get(record.page)  # type: ignore[attr-defined]
    if page is None:
        return record
    sides = ("left", "top", "right", "bottom")
    box = page.displayed(Box(*(getattr(record, side) for side in sides)))
    return record.model_copy(update={side: getattr(box, side) for side in sides})
