"""Records against the table: every field in its rows and column, labels as printed last above."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from planparse.audit.cell_index import Seat
from planparse.audit.field_sources import Held, Holdings, Key
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.reading_order import stands_before
from planparse.model.page import Run
from planparse.model.plan import Column

OWN = frozenset({"measure_no", "text", "points"})
BESIDE = frozenset({"departments", "period", "extras"})
LABELS = ("aspect", "strategy", "task")
# What holds the same column: a number stands before its title, points in the practice.
_ROLE = {"aspect_no": "aspect", "strategy_no": "strategy", "task_no": "task"}
_ROLE |= dict.fromkeys(OWN, "practice")


@dataclass(slots=True)
class Standing:
    """Where a measure stands: its table, rows ``row`` to ``end`` - 1, the runs of its own text."""

    seq: int
    held: Mapping[Key, Held]
    table: int = -1
    row: int = 0
    end: int = 0
    own: list[Run] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Tell whether the measure has text of its own inside a table."""
        return self.table >= 0

    @property
    def beside(self) -> list[Held]:
        """The entries that stand beside the measure's own text."""
        return [held for held in self.held.values() if held.field in BESIDE]


def _standing(seq: int, held: Mapping[Key, Held]) -> Standing:
    found = Standing(seq, held)
    for entry in held.values():
        if entry.field not in OWN:
            continue
        found.own += entry.runs
        for seat in entry.seats:
            if not found.known:
                found.table, found.row = seat.table, seat.cell.row
            found.row = min(found.row, seat.cell.row)
            found.end = max(found.end, seat.end)
    return found


def standings(holdings: Holdings) -> list[Standing]:
    """Give where each measure stands, in the order of the plan."""
    return [_standing(seq, held) for seq, held in sorted(holdings.measures.items())]


def _reading_order(measures: Sequence[Standing]) -> Iterator[Finding]:
    """Check that own text runs on downwards, inside a measure and from one to the next."""
    last: Run | None = None
    for measure in measures:
        for run in measure.own:
            if last is not None and stands_before(run, last):
                message = (
                    f"{shown(run.text)} of measure {measure.seq} stands above "
                    f"{shown(last.text)}, which comes before it"
                )
                yield about_run(Check.OUT_OF_ORDER, run, message, measure.seq)
            last = run


def _entries_in_order(measure: Standing) -> Iterator[Finding]:
    """Check that the lines of a label or of an entry beside run on downwards."""
    for (name, at), held in measure.held.items():
        if name in OWN or held.twin is not None or len(held.runs) == 1:
            continue
        for before, run in pairwise(held.runs):
            if stands_before(run, before):
                message = (
                    f"{shown(run.text)} in {name} {at + 1} of measure {measure.seq} stands above "
                    f"{shown(before.text)}, which comes before it"
                )
                yield about_run(Check.OUT_OF_ORDER, run, message, measure.seq)


def _in_rows(measure: Standing) -> Iterator[Finding]:
    """Check that what stands beside a measure stands in its rows."""
    if not measure.known:
        return
    for held in measure.beside:
        for seat in held.seats:
            inside = seat.start < measure.end and seat.end > measure.row
            if seat.table != measure.table or not inside:
                message = (
                    f"{held.field} {held.index + 1} of measure {measure.seq}, {shown(held.text)}, "
                    f"stands in row {seat.cell.row + 1} of the table, the measure in rows "
                    f"{measure.row + 1}–{measure.end}"
                )
                yield about_run(Check.WRONG_ROW, held.first, message, measure.seq)
                break


def _role(held: Held) -> str:
    return _ROLE.get(held.field, held.field)


def _columns(
    measures: Sequence[Standing],
) -> tuple[dict[tuple[int, int], str], list[tuple[Standing, Held, Seat]]]:
    """Give what each column mostly holds, and where each entry stands; wide cells do not count."""
    votes: dict[tuple[int, int], Counter[str]] = {}
    entries: list[tuple[Standing, Held, Seat]] = []
    for measure in measures:
        for held in measure.held.values():
            for seat in () if held.twin is not None else held.seats:
                if seat.cell.column_span == 1:
                    counter = votes.setdefault((seat.table, seat.cell.column), Counter())
                    counter[_role(held)] += 1
                    entries.append((measure, held, seat))
    return {column: counter.most_common(1)[0][0] for column, counter in votes.items()}, entries


def _one_heading(columns: Iterable[Column]) -> set[frozenset[str]]:
    """Return the pairs of roles that one heading names: 執行策略及具體作法 stands over both."""
    pairs = combinations(columns, 2)
    return {frozenset((a.role.value, b.role.value)) for a, b in pairs if a.printed == b.printed}


def _in_columns(measures: Sequence[Standing], columns: Iterable[Column]) -> Iterator[Finding]:
    """Check that each field stands in the column that holds it for the other measures."""
    roles, entries = _columns(measures)
    together = _one_heading(columns)
    for measure, held, seat in entries:
        usual = roles[seat.table, seat.cell.column]
        if usual != _role(held) and {usual, _role(held)} not in together:
            message = (
                f"{held.field} {held.index + 1} of measure {measure.seq}, {shown(held.text)}, "
                f"stands in the column of {usual}"
            )
            yield about_run(Check.WRONG_COLUMN, held.first, message, measure.seq)


def check_rows(measures: Sequence[Standing], columns: Iterable[Column] = ()) -> list[Finding]:
    """Find fields that stand in other rows or columns than their measure, or out of order.

    ``columns`` are the plan's: one heading that names two roles may hold both.
    """
    found = list(_reading_order(measures))
    found += _in_columns(measures, columns)
    for measure in measures:
        found += _entries_in_order(measure)
        found += _in_rows(measure)
    return found


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
