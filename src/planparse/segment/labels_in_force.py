"""Which aspect, strategy and task hold for the rows that are being read."""

from __future__ import annotations

from planparse.datamodel.layout import Cell
from planparse.datamodel.plan import ColumnRole
from planparse.segment.drafts import Titled
from planparse.segment.load_rules import Rules
from planparse.segment.titled import read_titled

LABELS = (ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK)


class LabelsInForce:
    """The aspect, strategy and task in force; blank cells carry them on."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.current: dict[ColumnRole, Titled | None] = dict.fromkeys(LABELS)
        self.read: list[Titled] = []

    def take(
        self, role: ColumnRole, cell: Cell, *, soft: bool = False, goes_on: bool = False
    ) -> bool:
        """Take a label cell; tells whether another label is in force now.

        ``soft``: it starts a page; ``goes_on``: the measures beside it go on counting there.
        """
        if not cell.lines:
            return False
        titled = read_titled(self._rules, cell.lines)
        before = self.current[role]
        if before is not None and _says(before) == _says(titled):
            # Printed again in every row, or on the next page: the same label.
            self.current[role] = titled
            self.read.append(titled)
            return False
        numbered = before is not None and bool(before.number)
        if soft and before is not None and not titled.number and (goes_on or numbered):
            # A page break inside a label: where labels are numbered, one without a number is none.
            before.lines += titled.lines
            return False
        self.current[role] = titled
        self.read.append(titled)
        for below in LABELS[LABELS.index(role) + 1 :]:
            self.current[below] = None
        return True


def _says(titled: Titled) -> str:
    return (titled.printed_number or "") + "".join(line.glyphs for line in titled.lines)
