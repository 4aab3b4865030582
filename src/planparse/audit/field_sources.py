"""What each field of each record was read from: the claimed runs, in order, and their cells."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from planparse.audit.conservation import unknown_run
from planparse.audit.findings import Finding
from planparse.audit.page_glyphs import Pages, is_extracted
from planparse.model.page import Run
from planparse.model.provenance import Claim
from planparse.model.table import Cell, Layout, Table

# Fields whose owner is a section; the others with an owner are a measure's.
SECTION = "section"
HEADING = "heading"


@dataclass(frozen=True, slots=True, eq=False)
class Seat:
    """A cell of a table: ``table`` counts the document's tables from 0.

    The cell may hold for the rows ``start`` to ``end`` - 1: where it starts a page the row before
    is counted in, and so are blank cells that start a page below it, for a page break may have cut
    its row. ``alone``: no other cell of its row has text.
    """

    table: int
    cell: Cell
    start: int
    end: int
    alone: bool = False


def _seats(number: int, table: Table) -> list[Seat]:
    """Return the cells of a table that hold text."""
    blanks = {
        (cell.row, cell.column, cell.column_span): cell.row_span
        for cell in table.cells
        if not cell.lines and cell.row in table.soft_rows
    }
    texts = Counter(cell.row for cell in table.cells if cell.lines)
    found: list[Seat] = []
    for cell in table.cells:
        if cell.lines:
            end = cell.row + cell.row_span
            while (end, cell.column, cell.column_span) in blanks:
                end += blanks[end, cell.column, cell.column_span]
            start = cell.row - (cell.row in table.soft_rows)
            found.append(Seat(number, cell, start, end, texts[cell.row] == 1))
    return found


class _CellIndex:
    """The cells of a layout by the ordinals of their glyphs."""

    def __init__(self, layout: Layout) -> None:
        self._runs: dict[int, list[tuple[int, int, Seat]]] = {}
        tables = [block for block in layout.blocks if isinstance(block, Table)]
        for seat in (seat for pair in enumerate(tables) for seat in _seats(*pair)):
            for line in seat.cell.lines:
                for run in line.runs:
                    entry = (run.first, run.first + len(run.text), seat)
                    self._runs.setdefault(run.page, []).append(entry)
        for entries in self._runs.values():
            entries.sort(key=itemgetter(0))

    def seats_of(self, runs: Iterable[Run]) -> list[Seat]:
        """Return the cells that hold the first glyphs of runs, each once, in the runs' order."""
        found: list[Seat] = []
        for run in runs:
            entries = self._runs.get(run.page, [])
            at = bisect_right(entries, run.first, key=itemgetter(0)) - 1
            if at >= 0 and run.first < entries[at][1] and entries[at][2] not in found:
                found.append(entries[at][2])
        return found


@dataclass(slots=True)
class FieldSource:
    """The runs of one entry of one field, and the text that the pages print there.

    ``shared``: they hold for several measures. ``holder``: the entry of an earlier measure that
    holds the very same runs, None where there is none. ``seats`` are the cells that they stand in.
    """

    field: str
    index: int
    runs: tuple[Run, ...] = ()
    shared: bool = False
    holder: FieldSource | None = None
    text: str = ""
    seats: list[Seat] = dataclasses.field(default_factory=list)

    @property
    def first(self) -> Run:
        """The run that the entry starts with."""
        return self.runs[0]


Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FieldSources:
    """Claims sorted by record: by measure's seq, by section's place, and the plan's own."""

    measures: dict[int, dict[Key, FieldSource]]
    sections: dict[int, dict[Key, FieldSource]]
    plan: dict[Key, FieldSource]

    def record_of(self, claim: Claim) -> dict[Key, FieldSource]:
        """Return the entries of the record that a claim belongs to."""
        if claim.owner is None:
            return self.plan
        owners = self.sections if claim.field == SECTION else self.measures
        return owners.setdefault(claim.owner, {})


def sort_claims(
    pages: Pages, claims: Sequence[Claim], layout: Layout
) -> tuple[FieldSources, list[Finding]]:
    """Return claims by their record, and the runs that no page has among those counted before."""
    sources = FieldSources({}, {}, {})
    entries: list[FieldSource] = []
    for claim in claims:
        record = sources.record_of(claim)
        entry = record.get((claim.field, claim.index))
        if entry is None:
            entry = record[claim.field, claim.index] = FieldSource(claim.field, claim.index)
            entries.append(entry)
        entry.runs += claim.runs
        entry.shared = entry.shared or claim.again
    return sources, _complete(entries, pages, _CellIndex(layout))


def _key(run: Run) -> tuple[int, int]:
    return run.page, run.first


def _complete(entries: Sequence[FieldSource], pages: Pages, index: _CellIndex) -> list[Finding]:
    """Fill in text and cells of entries; for a merged cell's they are worked out once."""
    holders: dict[tuple[str, int, int], FieldSource] = {}
    heads = {_key(run) for entry in entries if entry.field == HEADING for run in entry.runs}
    findings: list[Finding] = []
    for entry in entries:
        runs = entry.runs
        holder = holders.setdefault((entry.field, runs[0].page, runs[0].first), entry)
        if entry.shared and holder is not entry:
            holder.shared = True
            if holder.runs == runs:
                entry.holder, entry.text, entry.seats = holder, holder.text, holder.seats
                continue
            # No other check sees runs that count for an earlier measure.
            findings += [unknown_run(run) for run in runs if not is_extracted(pages, run)]
        entry.text = "".join([pages[run.page].text_of(run) for run in runs if run.page in pages])
        # A department that a mark chooses has its name in the heading: its row is the mark's.
        beside = runs if entry.field == HEADING else [run for run in runs if _key(run) not in heads]
        entry.seats = index.seats_of(beside)
    return findings
