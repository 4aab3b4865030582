"""Assign the cells beside the practice column to its measures: departments, periods, extras."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from planparse.lexicon.sentences import COMMAS
from planparse.plans.alignment import Assignment, Slot, Spacing, Standing, align, is_aligned
from planparse.plans.bands import Beside
from planparse.plans.builders import Glyph, MeasureBuilder, glyphs_of
from planparse.plans.shared_cells import holds_for_all, is_positional
from planparse.plans.side_cells import (
    Entry,
    SideCell,
    builders_beside,
    groups_of,
    is_listed,
    slots_on,
)

# An entry stands above a measure's first line by more than this part of a line.
_ABOVE = 0.6
# Entries drift from their measures by up to so many lines.
_DRIFT = 1.15
# A column stands exact where this part of at least so many groups does.
_MOSTLY = 0.85
_ENOUGH = 3


def with_last_before(
    builders: Sequence[MeasureBuilder], beside: list[MeasureBuilder]
) -> list[MeasureBuilder]:
    """Return the measures with the one before the first: a page break may have cut its row."""
    at = builders.index(beside[0])
    return [builders[at - 1], *beside] if at else beside


# Takes an entry for a measure; the flag is True where another measure is as likely. An empty entry
# is one that the measure may lack.
Assign = Callable[[MeasureBuilder, Entry, bool], None]
# Aligns the entries of a cell on one page: measures and slots, the cell, the page, the entries.
Aligner = Callable[
    [Sequence[MeasureBuilder], Sequence[Slot], SideCell, int, Sequence[Standing]], Assignment
]


def first_line_aligner(exact: bool, filled: float = 1.0) -> Aligner:
    """Return what aligns entries by the first lines of measures; see ``Spacing``."""

    def aligned(
        _builders: Sequence[MeasureBuilder],
        slots: Sequence[Slot],
        side: SideCell,
        _page: int,
        entries: Sequence[Standing],
    ) -> Assignment:
        found = align(entries, slots, Spacing(side.height, exact, filled))
        if exact or not _counts_alike(entries, slots, found, side.height):
            return found
        return Assignment(found.slots, (True,) * len(entries))

    return aligned


def _counts_alike(
    entries: Sequence[Standing], slots: Sequence[Slot], found: Assignment, height: float
) -> bool:
    """Return True if positions part entries unevenly though there is one for each measure.

    Where a column drifts by a line, the count is evidence against the position.
    """
    new = [at for at, slot in enumerate(slots) if not slot.continued]
    if len(entries) != len(new) or len(new) < 2 or list(found.slots) == new:
        return False
    return all(
        abs(entry.first - slots[at].top) <= _DRIFT * height
        for entry, at in zip(entries, new, strict=True)
    )


def is_exact(builders: Sequence[MeasureBuilder], sides: Sequence[SideCell]) -> bool:
    """Return True if a column's groups of entries start on the first lines of measures."""
    seen = aligned = 0
    for side in sides:
        beside = builders_beside(builders, side.cell)
        if len(beside) < 2:
            continue
        by_page: dict[int, list[Slot]] = {}
        for group in groups_of(side):
            first = group[0][0]
            if first.page not in by_page:
                by_page[first.page] = slots_on(beside, first.page)[1]
            slots = by_page[first.page]
            seen += 1
            aligned += any(is_aligned(first.middle, slot, side.height) for slot in slots)
    return seen >= _ENOUGH and aligned >= _MOSTLY * seen


def _standings(entries: Sequence[Entry]) -> list[Standing]:
    """Return where entries of one page stand, and which are listed with the one before.

    A bracket names the co-departments of the department before it.
    """
    found: list[Standing] = []
    for at, entry in enumerate(entries):
        found.append(Standing(entry[0].middle, entry[-1].middle, is_listed(entries, at)))
    return found


def _one_above(entries: Sequence[Standing], slots: Sequence[Slot], height: float) -> bool:
    """Return True if a page starts with an entry above the one level with the page's first measure.

    Then that one ends the list of the measure before.
    """
    if len(slots) < 2 or not slots[0].continued or slots[1].continued:
        return False
    above = entries[0].first < slots[1].top - _ABOVE * height
    return above and any(is_aligned(entry.first, slots[1], height) for entry in entries[1:])


def _lacking(found: Assignment) -> list[int]:
    """Return the slots before those whose first entries may as well end their lists."""
    pairs = pairwise(zip(found.slots, found.unclear, strict=True))
    return [one for (one, _), (at, open_choice) in pairs if open_choice and at == one + 1]


def assign_by_place(
    builders: Sequence[MeasureBuilder],
    side: SideCell,
    assign: Assign,
    aligner: Aligner,
    *,
    unclear: bool = False,
) -> None:
    """Assign each entry to the measure that it stands beside, page by page.

    ``unclear``: that is a guess for every entry, not only where the aligner is uncertain.
    """
    pages = sorted({entry[0].page for entry in side.entries})
    for page in pages:
        entries = [entry for entry in side.entries if entry[0].page == page]
        before = [entry for entry in side.entries if entry[0].page < page]
        broken_off = bool(before) and before[-1][-1].glyphs[-1] in COMMAS
        standings = _standings(entries)
        present, slots = slots_on(builders, page, broken_off=broken_off or side.broken_off)
        if _one_above(standings, slots, side.height):
            present, slots = slots_on(builders, page, broken_off=True)
        found = aligner(present, slots, side, page, standings)
        for entry, at, open_choice in zip(entries, found.slots, found.unclear, strict=True):
            assign(present[at], entry, unclear or open_choice)
        for at in _lacking(found):
            assign(present[at], (), True)


def assign_to_all(builders: Sequence[MeasureBuilder], side: SideCell, assign: Assign) -> None:
    """Assign every entry to every measure of the cell's rows: a merged cell holds for all.

    It is doubted where no ruling shows that the cell is merged.
    """
    for builder in builders:
        for entry in side.entries:
            assign(builder, entry, side.cell.unsure)


def _misses_some(builders: Sequence[MeasureBuilder], side: SideCell) -> bool:
    """Return True if some measures of a row that a page break cut end before a cell's text.

    Then it may hold for those on its page alone.
    """
    first = min(entry[0].page for entry in side.entries)
    return any(max(builder.tops()) < first for builder in builders)


#: What was aligned row by row: by cell, the measures of the row and what each entry stands beside.
AlignedRows = Mapping[tuple[int, int], tuple[Sequence[MeasureBuilder], Sequence[Beside]]]
# An entry may as well stand beside another measure than the one chosen where that is less probable
# than 0.9, and a measure may have lost an entry that is its own with this probability.
_SURE, _LOST = 0.9, 0.2


def _assign_aligned(
    side: SideCell, aligned: tuple[Sequence[MeasureBuilder], Sequence[Beside]], assign: Assign
) -> None:
    """Assign the entries of a cell of a row that was aligned; doubt measures that may lack one."""
    builders, besides = aligned
    for entry, one in zip(side.entries, besides, strict=True):
        assign(builders[one.measure], entry, one.shares[one.measure] < _SURE)
        for at, share in one.shares.items():
            if at != one.measure and share > _LOST:
                assign(builders[at], (), True)


@dataclass(frozen=True, slots=True)
class Rows:
    """The measures of a table; ``soft_rows`` are those that a page break may have cut."""

    builders: Sequence[MeasureBuilder]
    soft_rows: AbstractSet[int] = frozenset()

    def hard_row(self, row: int) -> int:
        """Return the row that a page break may have cut this row from."""
        while row in self.soft_rows:
            row -= 1
        return row


def _aligner(
    builders: Sequence[MeasureBuilder], sides: Sequence[SideCell], other: Aligner | None
) -> Aligner:
    """Return what aligns a column's entries; ``other`` unless they stand exactly on first lines."""
    exact = is_exact(builders, sides)
    if other is not None and not exact:
        return other
    entries = sum(len(side.entries) for side in sides)
    return first_line_aligner(exact, min(1.0, entries / max(len(builders), 1)))


def assign_side_column(
    rows: Rows,
    sides: Sequence[SideCell],
    assign: Assign,
    shared: set[Glyph],
    aligner: Aligner | None = None,
    aligned: AlignedRows | None = None,
) -> list[SideCell]:
    """Assign a column's cells to the measures; return the cells that stand beside none.

    The glyphs of cells that hold for several measures are added to ``shared``; ``aligner``: how
    entries are assigned to measures unless they stand exactly beside first lines.
    """
    builders = rows.builders
    positional = is_positional(builders, sides)
    by_place = _aligner(builders, sides, aligner)
    hard_row = rows.hard_row
    lost: list[SideCell] = []
    for side in sides:
        if not side.entries:
            continue
        beside = builders_beside(builders, side.cell)
        if not beside:
            lost.append(side)
            continue
        if aligned and side.place in aligned:
            _assign_aligned(side, aligned[side.place], assign)
            continue
        merged = len({hard_row(builder.row) for builder in beside}) > 1
        if not holds_for_all(beside, side, merged, positional):
            if hard_row(side.cell.row) != side.cell.row:
                beside = with_last_before(builders, beside)
            assign_by_place(beside, side, assign, by_place)
        elif not merged and _misses_some(beside, side):
            assign_by_place(beside, side, assign, by_place, unclear=True)
        else:
            assign_to_all(beside, side, assign)
            for entry in side.entries:
                shared |= glyphs_of(entry)
    return lost
