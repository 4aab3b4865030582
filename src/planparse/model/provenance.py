"""The ledger's account of a document: where each glyph went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planparse.model.page import Run
from planparse.model.slots_record import slots_record


@slots_record
class Claim:
    """Runs of glyphs that a field holds, in the order in which it reads them.

    ``field`` is the destination (aspect, strategy, task, measure_no, text, points, departments,
    period, extras, heading, title, issued, section); ``owner`` the ``seq`` of the first measure
    that holds it or the section's place, None for the plan itself; ``index`` the entry of a list.
    ``again``: a merged cell's glyphs, held by an earlier measure already; they count there.
    """

    field: str
    owner: int | None
    index: int
    runs: tuple[Run, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of glyphs of one document. ``missing`` and ``doubled`` are (page, ordinal)."""

    glyphs: int
    placed: Mapping[str, int]
    dropped: Mapping[str, int]
    missing: tuple[tuple[int, int], ...]
    doubled: tuple[tuple[int, int], ...]

    @property
    def balanced(self) -> bool:
        """Return True if every glyph is in exactly one place."""
        return not self.missing and not self.doubled
