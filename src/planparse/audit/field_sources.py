"""What each field of each record holds: the claimed runs, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planparse.audit.cell_index import CellIndex, Seat
from planparse.audit.conservation import unknown
from planparse.audit.findings import Finding
from planparse.audit.page_glyphs import PageGlyphs
from planparse.model.page import Run
from planparse.model.plan import FieldPlace
from planparse.model.provenance import Claim

# Fields whose owner is a section; the others with an owner are a measure's.
SECTION = "section"


@dataclass(slots=True)
class Held:
    """The runs of one entry of one field.

    ``merged``: they hold for several measures. ``twin``: the entry of an earlier measure that holds
    the very same runs, None where there is none. ``seats`` are the cells that they stand in.
    """

    field: str
    index: int
    runs: tuple[Run, ...] = ()
    merged: bool = False
    twin: Held | None = None
    text: str = ""
    seats: list[Seat] = dataclasses.field(default_factory=list)
    places: list[FieldPlace] = dataclasses.field(default_factory=list)

    @property
    def first(self) -> Run:
        """The run that the entry starts with."""
        return self.runs[0]


Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Claims sorted by record: by measure's seq, by section's place, and the plan's own."""

    measures: dict[int, dict[Key, Held]]
    sections: dict[int, dict[Key, Held]]
    plan: dict[Key, Held]


class _Sorter:
    """Fills the entries; what a merged cell holds for several measures is worked out once."""

    def __init__(self, pages: Mapping[int, PageGlyphs], index: CellIndex) -> None:
        self._pages = pages
        self._index = index
        self._first: dict[tuple[str, int, int], Held] = {}
        self.findings: list[Finding] = []

    def finish(self, held: Held) -> None:
        """Give an entry its text and its seats; a merged one's are those of its twin."""
        again = held.merged
        start = held.runs[0]
        key = (held.field, start.page, start.first)
        first = self._first.get(key)
        if first is None:
            self._first[key] = held
        elif again and first.runs == held.runs:
            first.merged = True
            held.twin, held.text, held.seats = first, first.text, first.seats
            return
        elif again:
            self._check_again(held, first)
        pages = self._pages
        held.text = "".join([pages[run.page].says(run) for run in held.runs if run.page in pages])
        held.seats = self._index.seats_of(held.runs)

    def _check_again(self, held: Held, first: Held) -> None:
        """Check runs that no other check sees: those that count for an earlier measure."""
        first.merged = True
        for run in held.runs:
            glyphs = self._pages.get(run.page)
            if glyphs is None or not glyphs.stands_at(run):
                self.findings.append(unknown(run))


def sort_claims(
    pages: Mapping[int, PageGlyphs], claims: Sequence[Claim], index: CellIndex
) -> tuple[Holdings, list[Finding]]:
    """Sort claims by their record; each entry's text is what the pages print there."""
    holdings = Holdings({}, {}, {})
    sorter = _Sorter(pages, index)
    entries: list[Held] = []
    for claim in claims:
        held = _entry(holdings, claim)
        if not held.runs:
            entries.append(held)
            held.runs = claim.runs
        else:
            held.runs += claim.runs
        if claim.again:
            held.merged = True
    for held in entries:
        sorter.finish(held)
    return holdings, sorter.findings


def _entry(holdings: Holdings, claim: Claim) -> Held:
    """Give the entry that a claim belongs to, a new one where it is the first."""
    if claim.owner is None:
        record = holdings.plan
    else:
        owners = holdings.sections if claim.field == SECTION else holdings.measures
        record = owners.setdefault(claim.owner, {})
    key = (claim.field, claim.index)
    found = record.get(key)
    if found is None:
        found = record[key] = Held(claim.field, claim.index)
    return found
