"""Give what the columns beside the practice print to the measures, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from planparse.datamodel.layout import TextLine
from planparse.datamodel.plan import ColumnRole
from planparse.segment.centred import centring_aligner, find_centre
from planparse.segment.columns import Columns
from planparse.segment.drafts import MeasureDraft
from planparse.segment.givers import (
    department_giver,
    doubt_blank_tops,
    doubt_neighbours,
    extra_giver,
    give_period,
)
from planparse.segment.load_rules import Rules
from planparse.segment.side_cells import DEPARTMENTS, SideReader
from planparse.segment.side_columns import Give, give_side_column
from planparse.segment.side_groups import SideCell


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
