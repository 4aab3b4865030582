"""What becomes of an entry once it is known which measure it stands beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from planparse.datamodel.plan import ColumnRole, DepartmentRole
from planparse.datamodel.problem import ProblemCode
from planparse.segment.departments import DepartmentEntry, read_departments
from planparse.segment.drafts import ExtraDraft, MeasureDraft
from planparse.segment.load_rules import DepartmentRules
from planparse.segment.periods import PeriodGrammar, may_be_parted_otherwise
from planparse.segment.side_columns import Give
from planparse.segment.side_groups import Entry


def department_giver(rules: DepartmentRules, role: ColumnRole) -> Give:
    """Make what gives the departments of a column with this role."""
    lead = DepartmentRole.LEAD if role is ColumnRole.DEPARTMENT else DepartmentRole.CO

    def give(draft: MeasureDraft, entry: Entry, unclear: bool) -> None:
        draft.departments += read_departments(rules, DepartmentEntry(entry), lead)
        if unclear:
            draft.problems.append(
                (
                    ProblemCode.DEPARTMENT_AMBIGUOUS,
                    "the departments stand between two measures; check them on the page",
                )
            )

    return give


def give_period(draft: MeasureDraft, entry: Entry, unclear: bool) -> None:
    """Give a period; several beside one measure are joined as printed."""
    draft.periods += entry
    if unclear:
        draft.problems.append(
            (
                ProblemCode.PERIOD_AMBIGUOUS,
                "the period stands between two measures; check it on the page",
            )
        )


def extra_giver(name: str) -> Give:
    """Make what gives the text of a column without a role; ``name`` is its heading."""

    def give(draft: MeasureDraft, entry: Entry, unclear: bool) -> None:
        if unclear:
            message = (
                f"text of the column 「{name}」 stands between two measures; check it on the page"
            )
            draft.problems.append((ProblemCode.EXTRA_AMBIGUOUS, message))
        for extra in draft.extras:
            if extra.column == name:
                extra.lines += entry
                return
        draft.extras.append(ExtraDraft(name, list(entry)))

    return give


def doubt_neighbours(grammar: PeriodGrammar, drafts: Sequence[MeasureDraft]) -> None:
    """Note where a line of a period may belong to a neighbouring measure of the row.

    Only the grammar parts lines that follow each other closely, unless the later ones begin on the
    first line of their measure.
    """
    for before, after in pairwise(drafts):
        if before.row != after.row or not before.periods or not after.periods:
            continue
        last, first = before.periods[-1], after.periods[0]
        apart = first.middle - last.middle
        if last.page != first.page or not 0 < apart <= _CLOSE * first.font_size:
            continue
        off = abs(after.tops().get(first.page, math.inf) - first.middle)
        if off <= _LEVEL * first.font_size:
            continue
        if may_be_parted_otherwise(grammar, before.periods, after.periods):
            message = "a line of the period may belong to the neighbouring measure; check the page"
            for draft in (before, after):
                draft.problems.append((ProblemCode.PERIOD_AMBIGUOUS, message))


# Lines of one cell follow each other within so many font sizes (double spacing: 2.0).
_CLOSE = 2.2
# Lines of two columns are level within so many font sizes: cells differ in font and padding.
_LEVEL = 0.45
# Where this part of at least so many measures has something, a measure without is remarkable.
_MOSTLY, _ENOUGH = 0.9, 5


def doubt_blank_tops(drafts: Sequence[MeasureDraft]) -> None:
    """Say of a blank cell on top of a page that it may go on from the page before.

    Only where hardly another measure is without departments, or without a period.
    """
    _doubt(
        drafts,
        [bool(draft.departments) for draft in drafts],
        ProblemCode.DEPARTMENT_AMBIGUOUS,
        "no department stands beside it on top of a page; those before may go on: look at the page",
    )
    _doubt(
        drafts,
        [bool(draft.periods) for draft in drafts],
        ProblemCode.PERIOD_AMBIGUOUS,
        "no period stands beside it on top of a page; the one before may go on: look at the page",
    )


def _doubt(
    drafts: Sequence[MeasureDraft], told: Sequence[bool], code: ProblemCode, message: str
) -> None:
    if len(drafts) < _ENOUGH or sum(told) < _MOSTLY * len(drafts):
        return
    for at in range(1, len(drafts)):
        starts_page = min(drafts[at].tops()) > max(drafts[at - 1].tops())
        if starts_page and not told[at] and told[at - 1]:
            drafts[at].problems.append((code, message))
