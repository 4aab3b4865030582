"""Give the cells beside the practice column to its measures: departments, periods, extras."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planparse.datamodel.layout import Cell, TextLine
from planparse.segment.beside import (
    TOGETHER,
    Slot,
    Spacing,
    Standing,
    align,
    is_aligned,
)
from planparse.segment.drafts import MeasureDraft

Entry = tuple[TextLine, ...]

# Cost (in lines) of giving the first entry of a page to a measure whose text ended before it.
_ENDED = 2.0
# Lines further apart than this (in font sizes, or times the usual distance) have a gap between.
_WIDEST, _SPREAD = 2.2, 1.15
# A column stands exact where this part of at least so many groups does.
_MOSTLY = 0.85
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class SideCell:
    """A cell beside the practice column: what it prints, part by part.

    ``broken_off``: the cell above it, on the page before, ends in a separator.
    """

    cell: Cell
    entries: tuple[Entry, ...]
    height: float
    broken_off: bool = False


def line_height(lines: Sequence[TextLine], pitch: float = 0.0) -> float:
    """Give the usual distance of neighbouring lines in points; 1.3 font sizes where none shows.

    ``pitch`` is the usual distance in the practice column: documents may be set with double line
    spacing, and then a line's distance is no gap.
    """
    if not lines:
        return 16.0
    size = lines[0].font_size
    widest = max(_WIDEST * size, _SPREAD * pitch)
    steps = [
        below.middle - above.middle
        for above, below in pairwise(lines)
        if above.page == below.page and below.middle - above.middle < widest
    ]
    if steps:
        return median(steps)
    return pitch if pitch > _WIDEST * size else 1.3 * size


def usual_pitch(cells: Iterable[Cell]) -> float:
    """Give the usual distance of neighbouring lines of cells in points, 0 where none shows."""
    steps = [
        below.middle - above.middle
        for cell in cells
        for above, below in pairwise(cell.lines)
        if above.page == below.page
    ]
    return median(steps) if steps else 0.0


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


def _with_last_before(
    drafts: Sequence[MeasureDraft], beside: list[MeasureDraft]
) -> list[MeasureDraft]:
    """Add the measure before the first one: a page break may have cut its row."""
    at = drafts.index(beside[0])
    return [drafts[at - 1], *beside] if at else beside


def _slots(
    drafts: Sequence[MeasureDraft], page: int, *, broken_off: bool = False
) -> tuple[list[MeasureDraft], list[Slot]]:
    """Give the measures that stand on a page, and where; the last one before it comes first.

    That one's text has ended, but its departments may go on over the page break; ``broken_off``
    tells that they do: the entry before the break ends in a separator.
    """
    present: list[MeasureDraft] = []
    slots: list[Slot] = []
    earlier: list[MeasureDraft] = []
    for draft in drafts:
        tops = draft.tops()
        top = tops.get(page)
        if top is not None:
            present.append(draft)
            slots.append(Slot(top, min(tops) < page))
        elif max(tops) < page:
            earlier.append(draft)
    if earlier and not any(slot.continued for slot in slots):
        until = slots[0].top if slots else float("inf")
        present.insert(0, earlier[-1])
        slots.insert(0, Slot(0.0, True, 0.0 if broken_off else _ENDED, until))
    if not present:
        return [drafts[0]], [Slot(0.0, True)]
    return present, slots


Give = Callable[[MeasureDraft, Entry, bool], None]


def is_exact(drafts: Sequence[MeasureDraft], sides: Sequence[SideCell]) -> bool:
    """Tell whether a column's groups of entries start on the first lines of measures."""
    seen = aligned = 0
    for side in sides:
        beside = drafts_beside(drafts, side.cell)
        if len(beside) < 2:
            continue
        by_page: dict[int, list[Slot]] = {}
        for group in groups_of(side):
            first = group[0][0]
            if first.page not in by_page:
                by_page[first.page] = _slots(beside, first.page)[1]
            slots = by_page[first.page]
            seen += 1
            aligned += any(is_aligned(first.middle, slot, side.height) for slot in slots)
    return seen >= _ENOUGH and aligned >= _MOSTLY * seen


def _standings(entries: Sequence[Entry]) -> list[Standing]:
    """Give where entries of one page stand, and which are listed with the one before.

    A bracket names the co-departments of the department before it.
    """
    found: list[Standing] = []
    for at, entry in enumerate(entries):
        listed = at > 0 and (
            entries[at - 1][-1].glyphs[-1] in "、，" or entry[0].glyphs[0] in "(（"
        )
        found.append(Standing(entry[0].middle, entry[-1].middle, listed))
    return found


def give_beside(drafts: Sequence[MeasureDraft], side: SideCell, give: Give, exact: bool) -> None:
    """Give each entry to the measure that it stands beside, page by page.

    ``give(measure, entry, unclear)`` takes them; ``unclear`` where it cannot be told.
    """
    pages = sorted({entry[0].page for entry in side.entries})
    spacing = Spacing(side.height, exact)
    for page in pages:
        entries = [entry for entry in side.entries if entry[0].page == page]
        before = [entry for entry in side.entries if entry[0].page < page]
        broken_off = bool(before) and before[-1][-1].glyphs[-1] in "、，"
        present, slots = _slots(drafts, page, broken_off=broken_off or side.broken_off)
        found = align(_standings(entries), slots, spacing)
        for entry, at, unclear in zip(entries, found.slots, found.unclear, strict=True):
            give(present[at], entry, unclear)


def give_to_all(drafts: Sequence[MeasureDraft], side: SideCell, give: Give) -> None:
    """Give every entry to every measure of the cell's rows: a merged cell holds for all."""
    for draft in drafts:
        for entry in side.entries:
            give(draft, entry, False)


def _tops_met(drafts: Sequence[MeasureDraft], side: SideCell) -> set[int]:
    """Give the places of the measures on whose first line some entry stands."""
    met: set[int] = set()
    by_page = {page: _slots(drafts, page) for page in {entry[0].page for entry in side.entries}}
    for entry in side.entries:
        line = entry[0]
        for draft, slot in zip(*by_page[line.page], strict=True):
            if not slot.continued and is_aligned(line.middle, slot, side.height):
                met.add(drafts.index(draft))
    return met


def is_positional(drafts: Sequence[MeasureDraft], sides: Sequence[SideCell]) -> bool:
    """Tell whether this column's cells print beside single measures."""
    for side in sides:
        beside = drafts_beside(drafts, side.cell)
        if len(beside) > 1 and (len(groups_of(side)) > 1 or len(_tops_met(beside, side)) > 1):
            return True
    return False


def holds_for_all(
    beside: Sequence[MeasureDraft], side: SideCell, merged: bool, positional: bool
) -> bool:
    """Tell whether a cell holds for all measures beside it.

    It does where it prints one thing only, not beside a later measure alone, and is ``merged``
    over rows or in a column that nowhere (``positional``) prints beside single measures.
    """
    if len(beside) < 2 or len(groups_of(side)) > 1:
        return False
    met = _tops_met(beside, side)
    if len(met) > 1 or _one_each(beside, side):
        return False
    if met and 0 not in met and not (_centered(side) and (merged or not positional)):
        return False
    return merged or not positional


def _one_each(drafts: Sequence[MeasureDraft], side: SideCell) -> bool:
    """Tell whether there are as many entries as measures, each about where its measure starts."""
    if len(drafts) != len(side.entries):
        return False
    return all(
        abs(entry[0].middle - draft.tops().get(entry[0].page, -1e9)) <= side.height
        for draft, entry in zip(drafts, side.entries, strict=True)
    )


def _centered(side: SideCell) -> bool:
    """Tell whether a cell's text stands in the middle of its height, on one page."""
    if len(side.cell.boxes) != 1:
        return False
    box = side.cell.boxes[0].box
    middle = (side.entries[0][0].middle + side.entries[-1][-1].middle) / 2
    return abs(middle - (box.top + box.bottom) / 2) <= 0.6 * side.height


def give_side_column(
    drafts: Sequence[MeasureDraft],
    sides: Sequence[SideCell],
    hard_row: Callable[[int], int],
    give: Give,
    shared: set[tuple[int, int]],
    positional: bool | None = None,
) -> list[SideCell]:
    """Give a column's cells to the measures; gives back the cells that stand beside none.

    The glyphs (page, ordinal) of cells that hold for several measures are added to ``shared``.

    ``positional``: whether the column prints beside single measures; None: to be told from it.
    """
    if positional is None:
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
        if holds_for_all(beside, side, len(rows) > 1, positional):
            give_to_all(beside, side, give)
            for entry in side.entries:
                shared |= glyphs_of(entry)
        else:
            if hard_row(side.cell.row) != side.cell.row:
                beside = _with_last_before(drafts, beside)
            give_beside(beside, side, give, exact)
    return lost
