"""Records against the table: every field in its rows and column, labels as printed last above."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from planparse.audit.field_sources import FieldSource, FieldSources, Key, Seat
from planparse.audit.field_texts import without_reference
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.page_glyphs import stands_before
from planparse.model.page import Run
from planparse.model.plan import Column

OWN = frozenset({"measure_no", "text", "points"})
BESIDE = frozenset({"departments", "period", "extras"})
LABELS = ("aspect", "strategy", "task")
#: Font sizes off a measure's first line within which an entry beside stands on that line. Of
#: 2,343 entries of digital plans none stands between 0.25 and 0.6 off it.
ON_LINE = 0.45
# What holds the same column: a number stands before its title, points in the practice.
_ROLE = {"aspect_no": "aspect", "strategy_no": "strategy", "task_no": "task"}
_ROLE |= dict.fromkeys(OWN, "practice")


@dataclass(slots=True)
class PlacedMeasure:
    """Where a measure stands: its table, rows ``row`` to ``end`` - 1, the runs of its own text.

    ``table`` is -1 where none of its own text stands in a table. ``first_lines``: the vertical
    middle in points of its first line on each page.
    """

    seq: int
    sources: Mapping[Key, FieldSource]
    table: int = -1
    row: int = 0
    end: int = 0
    own: list[Run] = field(default_factory=list)
    first_lines: dict[int, float] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Return True if the measure has text of its own inside a table."""
        return self.table >= 0

    @property
    def beside(self) -> list[FieldSource]:
        """The entries that stand beside the measure's own text."""
        return [source for source in self.sources.values() if source.field in BESIDE]

    @property
    def by_place(self) -> list[FieldSource]:
        """The entries that are the measure's alone and stand beside it.

        Those that name it by its number may stand anywhere: (1)業務組 (2)電費組.
        """
        numbered = self.numbered
        return [one for one in self.beside if not one.shared and one.field not in numbered]

    @property
    def numbered(self) -> set[str]:
        """The fields whose entries name the measure by its number."""
        return {one.field for one in self.beside if without_reference(one.text) != one.text}

    def label_seats(self, name: str) -> list[Seat]:
        """Return the cells that print a label: its number and its title."""
        parts = (self.sources.get((f"{name}_no", 0)), self.sources.get((name, 0)))
        return list(dict.fromkeys(seat for part in parts if part for seat in part.seats))


def _placed(seq: int, sources: Mapping[Key, FieldSource]) -> PlacedMeasure:
    found = PlacedMeasure(seq, sources)
    for source in sources.values():
        if source.field not in OWN:
            continue
        found.own += source.runs
        for run in source.runs:
            found.first_lines.setdefault(run.page, run.middle)
        for seat in source.seats:
            if not found.known:
                found.table, found.row = seat.table, seat.cell.row
            found.row = min(found.row, seat.cell.row)
            found.end = max(found.end, seat.end)
    return found


def place_measures(sources: FieldSources) -> list[PlacedMeasure]:
    """Return where each measure stands, in the order of the plan."""
    return [_placed(seq, record) for seq, record in sorted(sources.measures.items())]


def _reading_order(measures: Sequence[PlacedMeasure]) -> Iterator[Finding]:
    """Yield own text that stands above what comes before, in a measure or in the one before."""
    last: Run | None = None
    for measure in measures:
        for run in measure.own:
            if last is not None and stands_before(run, last):
                what = f"{shown(run.text)} of measure {measure.seq}"
                yield _out_of_order(what, run, last, measure.seq)
            last = run


def _entries_in_order(measure: PlacedMeasure) -> Iterator[Finding]:
    """Yield lines of a label or of an entry beside that do not run on downwards."""
    for (name, at), source in measure.sources.items():
        if name not in OWN and source.holder is None:
            for before, run in pairwise(source.runs):
                if stands_before(run, before):
                    what = f"{shown(run.text)} in {name} {at + 1} of measure {measure.seq}"
                    yield _out_of_order(what, run, before, measure.seq)


def _out_of_order(what: str, run: Run, before: Run, seq: int) -> Finding:
    message = f"{what} stands above {shown(before.text)}, which comes before it"
    return about_run(Check.OUT_OF_ORDER, run, message, seq)


def _about_entry(check: Check, measure: PlacedMeasure, source: FieldSource, where: str) -> Finding:
    what = f"{source.field} {source.index + 1} of measure {measure.seq}, {shown(source.text)}"
    return about_run(check, source.first, f"{what}, stands {where}", measure.seq)


def _in_rows(measure: PlacedMeasure) -> Iterator[Finding]:
    """Yield what stands beside a measure, but in other rows."""
    numbered = measure.numbered if measure.known else set()
    for source in measure.beside if measure.known else ():
        for seat in source.seats if source.field not in numbered else ():
            inside = seat.start < measure.end and seat.end > measure.row
            if seat.table != measure.table or not inside:
                where = (
                    f"in row {seat.cell.row + 1} of the table, the measure in rows "
                    f"{measure.row + 1}–{measure.end}"
                )
                yield _about_entry(Check.WRONG_ROW, measure, source, where)
                break


def _role(source: FieldSource) -> str:
    return _ROLE.get(source.field, source.field)


def _in_columns(measures: Sequence[PlacedMeasure], columns: Iterable[Column]) -> Iterator[Finding]:
    """Yield fields in a column that mostly holds another one; wide cells do not count."""
    entries = [
        (measure, source, (seat.table, seat.cell.column))
        for measure in measures
        for source in measure.sources.values()
        if source.holder is None
        for seat in source.seats
        if seat.cell.column_span == 1
    ]
    roles: dict[tuple[int, int], Counter[str]] = {}
    for _, source, column in entries:
        roles.setdefault(column, Counter())[_role(source)] += 1
    usual = {column: counter.most_common(1)[0][0] for column, counter in roles.items()}
    # One heading may name two roles: 執行策略及具體作法 stands over both.
    together = {
        frozenset((one.role.value, other.role.value))
        for one, other in combinations(columns, 2)
        if one.printed == other.printed
    }
    for measure, source, column in entries:
        role = usual[column]
        if role != _role(source) and {role, _role(source)} not in together:
            yield _about_entry(Check.WRONG_COLUMN, measure, source, f"in the column of {role}")


def check_rows(measures: Sequence[PlacedMeasure], columns: Iterable[Column] = ()) -> list[Finding]:
    """Return fields that stand in other rows or columns than their measure, or out of order.

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

    def __init__(self, measures: Sequence[PlacedMeasure]) -> None:
        cells: dict[tuple[int, str], dict[Seat, None]] = {}
        for measure in measures:
            for name in LABELS:
                for seat in measure.label_seats(name):
                    cells.setdefault((seat.table, name), {})[seat] = None
        self._cells = {key: sorted(one, key=_row_of) for key, one in cells.items()}

    def last_above(self, table: int, name: str, row: int) -> Seat | None:
        """Return the last label cell that starts in a row or above it; None if none does."""
        cells = self._cells.get((table, name), [])
        at = bisect_right(cells, row, key=_row_of) - 1
        return cells[at] if at >= 0 else None


def _row_of(seat: Seat) -> int:
    return seat.cell.row


def _wrong(measure: PlacedMeasure, name: str, seat: Seat, why: str) -> Finding:
    message = f"{name} of measure {measure.seq} {why} {shown(seat.cell.text)}"
    return about_run(Check.WRONG_LABEL, measure.own[0], message, measure.seq)


def _labels(measure: PlacedMeasure, columns: _LabelColumns) -> Iterator[Finding]:
    higher = -1
    for name in LABELS:
        last = columns.last_above(measure.table, name, measure.row)
        seats = measure.label_seats(name)
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


def check_labels(measures: Sequence[PlacedMeasure]) -> list[Finding]:
    """Return measures whose aspect, strategy or task is not the one that the table gives them."""
    columns = _LabelColumns(measures)
    return [
        finding for measure in measures if measure.known for finding in _labels(measure, columns)
    ]
