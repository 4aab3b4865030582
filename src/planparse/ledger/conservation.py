"""Conservation: every glyph of every page is in exactly one field, or dropped with a reason.

Intervals of ordinals are compared, not single glyphs, so the check costs next to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from planparse.datamodel.ledger import Claim, Ledger
from planparse.datamodel.page import DroppedRun, Run
from planparse.ledger.findings import Check, Finding, shown
from planparse.ledger.page_glyphs import PageGlyphs

# First ordinal, the one after the last, who holds them.
Interval = tuple[int, int, str]
Span = tuple[int, int]


def _interval(run: Run, holder: str) -> Interval:
    return run.first, run.first + len(run.text), holder


def _intervals(claims: Iterable[Claim], dropped: Iterable[DroppedRun]) -> dict[int, list[Interval]]:
    """Give the intervals by page; a merged cell's glyphs count for the first who holds them."""
    found: dict[int, list[Interval]] = {}
    for claim in claims:
        if not claim.again:
            found.setdefault(claim.run.page, []).append(_interval(claim.run, claim.field))
    for drop in dropped:
        found.setdefault(drop.run.page, []).append(_interval(drop.run, drop.reason.value))
    return found


def _sweep(intervals: list[Interval], count: int) -> tuple[list[Span], list[tuple[Span, str]]]:
    """Give the gaps of 0 … count - 1, and what is held a second time with the second holder."""
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


def _box_of(glyphs: PageGlyphs, span: Span) -> Finding:
    """Make the finding of a gap, at the place of its first run."""
    start, stop = span
    run = glyphs.run_at(start)
    page = glyphs.page.number
    text = glyphs.text[start:stop]
    message = f"{stop - start} glyphs of page {page}, {shown(text)}, are in no field"
    return Finding(Check.GLYPH_MISSING, message, page, None if run is None else run.box)


def _doubled(glyphs: PageGlyphs, span: Span, holder: str) -> Finding:
    start, stop = span
    run = glyphs.run_at(start)
    page = glyphs.page.number
    text = shown(glyphs.text[start:stop])
    message = f"{stop - start} glyphs of page {page}, {text}, are in a second field: {holder}"
    return Finding(Check.GLYPH_DOUBLED, message, page, None if run is None else run.box)


def _expand(page: int, spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(page, at) for start, stop in spans for at in range(start, stop)]


def conserve(
    pages: dict[int, PageGlyphs], claims: Sequence[Claim], dropped: Sequence[DroppedRun]
) -> tuple[Ledger, list[Finding]]:
    """Account for every glyph; gives the ledger and a finding for each gap and overlap."""
    placed: Counter[str] = Counter()
    taken_out: Counter[str] = Counter()
    missing: list[tuple[int, int]] = []
    doubled: list[tuple[int, int]] = []
    findings: list[Finding] = []
    for claim in claims:
        if not claim.again:
            placed[claim.field] += len(claim.run.text)
    for drop in dropped:
        taken_out[drop.reason.value] += len(drop.run.text)
    intervals = _intervals(claims, dropped)
    total = 0
    for number, glyphs in pages.items():
        total += glyphs.page.glyph_count
        gaps, again = _sweep(intervals.pop(number, []), glyphs.page.glyph_count)
        missing += _expand(number, gaps)
        doubled += _expand(number, [span for span, _ in again])
        findings += [_box_of(glyphs, span) for span in gaps]
        findings += [_doubled(glyphs, span, holder) for span, holder in again]
    findings += _unknown(pages, claims, dropped)
    ledger = Ledger(
        total,
        dict(sorted(placed.items())),
        dict(sorted(taken_out.items())),
        tuple(missing),
        tuple(doubled),
    )
    return ledger, findings


def _unknown(
    pages: dict[int, PageGlyphs], claims: Sequence[Claim], dropped: Sequence[DroppedRun]
) -> list[Finding]:
    """Find runs that are not what extraction read: other text, another place, no such page."""
    found = []
    for run in [*[claim.run for claim in claims], *[drop.run for drop in dropped]]:
        glyphs = pages.get(run.page)
        if glyphs is None or not glyphs.stands_at(run):
            message = f"{shown(run.text)} of page {run.page} is not what extraction read there"
            found.append(Finding(Check.GLYPH_UNKNOWN, message, run.page, run.box))
    return found
