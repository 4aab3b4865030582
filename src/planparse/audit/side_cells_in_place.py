"""Cells beside several measures: each entry stands beside the measure that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from planparse.audit.field_sources import FieldSource, Seat
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.rows_in_place import ON_LINE, PlacedMeasure
from planparse.model.page import Run
from planparse.model.slots_record import slots_record

# Font sizes by which an entry may drift up off its measure's first line, or down past the next's.
# Seen in 2,343 entries of digital plans: 0.14 up, and none nearer than 1.25 above the next.
_DRIFT = 2.6


@slots_record
class _SideEntry:
    """An entry of a cell that stands beside several measures, at its first line on a page."""

    measure: PlacedMeasure
    source: FieldSource
    run: Run


def _cells(measures: Sequence[PlacedMeasure]) -> Iterator[list[_SideEntry]]:
    """Yield by cell the entries that belong to single measures, in reading order."""
    cells: dict[Seat, list[_SideEntry]] = {}
    for measure in measures:
        for source in measure.by_place if measure.known else ():
            if source.seats:
                entry = _SideEntry(measure, source, source.first)
                cells.setdefault(source.seats[0], []).append(entry)
    for found in cells.values():
        if len({entry.measure.seq for entry in found}) > 1 or len(found) == 1:
            found.sort(key=lambda entry: (entry.run.page, entry.run.middle, entry.run.lefts[0]))
            yield found


def _wrong(entry: _SideEntry, where: str) -> Finding:
    source, seq = entry.source, entry.measure.seq
    what = f"{source.field} {source.index + 1} of measure {seq}, {shown(source.text)}"
    return about_run(Check.WRONG_MEASURE, entry.run, f"{what}, stands {where}", seq)


def _crossings(entries: Sequence[_SideEntry]) -> Iterator[Finding]:
    """Yield entries that stand below those of a later measure."""
    for before, entry in pairwise(entries):
        if entry.measure.seq < before.measure.seq:
            above = f"{shown(before.source.text)}, which was given to measure {before.measure.seq}"
            yield _wrong(entry, f"below {above}")


def _first_lines(entry: _SideEntry, measures: Iterable[PlacedMeasure]) -> dict[int, float]:
    """Return by seq the first lines on the entry's page of measures that share its rows."""
    mine, page = entry.measure, entry.run.page
    return {
        other.seq: other.first_lines[page]
        for other in measures
        if other.table == mine.table and other.row < mine.end and other.end > mine.row
    }


def _has_drifted(entry: _SideEntry, lines: Mapping[int, float]) -> bool:
    """Return True if an entry stands further from its measure than columns drift."""
    middle, measure = entry.run.middle, entry.measure
    drift = _DRIFT * entry.run.font_size
    mine = lines.get(measure.seq)
    if mine is None:
        return False
    above = measure.own[0].page == entry.run.page and middle < mine - drift
    return above or any(middle > y + drift for seq, y in lines.items() if seq > measure.seq)


def _misplaced(
    entries: Sequence[_SideEntry], by_page: Mapping[int, Sequence[PlacedMeasure]]
) -> Iterator[Finding]:
    """Yield entries on the first line of another measure that got none, and drifted ones."""
    served = {(entry.measure.seq, entry.source.field) for entry in entries}
    for entry in entries:
        lines = _first_lines(entry, by_page.get(entry.run.page, ()))
        near = ON_LINE * entry.run.font_size
        on = [seq for seq, line in lines.items() if abs(entry.run.middle - line) <= near]
        others = [seq for seq in on if (seq, entry.source.field) not in served]
        if others and entry.measure.seq not in on:
            yield _wrong(entry, f"beside measure {others[0]}, which has none")
        elif _has_drifted(entry, lines):
            yield _wrong(entry, "further from it than lines drift")


def check_beside(measures: Sequence[PlacedMeasure]) -> list[Finding]:
    """Return entries beside the practice column that stand beside another measure than theirs."""
    by_page: dict[int, list[PlacedMeasure]] = {}
    for measure in measures:
        for page in measure.first_lines:
            by_page.setdefault(page, []).append(measure)
    found: list[Finding] = []
    for entries in _cells(measures):
        found += _crossings(entries)
        found += _misplaced(entries, by_page)
    return found
