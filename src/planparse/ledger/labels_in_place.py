"""Labels that carry on: a measure has the aspect, strategy and task printed last above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from planparse.ledger.cell_index import Seat
from planparse.ledger.findings import Check, Finding, about_run, shown
from planparse.ledger.rows_in_place import LABELS, Standing


class _LabelColumns:
    """The label cells of a field by table, from top to bottom."""

    def __init__(self, measures: Sequence[Standing]) -> None:
        self._cells: dict[tuple[int, str], list[Seat]] = {}
        # By name as well: one cell may print an aspect and the strategy below it.
        seen: set[tuple[int, str]] = set()
        for measure in measures:
            for name in LABELS:
                for seat in _seats(measure, name):
                    if (id(seat), name) not in seen:
                        seen.add((id(seat), name))
                        self._cells.setdefault((seat.table, name), []).append(seat)
        for cells in self._cells.values():
            cells.sort(key=lambda seat: seat.cell.row)
        self._rows = {key: [seat.cell.row for seat in cells] for key, cells in self._cells.items()}

    def last_above(self, table: int, name: str, row: int) -> Seat | None:
        """Give the last label cell that starts in a row or above it."""
        at = bisect_right(self._rows.get((table, name), []), row) - 1
        return self._cells[table, name][at] if at >= 0 else None


def _seats(measure: Standing, name: str) -> list[Seat]:
    """Give the cells that print a label of a measure: its number and its title."""
    number, title = measure.held.get((f"{name}_no", 0)), measure.held.get((name, 0))
    found = [] if number is None else list(number.seats)
    return found + ([] if title is None else [seat for seat in title.seats if seat not in found])


def _wrong(measure: Standing, name: str, seat: Seat, why: str) -> Finding:
    first = measure.own[0]
    message = f"{name} of measure {measure.seq} {why} {shown(seat.cell.text)}"
    return about_run(Check.WRONG_LABEL, first, message, measure.seq)


def _check(measure: Standing, columns: _LabelColumns) -> Iterator[Finding]:
    higher = -1
    for name in LABELS:
        last = columns.last_above(measure.table, name, measure.row)
        seats = _seats(measure, name)
        if last is None:
            if seats:
                yield _wrong(measure, name, seats[0], "is printed only below it:")
            continue
        if seats and last not in seats:
            yield _wrong(measure, name, last, "is not the one printed last above it:")
        elif seats and last.cell.row < higher:
            yield _wrong(measure, name, last, "belongs to what was printed before:")
        elif not seats and last.end > measure.row and last.cell.row >= higher:
            yield _wrong(measure, name, last, "is missing; its rows are those of")
        # A label cut by a page break has a cell on both pages: its first one counts.
        higher = max(higher, seats[0].cell.row) if seats else higher


def check_labels(measures: Sequence[Standing]) -> list[Finding]:
    """Find measures whose aspect, strategy or task is not the one that the table gives them."""
    columns = _LabelColumns(measures)
    return [
        finding for measure in measures if measure.known for finding in _check(measure, columns)
    ]
