"""What each field of each record holds: the claimed runs, in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planparse.datamodel.ledger import Claim
from planparse.datamodel.page import Run
from planparse.ledger.cell_index import CellIndex, Seat
from planparse.ledger.page_glyphs import PageGlyphs

# Fields whose owner is a section; the others with an owner are a measure's.
SECTION = "section"


@dataclass(slots=True)
class Held:
    """The runs of one entry of one field.

    ``merged``: they hold for several measures. ``again``: an earlier measure holds them as well.
    ``seats`` are the cells that they stand in, once an index was asked.
    """

    field: str
    index: int
    runs: list[Run] = dataclasses.field(default_factory=list)
    merged: bool = False
    again: bool = False
    text: str = ""
    seats: list[Seat] = dataclasses.field(default_factory=list)

    @property
    def first(self) -> Run:
        """The run that the entry starts with."""
        return self.runs[0]


Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Claims sorted by record: by measure's seq, by section's place, and the plan's own."""

    measures: Mapping[int, dict[Key, Held]]
    sections: Mapping[int, dict[Key, Held]]
    plan: dict[Key, Held]


def _merged_glyphs(claims: Iterable[Claim]) -> set[tuple[int, int]]:
    return {(claim.run.page, claim.run.first) for claim in claims if claim.again}


def sort_claims(pages: Mapping[int, PageGlyphs], claims: tuple[Claim, ...]) -> Holdings:
    """Sort claims by their record; each entry's text is what the pages print there."""
    measures: dict[int, dict[Key, Held]] = {}
    sections: dict[int, dict[Key, Held]] = {}
    plan: dict[Key, Held] = {}
    merged = _merged_glyphs(claims)
    for claim in claims:
        if claim.owner is None:
            record = plan
        else:
            owners = sections if claim.field == SECTION else measures
            record = owners.setdefault(claim.owner, {})
        key = (claim.field, claim.index)
        held = record.get(key)
        if held is None:
            held = record[key] = Held(claim.field, claim.index, again=claim.again)
        run = claim.run
        held.runs.append(run)
        if (run.page, run.first) in merged:
            held.merged = True
        glyphs = pages.get(run.page)
        if glyphs is not None:
            held.text += glyphs.says(run)
    return Holdings(measures, sections, plan)


def seat_all(holdings: Holdings, index: CellIndex) -> None:
    """Note for every entry of every measure which cells it stands in."""
    for record in holdings.measures.values():
        for held in record.values():
            held.seats = index.seats_of(held.runs)
