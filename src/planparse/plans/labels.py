"""Read the cells that hold for several measures, and keep what they print in force."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import bare_number, find_label
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, TextLine
from planparse.plans.builders import LABELS, Titled, split_lines

# A line takes this many font sizes, with the space above it.
_LINE = 1.6


def _stands_alone(lines: Sequence[TextLine], width: int) -> bool:
    """Return True if white space or a line's end follows the first ``width`` glyphs."""
    for line in lines:
        size = len(line.glyphs)
        if width == size:
            return True
        if width < size:
            first = line.runs[0]
            return width in first.spaces or len(first.text) == width
        width -= size
    return False


def read_titled(rules: Rules, lines: Sequence[TextLine]) -> Titled:
    """Return a cell's lines as number and title; ``lines`` must not be empty."""
    text = "".join(line.glyphs for line in lines)
    label = find_label(rules.numbering, text)
    bare = bare_number(text) if label is None else ""
    if label is not None:
        width, printed = label.width, label.printed
    elif bare and len(bare) < len(text) and _stands_alone(lines, len(bare)):
        width, printed = len(bare), bare
    else:
        return Titled([], None, list(lines))
    number, rest = split_lines(lines, width)
    return Titled(number, printed, rest)


class LabelsInForce:
    """The aspect, strategy and task in force; blank cells carry them on.

    ``read`` are all labels so far, each as often as it is printed.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.current: dict[ColumnRole, Titled | None] = dict.fromkeys(LABELS)
        self.read: list[Titled] = []
        self._cells: dict[ColumnRole, Cell] = {}

    def drop(self, role: ColumnRole) -> None:
        """Let no label of a role hold, nor of those below it."""
        for lower in LABELS[LABELS.index(role) :]:
            self.current[lower] = None

    def take(
        self, role: ColumnRole, cell: Cell, *, soft: bool = False, goes_on: bool = False
    ) -> bool:
        """Take a label cell; return True if another label is in force now.

        ``soft``: it starts a page; ``goes_on``: the measures beside it go on counting there.
        """
        if not cell.lines:
            return False
        titled = read_titled(self._rules, cell.lines)
        before = self.current[role]
        above = self._cells.get(role)
        self._cells[role] = cell
        repeated = before is not None and before.glyphs == titled.glyphs
        if soft and before is not None and not repeated and not titled.number:
            # A page break inside a label: where labels are numbered, one without a number is none.
            # 「二」 alone at the end of a page is a number once its title is there.
            whole = read_titled(self._rules, [*before.all_lines, *cell.lines])
            cut = above is not None and not _has_room(above) and _starts_high(cell)
            if whole.number or (goes_on and cut):
                before.number, before.lines = whole.number, whole.lines
                before.printed_number = whole.printed_number
                return False
        if not repeated:
            self.drop(role)
        self.current[role] = titled
        self.read.append(titled)
        return not repeated


def _has_room(cell: Cell) -> bool:
    """Return True if a cell had room for another line: then a page break did not cut it."""
    last = cell.lines[-1]
    bottom = max(place.box.bottom for place in cell.boxes if place.page == last.page)
    return bottom - last.bottom > _LINE * last.font_size


def _starts_high(cell: Cell) -> bool:
    """Return True if a cell's text starts at its top, as the rest of a label does on a new page."""
    first = cell.lines[0]
    top = min(place.box.top for place in cell.boxes if place.page == first.page)
    return first.top - top <= _LINE * first.font_size
