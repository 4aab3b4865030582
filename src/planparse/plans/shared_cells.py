"""Which side cells hold for all measures beside them, and which columns print beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from planparse.plans.alignment import is_aligned
from planparse.plans.builders import MeasureBuilder
from planparse.plans.side_cells import SideCell, builders_beside, groups_of, slots_on

# Text whose middle is off a cell's middle by no more line heights is centred.
_CENTRED = 0.6
# The part of a cell on one page shows where its text is set if so many line heights are free.
_ROOM = 2.0


def _tops_met(builders: Sequence[MeasureBuilder], side: SideCell) -> set[int]:
    """Return the places of the measures on whose first line some entry stands."""
    met: set[int] = set()
    by_page = {page: slots_on(builders, page) for page in {entry[0].page for entry in side.entries}}
    for entry in side.entries:
        line = entry[0]
        for builder, slot in zip(*by_page[line.page], strict=True):
            if not slot.continued and is_aligned(line.middle, slot, side.height):
                met.add(builders.index(builder))
    return met


def stands_exact(builders: Sequence[MeasureBuilder], side: SideCell) -> bool:
    """Return True if each group stands on the first line of a measure, and each has one."""
    met = _tops_met(builders, side)
    groups = groups_of(side)
    return len(met) == len(builders) == len(groups)


def _on_their_pages(builders: Sequence[MeasureBuilder], side: SideCell) -> SideCell:
    """Return a cell without what stands on a page before its measures: it is beside none.

    Browsers leave a cell's first line at a page's end although the measures begin on the next.
    """
    first = min((page for builder in builders for page in builder.tops()), default=0)
    entries = tuple(entry for entry in side.entries if entry[-1].page >= first)
    boxes = tuple(place for place in side.cell.boxes if place.page >= first)
    if not entries or len(boxes) == len(side.cell.boxes):
        return side
    return replace(side, cell=replace(side.cell, boxes=boxes), entries=entries)


def is_positional(builders: Sequence[MeasureBuilder], sides: Sequence[SideCell]) -> bool:
    """Return True if this column's cells print beside single measures."""
    for cell in sides:
        beside = builders_beside(builders, cell.cell)
        side = _on_their_pages(beside, cell)
        if len(beside) > 1 and (len(groups_of(side)) > 1 or len(_tops_met(beside, side)) > 1):
            return True
    return False


def holds_for_all(
    beside: Sequence[MeasureBuilder], side: SideCell, merged: bool, positional: bool
) -> bool:
    """Return True if a cell holds for all measures beside it.

    It does where it prints one thing only, not beside a later measure alone, and is ``merged``
    over rows or in a column that nowhere (``positional``) prints beside single measures.
    """
    side = _on_their_pages(beside, side)
    if len(beside) < 2 or len(groups_of(side)) > 1:
        return False
    met = _tops_met(beside, side)
    if len(met) > 1 or _one_each(beside, side):
        return False
    if met and 0 not in met and not (_centered(side) and (merged or not positional)):
        return False
    return merged or not positional


def _one_each(builders: Sequence[MeasureBuilder], side: SideCell) -> bool:
    """Return True if there are as many entries as measures, each about where its measure starts."""
    if len(builders) != len(side.entries):
        return False
    return all(
        abs(entry[0].middle - builder.tops().get(entry[0].page, -inf)) <= side.height
        for builder, entry in zip(builders, side.entries, strict=True)
    )


def _centered(side: SideCell) -> bool:
    """Return True if a cell's text stands in the middle of the cell, or of its part on one page.

    A program that breaks a row over pages sets the text in the middle of the part that it fills.
    """
    first, last = side.entries[0][0], side.entries[-1][-1]
    boxes = [place.box for place in side.cell.boxes if place.page == first.page]
    if len(boxes) != 1 or last.page != first.page:
        return False
    if len(side.cell.boxes) > 1 and boxes[0].height < last.bottom - first.top + _ROOM * side.height:
        return False
    middle = (first.middle + last.middle) / 2
    return abs(middle - (boxes[0].top + boxes[0].bottom) / 2) <= _CENTRED * side.height
