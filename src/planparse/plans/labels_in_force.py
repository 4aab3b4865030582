"""Which aspect, strategy and task hold for the rows that are being read."""

from __future__ import annotations

from planparse.lexicon.load_rules import Rules
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell
from planparse.plans.builders import Titled
from planparse.plans.titled import read_titled

# A line takes this many font sizes, with the space above it.
_LINE = 1.6

LABELS = (ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK)


class LabelsInForce:
    """The aspect, strategy and task in force; blank cells carry them on."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.current: dict[ColumnRole, Titled | None] = dict.fromkeys(LABELS)
        self.read: list[Titled] = []
        self._cells: dict[ColumnRole, Cell] = {}

    def is_repeated(self, role: ColumnRole, cell: Cell) -> bool:
        """Tell whether a cell prints the label in force again, as some plans do in every row."""
        before = self.current[role]
        return (
            before is not None
            and bool(cell.lines)
            and _says(before) == _says(read_titled(self._rules, cell.lines))
        )

    def drop(self, role: ColumnRole) -> None:
        """Let no label of a role hold, nor of those below it."""
        for lower in LABELS[LABELS.index(role) :]:
            self.current[lower] = None

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
        above = self._cells.get(role)
        self._cells[role] = cell
        if before is not None and _says(before) == _says(titled):
            # Printed again in every row, or on the next page: the same label.
            self.current[role] = titled
            self.read.append(titled)
            return False
        if soft and before is not None and not titled.number:
            # A page break inside a label: where labels are numbered, one without a number is none.
            # 「二」 alone at the end of a page is a number once its title is there.
            whole = read_titled(self._rules, [*before.number, *before.lines, *cell.lines])
            cut = above is not None and not _has_room(above) and _starts_high(cell)
            if whole.number or (goes_on and cut):
                before.number, before.lines = whole.number, whole.lines
                before.printed_number = whole.printed_number
                return False
        self.current[role] = titled
        self.read.append(titled)
        for below in LABELS[LABELS.index(role) + 1 :]:
            self.current[below] = None
        return True


def _has_room(cell: Cell) -> bool:
    """Tell whether a line more would have fitted into a cell: then a page break did not cut it."""
    last = cell.lines[-1]
    bottom = max(place.box.bottom for place in cell.boxes if place.page == last.page)
    return bottom - last.bottom > _LINE * last.font_size


def _starts_high(cell: Cell) -> bool:
    """Tell whether a cell's text starts at its top, as the rest of a label does on a new page."""
    first = cell.lines[0]
    top = min(place.box.top for place in cell.boxes if place.page == first.page)
    return first.top - top <= _LINE * first.font_size


def _says(titled: Titled) -> str:
    return (titled.printed_number or "") + "".join(line.glyphs for line in titled.lines)
