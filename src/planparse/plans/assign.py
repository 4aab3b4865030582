"""Assign what the columns beside the practice print to the measures, column by column."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise

from planparse.lexicon.departments import DepartmentRules
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.periods import PeriodGrammar
from planparse.model.plan import ColumnRole, DepartmentRole
from planparse.model.problem import ProblemCode
from planparse.model.table import TextLine
from planparse.plans.builders import ExtraDraft, MeasureDraft
from planparse.plans.centred import centring_aligner, find_centre
from planparse.plans.column_roles import Columns
from planparse.plans.departments import DepartmentEntry, read_departments
from planparse.plans.periods import may_be_parted_otherwise
from planparse.plans.side_cells import DEPARTMENTS, Entry, SideCell, SideReader
from planparse.plans.side_columns import Give, give_side_column


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


class SideGiver:
    """Gives the side columns of one table to its measures.

    ``hard_row`` returns the row that a page break may have cut a row from; glyphs that hold for
    several measures are added to ``shared``, and lines beside no measure to ``lost``.
    """

    def __init__(
        self, rules: Rules, columns: Columns, drafts: Sequence[MeasureDraft], reader: SideReader
    ) -> None:
        self._rules = rules
        self._columns = columns
        self._drafts = drafts
        self._reader = reader
        self.shared: set[tuple[int, int]] = set()
        self.lost: list[TextLine] = []

    def give(
        self, sides: Mapping[ColumnRole, Sequence[SideCell]], hard_row: Callable[[int], int]
    ) -> None:
        """Give departments and periods, which are read already, then the further columns."""
        centre = find_centre(self._drafts, chain.from_iterable(sides.values()))
        aligner = None if centre is None else centring_aligner(centre)

        def give_column(cells: Sequence[SideCell], give: Give) -> None:
            lost = give_side_column(self._drafts, cells, hard_row, give, self.shared, aligner)
            self.lost += [line for side in lost for entry in side.entries for line in entry]

        for role in DEPARTMENTS:
            give_column(sides[role], department_giver(self._rules.departments, role))
        give_column(sides[ColumnRole.PERIOD], give_period)
        doubt_blank_tops(self._drafts)
        doubt_neighbours(self._rules.periods, self._drafts)
        extras = self._reader.cells(ColumnRole.EXTRA)
        for column, role in enumerate(self._columns.roles):
            if role is ColumnRole.EXTRA:
                cells = [side for side in extras if side.cell.column == column]
                give_column(cells, extra_giver(self._columns.names[column]))
