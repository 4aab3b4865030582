"""Conservation: every glyph of every page is in exactly one field, or dropped with a reason.

Intervals of ordinals are compared, not single glyphs, so the check costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.page_glyphs import PageGlyphs, Pages, is_extracted
from planparse.model.page import DroppedRun, Run
from planparse.model.provenance import Claim, Ledger

# First ordinal, the one after the last, who holds them.
Interval = tuple[int, int, str]
Span = tuple[int, int]


class _Books:
    """Who holds what, by page; a merged cell's glyphs count for the first who holds them."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.intervals: dict[int, list[Interval]] = {number: [] for number in pages}
        self.findings: list[Finding] = []

    def enter(self, run: Run, holder: str) -> int:
        """Return the size of a run after noting who holds it."""
        size = len(run.text)
        if not is_extracted(self._pages, run):
            self.findings.append(unknown_run(run))
        if run.page in self.intervals:
            self.intervals[run.page].append((run.first, run.first + size, holder))
        return size


def _sweep(intervals: list[Interval], count: int) -> tuple[list[Span], list[tuple[Span, str]]]:
    """Return the gaps of 0 … count - 1, and what is held a second time with the second holder."""
    gaps: list[Span] = []
    again: list[tuple[Span, str]] = []
    reached = 0
    for start, stop, holder in sorted(intervals):
        if start > reached:
            gaps.append((reached, start))
        elif start < reached:
            again.append(((start, min(stop, reached)), holder))
        reached = max(reached, stop)
    if reached < count:
        gaps.append((reached, count))
    return gaps, again


def _about_span(check: Check, glyphs: PageGlyphs, span: Span, held: str) -> Finding:
    """Return the finding of a span of ordinals, at the place of its first run."""
    start, stop = span
    run = glyphs.run_at(start)
    page = glyphs.page.number
    text = shown(glyphs.text[start:stop])
    message = f"{stop - start} glyphs of page {page}, {text}, are in {held}"
    return Finding(check, message, page, None if run is None else run.box)


def _expand(page: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(page, at) for start, stop in spans for at in range(start, stop)]


def conserve(
    pages: Pages, claims: Sequence[Claim], dropped: Sequence[DroppedRun]
) -> tuple[Ledger, list[Finding]]:
    """Return the account of every glyph, and a finding for each gap and overlap."""
    books = _Books(pages)
    placed: dict[str, int] = {}
    taken_out: dict[str, int] = {}
    for claim in claims:
        if not claim.again:
            size = sum([books.enter(run, claim.field) for run in claim.runs])
            placed[claim.field] = placed.get(claim.field, 0) + size
    for drop in dropped:
        reason = drop.reason.value
        taken_out[reason] = taken_out.get(reason, 0) + books.enter(drop.run, reason)
    missing: list[tuple[int, int]] = []
    doubled: list[tuple[int, int]] = []
    findings = books.findings
    for number, glyphs in pages.items():
        gaps, again = _sweep(books.intervals[number], glyphs.page.glyph_count)
        missing += _expand(number, gaps)
        doubled += _expand(number, [span for span, _ in again])
        findings += [_about_span(Check.GLYPH_MISSING, glyphs, span, "no field") for span in gaps]
        findings += [
            _about_span(Check.GLYPH_DOUBLED, glyphs, span, f"a second field: {holder}")
            for span, holder in again
        ]
    ledger = Ledger(
        sum(glyphs.page.glyph_count for glyphs in pages.values()),
        dict(sorted(placed.items())),
        dict(sorted(taken_out.items())),
        tuple(missing),
        tuple(doubled),
    )
    return ledger, findings


def unknown_run(run: Run) -> Finding:
    """Return the finding of a run with another text or place than extraction read."""
    message = f"{shown(run.text)} of page {run.page} is not what extraction read there"
    return about_run(Check.GLYPH_UNKNOWN, run, message)
