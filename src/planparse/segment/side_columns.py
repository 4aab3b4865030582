"""Give the cells beside the practice column to its measures: departments, periods, extras."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from planparse.datamodel.layout import Cell, TextLine
from planparse.segment.beside import TOGETHER, Slot, Spacing, align, is_aligned
from planparse.segment.drafts import MeasureDraft

Entry = tuple[TextLine, ...]

# A column stands exact where this part of at least so many groups does.
_MOSTLY = 0.85
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class SideCell:
    """A cell beside the practice column: what it prints, part by part."""

    cell: Cell
    entries: tuple[Entry, ...]
    height: float


def line_height(lines: Sequence[TextLine]) -> float:
    """Give the usual distance of neighbouring lines in points; 1.3 font sizes where none shows."""
    if not lines:
        return 16.0
    size = lines[0].font_size
    steps = [
        below.middle - above.middle
        for above, below in zip(lines, lines[1:], strict=False)
        if above.page == below.page and below.middle - above.middle < 2.2 * size
    ]
    return median(steps) if steps else 1.3 * size


def glyphs_of(lines: Sequence[TextLine]) -> set[tuple[int, int]]:
    """Give the glyphs of lines as (page, ordinal)."""
    return {
        (run.page, run.first + at)
        for line in lines
        for run in line.runs
        for at in range(len(run.text))
    }


def groups_of(cell: SideCell) -> list[list[Entry]]:
    """Part entries at the gaps between them; a page break parts nothing by itself."""
    groups: list[list[Entry]] = []
    for entry in cell.entries:
        if groups:
            last = groups[-1][-1][-1]
            near = entry[0].middle - last.middle <= TOGETHER * cell.height
            if near and last.page == entry[0].page:
                groups[-1].append(entry)
                continue
        groups.append([entry])
    return groups


def drafts_beside(drafts: Sequence[MeasureDraft], cell: Cell) -> list[MeasureDraft]:
    """Give the measures whose rows the cell shares."""
    end = cell.row + cell.row_span
    return [draft for draft in drafts if draft.row < end and draft.row_end > cell.row]


def _slots(drafts: Sequence[MeasureDraft], page: int) -> tuple[list[MeasureDraft], list[Slot]]:
    """Give the measures that stand on a page, and where; else the last one before it."""
    present: list[MeasureDraft] = []
    slots: list[Slot] = []
    for draft in drafts:
        lines = draft.beside()
        here = [line for line in lines if line.page == page]
        if here:
            present.append(draft)
            slots.append(Slot(here[0].middle, lines[0].page < page))
    if not present:
        earlier = [draft for draft in drafts if draft.beside()[-1].page < page]
        present = [earlier[-1] if earlier else drafts[0]]
        slots = [Slot(0.0, True)]
    return present, slots


Give = Callable[[MeasureDraft, Entry, bool], None]


def is_exact(drafts: Sequence[MeasureDraft], sides: Sequence[SideCell]) -> bool:
    """Tell whether a column's groups of entries start on the first lines of measures."""
    seen = aligned = 0
    for side in sides:
        beside = drafts_beside(drafts, side.cell)
        if len(beside) < 2:
            continue
        for group in groups_of(side):
            first = group[0][0]
            _, slots = _slots(beside, first.page)
            seen += 1
            aligned += any(is_aligned(first.middle, slot, side.height) for slot in slots)
    return seen >= _ENOUGH and aligned >= _MOSTLY * seen


def give_beside(
    drafts: Sequence[MeasureDraft], side: SideCell, give: Give, exact: bool
) -> None:
    """Give each entry to the measure that it stands beside, page by page.

    ``give(measure, entry, unclear)`` takes them; ``unclear`` where it cannot be told.
    """
    pages = sorted({entry[0].page for entry in side.entries})
    spacing = Spacing(side.height, exact)
    for page in pages:
        entries = [entry for entry in side.entries if entry[0].page == page]
        present, slots = _slots(drafts, page)
        found = align([entry[0].middle for entry in entries], slots, spacing)
        for entry, at, unclear in zip(entries, found.slots, found.unclear, strict=True):
            give(present[at], entry, unclear)


def give_to_all(drafts: Sequence[MeasureDraft], side: SideCell, give: Give) -> None:
    """Give every entry to every measure of the cell's rows: a merged cell holds for all."""
    for draft in drafts:
        for entry in side.entries:
            give(draft, entry, False)


def is_positional(
    drafts: Sequence[MeasureDraft], sides: Sequence[SideCell]
) -> bool:
    """Tell whether this column's cells print beside measures: some cell shows several groups."""
    for side in sides:
        beside = drafts_beside(drafts, side.cell)
        if len(beside) > 1 and len(groups_of(side)) > 1:
            return True
    return False


def give_side_column(
    drafts: Sequence[MeasureDraft],
    sides: Sequence[SideCell],
    hard_row: Callable[[int], int],
    give: Give,
    shared: set[tuple[int, int]],
) -> list[SideCell]:
    """Give a column's cells to the measures; gives back the cells that stand beside none.

    The glyphs (page, ordinal) of cells that hold for several measures are added to ``shared``.

    A cell with one group of entries holds for all its measures where it is merged over rows, or
    where no cell of this column places anything beside single measures.
    """
    positional = is_positional(drafts, sides)
    exact = is_exact(drafts, sides)
    lost: list[SideCell] = []
    for side in sides:
        if not side.entries:
            continue
        beside = drafts_beside(drafts, side.cell)
        if not beside:
            lost.append(side)
            continue
        rows = {hard_row(draft.row) for draft in beside}
        one_group = len(groups_of(side)) == 1
        if len(beside) > 1 and one_group and (len(rows) > 1 or not positional):
            give_to_all(beside, side, give)
            for entry in side.entries:
                shared |= glyphs_of(entry)
        else:
            give_beside(beside, side, give, exact)
    return lost
