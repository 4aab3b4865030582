"""Compare what two extractors see on each page: glyphs kept, and glyphs dropped by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planparse.datamodel.page import Origin, Page, Run, SourceDocument
from planparse.second_opinion.compare_plans import Disagreement


def _counts(runs: Iterable[Run]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(run.text)
    return counts


def _spelled(counts: Counter[str]) -> str | None:
    return "".join(sorted(counts.elements())) or None


def _page(first: Page, second: Page) -> Disagreement | None:
    """Compare the glyphs that two readings keep of a page.

    What both drop they may drop for other reasons: MuPDF leaves out second prints and what lies
    beside the page by itself. A glyph that is seen and one reading hides is kept by the other.
    """
    ours, theirs = _counts(first.runs), _counts(second.runs)
    if ours == theirs:
        return None
    more, less = _spelled(ours - theirs), _spelled(theirs - ours)
    return Disagreement(None, f"glyphs of page {first.number}", more, less, first.number)


def compare_pages(first: SourceDocument, second: SourceDocument) -> list[Disagreement]:
    """List the pages on which one extractor keeps glyphs that the other does not see, or drops.

    ``first`` and ``second`` of a disagreement are the characters that only that reading has.
    """
    again = {page.number: page for page in second.pages}
    return [
        found
        for page in first.pages
        if page.origin is Origin.TEXT_LAYER and page.number in again
        if (found := _page(page, again[page.number])) is not None
    ]
