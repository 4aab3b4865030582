"""The cells beside the practice column: their parts, the groups of these, the measures beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from planparse.datamodel.layout import Cell, TextLine
from planparse.segment.beside import TOGETHER, Slot
from planparse.segment.drafts import MeasureDraft

Entry = tuple[TextLine, ...]

# Cost (in lines) of giving the first entry of a page to a measure whose text ended before it.
_ENDED = 2.0
# Lines further apart than this (in font sizes, or times the usual distance) have a gap between.
_WIDEST, _SPREAD = 2.2, 1.15


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


def slots_on(
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
