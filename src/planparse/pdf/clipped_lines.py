"""Take back lines that a page cuts in half where no page beside it prints them as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planparse.model.page import DroppedRun, DropReason, Page, Run

# Points across the page by which the two prints of a line may differ.
_NEAR = 1.5
# Font sizes below the upper print in which nothing stands in its column: it is the page's end.
_FREE = 2.0


def _rows(page: Page, char: str, left: float) -> set[float]:
    """Return the heights at which a page's kept text has a character at a place across it."""
    return {
        round(run.middle, 1)
        for run in page.runs
        if char in run.text
        for at, x in enumerate(run.lefts)
        if run.text[at] == char and abs(x - left) <= _NEAR
    }


def _shared_prints(run: Run, page: Page) -> set[float]:
    """Return the heights at which another page prints all glyphs of a run at the same places."""
    places = zip(run.text, run.lefts, strict=True)
    return set.intersection(*(_rows(page, char, left) for char, left in places))


def _ends_page(page: Page, run: Run, middle: float) -> bool:
    """Return True if nothing follows in the column of a run whose middle is at a height."""
    return not any(
        middle + 0.5 * run.font_size < other.middle < middle + _FREE * run.font_size
        and other.lefts[0] < run.rights[-1]
        and run.lefts[0] < other.rights[-1]
        for other in page.runs
    )


def _is_print(run: Run, before: Page | None, page: Page, after: Page | None) -> bool:
    """Return True if the page after prints a run that ends its page, or the page before does."""
    if after is not None and _ends_page(page, run, run.middle) and _shared_prints(run, after):
        return True
    return before is not None and any(
        _ends_page(before, run, middle) for middle in _shared_prints(run, before)
    )


def restore_lone_lines(pages: Sequence[Page]) -> list[Page]:
    """Return the pages with cut lines kept that no page beside prints: half a line can be read."""
    if not any(drop.reason is DropReason.CUT_PRINT for page in pages for drop in page.dropped):
        return list(pages)
    around: list[Page | None] = [None, *pages, None]
    found: list[Page] = []
    for at, page in enumerate(pages):
        lone = [
            drop.run
            for drop in page.dropped
            if drop.reason is DropReason.CUT_PRINT
            and not _is_print(drop.run, around[at], page, around[at + 2])
        ]
        found.append(_with(page, lone) if lone else page)
    return found


def _with(page: Page, runs: Sequence[Run]) -> Page:
    """Return a page that keeps runs it had dropped, each in its place."""
    firsts = {run.first for run in runs}
    dropped: list[DroppedRun] = [drop for drop in page.dropped if drop.run.first not in firsts]
    kept = sorted((*page.runs, *runs), key=lambda run: run.first)
    return replace(page, runs=tuple(kept), dropped=tuple(dropped))
