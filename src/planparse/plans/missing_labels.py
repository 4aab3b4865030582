"""Name the measures that lack an aspect, a strategy or a task that the plan prints elsewhere.

A label is lost where a page break, a note between two tables or a band over some of the columns
parts a measure from it; or it was never read, for it stands as a heading line above the table. The
row itself shows neither, so what the rest of the plan has decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planparse.lexicon.numbering import is_unknown_number
from planparse.lexicon.sentences import NEVER_FIRST
from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.model.table import join_lines
from planparse.plans.body import Body
from planparse.plans.builders import LABELS, MeasureBuilder, Titled


def doubt_missing_labels(bodies: Sequence[Body]) -> None:
    """Add the problem ``label_missing`` to each builder that lacks a label of the plan's."""
    builders = [builder for body in bodies for builder in body.builders]
    headed = {role for body in bodies for role in body.columns.all_roles}
    outside = None
    if not any(_has(builder, ColumnRole.ASPECT) for builder in builders):
        outside = _aspect_elsewhere(bodies, builders)
    _doubt_unread_numbers(builders)
    for role in LABELS:
        others = any(_has(builder, role) for builder in builders)
        for body in bodies:
            for builder in body.builders:
                if not _has(builder, role):
                    _doubt(
                        builder, role, _why(body, builder, role, role in headed, others, outside)
                    )


def _doubt_unread_numbers(builders: Sequence[MeasureBuilder]) -> None:
    """Note labels that begin with what no rule reads as a number, though it looks like one."""
    for builder in builders:
        for titled in builder.labels.values():
            if titled is None or titled.number:
                continue
            text = join_lines(titled.lines)
            if text[0] in NEVER_FIRST or is_unknown_number(text):
                message = f"「{text}」 may begin with a number that no rule reads; look at the page"
                builder.doubt(ProblemCode.NUMBERING_AMBIGUOUS, message)


def has_no_aspect(bodies: Sequence[Body]) -> bool:
    """Return True if no measure has an aspect and none of them is doubted for it."""
    builders = [builder for body in bodies for builder in body.builders]
    headed = any(ColumnRole.ASPECT in body.columns.all_roles for body in bodies)
    found = any(_has(builder, ColumnRole.ASPECT) for builder in builders)
    doubtful = any(ColumnRole.ASPECT in body.doubtful for body in bodies)
    return not (headed or found or doubtful or _aspect_elsewhere(bodies, builders))


def _has(builder: MeasureBuilder, role: ColumnRole) -> bool:
    """Return True if a label stands beside a builder; a number without a title is none."""
    titled = builder.labels.get(role)
    return titled is not None and bool(titled.lines)


def _doubt(builder: MeasureBuilder, role: ColumnRole, why: str | None) -> None:
    if why is not None:
        message = f"no {role.value} stands beside it, but {why}; look at the page"
        builder.doubt(ProblemCode.LABEL_MISSING, message)


def _why(
    body: Body,
    builder: MeasureBuilder,
    role: ColumnRole,
    headed: bool,
    others: bool,
    outside: str | None,
) -> str | None:
    """Return what shows that a builder ought to have a label; None if nothing does."""
    if role is ColumnRole.TASK:
        # Some strategies are parted into tasks and others are not: there the cell of the strategy
        # or of the practice lies over the tasks' column as well.
        own = role in body.columns.roles and role not in body.covered.get(builder.row, ())
        return "the table has a column for it" if own else None
    if headed:
        return "the table has a column for it"
    if others:
        return "other measures have one"
    if role in body.doubtful:
        return "a line above the table or a row across it may name it"
    return outside if role is ColumnRole.ASPECT else None


def _aspect_elsewhere(bodies: Sequence[Body], builders: Sequence[MeasureBuilder]) -> str | None:
    """Return what shows that a plan without a column of aspects prints them somewhere else."""
    if len([body for body in bodies if body.columns.headings]) > 1:
        return "the plan has several tables, whose headings may name it"
    if any(row < builder.row for body in bodies for row in body.bands for builder in body.builders):
        return "a row across the table may name it"
    strategies = _in_turn(builder.labels.get(ColumnRole.STRATEGY) for builder in builders)
    numbers = [_printed(titled) for titled in strategies]
    if not numbers:
        numbers = [(builder.printed_number, "") for builder in builders]
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
