"""Name the measures that lack an aspect, a strategy or a task that the plan prints elsewhere.

A label is lost where a page break, a note between two tables or a band over some of the columns
parts a measure from it; or it was never read, for it stands as a heading line above the table. The
row itself shows neither, so what the rest of the plan has decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.model.table import join_lines
from planparse.plans.body import Body
from planparse.plans.builders import MeasureDraft, Titled
from planparse.plans.labels_in_force import LABELS


def doubt_missing_labels(bodies: Sequence[Body]) -> None:
    """Add the problem ``label_missing`` to each draft that lacks a label of the plan's."""
    drafts = [draft for body in bodies for draft in body.drafts]
    headed = {role for body in bodies for role in body.columns.all_roles}
    outside = None
    if not any(_has(draft, ColumnRole.ASPECT) for draft in drafts):
        outside = _aspect_elsewhere(bodies, drafts)
    for role in LABELS:
        others = any(_has(draft, role) for draft in drafts)
        for body in bodies:
            for draft in body.drafts:
                if not _has(draft, role):
                    _doubt(draft, role, _why(body, draft, role, role in headed, others, outside))


def has_no_aspect(bodies: Sequence[Body]) -> bool:
    """Return True if no measure has an aspect and none of them is doubted for it."""
    drafts = [draft for body in bodies for draft in body.drafts]
    headed = any(ColumnRole.ASPECT in body.columns.all_roles for body in bodies)
    found = any(_has(draft, ColumnRole.ASPECT) for draft in drafts)
    return not (headed or found or _aspect_elsewhere(bodies, drafts))


def _has(draft: MeasureDraft, role: ColumnRole) -> bool:
    """Return True if a label stands beside a draft; a number without a title is none."""
    titled: Titled | None = getattr(draft, role.value)
    return titled is not None and bool(titled.lines)


def _doubt(draft: MeasureDraft, role: ColumnRole, why: str | None) -> None:
    if why is not None:
        message = f"no {role.value} stands beside it, but {why}; look at the page"
        draft.problems.append((ProblemCode.LABEL_MISSING, message))


def _why(
    body: Body,
    draft: MeasureDraft,
    role: ColumnRole,
    headed: bool,
    others: bool,
    outside: str | None,
) -> str | None:
    """Return what shows that a draft ought to have a label; None if nothing does."""
    if role is ColumnRole.TASK:
        # Some strategies are parted into tasks and others are not: there the cell of the strategy
        # or of the practice lies over the tasks' column as well.
        own = role in body.columns.roles and role not in body.covered.get(draft.row, ())
        return "the table has a column for it" if own else None
    if headed:
        return "the table has a column for it"
    if others:
        return "other measures have one"
    return outside if role is ColumnRole.ASPECT else None


def _aspect_elsewhere(bodies: Sequence[Body], drafts: Sequence[MeasureDraft]) -> str | None:
    """Return what shows that a plan without a column of aspects prints them somewhere else."""
    if len([body for body in bodies if body.columns.headings]) > 1:
        return "the plan has several tables, whose headings may name it"
    if any(row < draft.row for body in bodies for row in body.bands for draft in body.drafts):
        return "a row across the table may name it"
    strategies = _in_turn(draft.strategy for draft in drafts)
    numbers = [_printed(titled) for titled in strategies]
    if not numbers:
        numbers = [(draft.printed_number, "") for draft in drafts]
    if _starts_again(numbers):
        return "its numbers start again, as under another one"
    return None


def _in_turn(labels: Iterable[Titled | None]) -> list[Titled]:
    found: list[Titled] = []
    for titled in labels:
        if titled is not None and (not found or found[-1] is not titled):
            found.append(titled)
    return found


def _printed(titled: Titled) -> tuple[str | None, str]:
    return titled.printed_number, join_lines(titled.lines)


def _starts_again(numbers: Sequence[tuple[str | None, str]]) -> bool:
    """Return True if the first number comes again later, with another title where there is one.

    A number that is the only one, as a bullet is, counts nothing.
    """
    first = numbers[0] if numbers else (None, "")
    if first[0] is None or len({number for number, _ in numbers}) == 1:
        return False
    return any(
        later[0] == first[0] != before[0] and (later[1] != first[1] or not first[1])
        for before, later in pairwise(numbers)
    )
