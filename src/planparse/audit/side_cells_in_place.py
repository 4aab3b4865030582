"""Cells beside several measures: each entry stands beside the measure that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planparse.audit.field_sources import Held
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.rows_in_place import Standing
from planparse.model.page import Run
from planparse.model.slots_record import fixed

# In font sizes: an entry within the first stands on a line, one beyond the second has drifted
# further than word processors let it.
_ON_LINE = 0.35
_DRIFT = 2.6


@fixed
class _Beside:
    """An entry of a cell that stands beside several measures, at its first line on a page."""

    measure: Standing
    held: Held
    run: Run


def _cells(measures: Sequence[Standing]) -> Iterator[list[_Beside]]:
    """Give by cell the entries that belong to single measures, in reading order."""
    cells: dict[int, list[_Beside]] = {}
    for measure in measures:
        if not measure.known:
            continue
        for held in measure.beside:
            if held.seats and not held.merged:
                found = cells.setdefault(id(held.seats[0]), [])
                found.append(_Beside(measure, held, held.first))
    for found in cells.values():
        if len({entry.measure.seq for entry in found}) > 1 or len(found) == 1:
            found.sort(key=lambda entry: (entry.run.page, entry.run.middle, entry.run.lefts[0]))
            yield found


def _wrong(entry: _Beside, where: str) -> Finding:
    held, seq = entry.held, entry.measure.seq
    message = f"{held.field} {held.index + 1} of measure {seq}, {shown(held.text)}, stands {where}"
    return about_run(Check.WRONG_MEASURE, entry.run, message, seq)


def _crossings(entries: Sequence[_Beside]) -> Iterator[Finding]:
    """Check that entries below each other belong to measures below each other."""
    for before, entry in pairwise(entries):
        if entry.measure.seq < before.measure.seq:
            above = f"{shown(before.held.text)}, which was given to measure {before.measure.seq}"
            yield _wrong(entry, f"below {above}")


class _FirstLines:
    """The first line of each measure on each page."""

    def __init__(self, measures: Sequence[Standing]) -> None:
        self._by_page: dict[int, list[tuple[Standing, float]]] = {}
        self._found: dict[tuple[int, int, int, int], dict[int, float]] = {}
        for measure in measures:
            last = 0
            for run in measure.own:
                if run.page != last:
                    last = run.page
                    self._by_page.setdefault(last, []).append((measure, run.middle))

    def beside(self, entry: _Beside) -> Mapping[int, float]:
        """Give by seq the first lines on the entry's page of measures that share its rows."""
        mine = entry.measure
        key = (entry.run.page, mine.table, mine.row, mine.end)
        if key not in self._found:
            self._found[key] = {
                other.seq: middle
                for other, middle in self._by_page.get(entry.run.page, ())
                if other.table == mine.table and other.row < mine.end and other.end > mine.row
            }
        return self._found[key]


def _off(entry: _Beside, lines: Mapping[int, float], starts_here: bool) -> bool:
    """Tell whether an entry stands further from its measure than columns drift."""
    middle, seq = entry.run.middle, entry.measure.seq
    drift = _DRIFT * entry.run.font_size
    mine = lines.get(seq)
    if mine is None:
        return False
    after = [line for other, line in lines.items() if other > seq]
    above = starts_here and middle < mine - drift
    return above or any(middle > line + drift for line in after)


def _misplaced(entries: Sequence[_Beside], first_lines: _FirstLines) -> Iterator[Finding]:
    """Check that no entry stands on the first line of another measure that got none."""
    served = {(entry.measure.seq, entry.held.field) for entry in entries}
    for entry in entries:
        lines = first_lines.beside(entry)
        mine = lines.get(entry.measure.seq)
        near = _ON_LINE * entry.run.font_size
        on_mine = mine is not None and abs(entry.run.middle - mine) <= near
        others = [
            seq
            for seq, line in lines.items()
            if abs(entry.run.middle - line) <= near and (seq, entry.held.field) not in served
        ]
        starts_here = entry.measure.own[0].page == entry.run.page
        if others and not on_mine:
            yield _wrong(entry, f"beside measure {others[0]}, which has none")
        elif _off(entry, lines, starts_here):
            yield _wrong(entry, "further from it than lines drift")


def check_beside(measures: Sequence[Standing]) -> list[Finding]:
    """Find entries beside the practice column that stand beside another measure than their own."""
    first_lines = _FirstLines(measures)
    found: list[Finding] = []
    for entries in _cells(measures):
        found += _crossings(entries)
        found += _misplaced(entries, first_lines)
    return found
