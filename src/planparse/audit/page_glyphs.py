"""The glyphs of a document by their ordinals, as extraction gave them: what the audit trusts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from planparse.model.page import DropReason, Page, Run, SourceDocument

# Stands for an ordinal that extraction itself did not give out.
ABSENT = "\0"


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """A page's runs by ordinal; ``text`` has one character an ordinal.

    ``reasons`` are the extractor's own grounds for dropping a run, by the run's first ordinal.
    """

    page: Page
    firsts: list[int]
    runs: list[Run]
    text: str
    reasons: dict[int, DropReason]

    def run_at(self, ordinal: int) -> Run | None:
        """Give the extracted run that holds an ordinal; None if there is none."""
        at = bisect_right(self.firsts, ordinal) - 1
        if at < 0 or ordinal >= self.firsts[at] + len(self.runs[at].text):
            return None
        return self.runs[at]

    def says(self, run: Run) -> str:
        """Give what the page prints at a run's ordinals."""
        return self.text[run.first : run.first + len(run.text)]

    def stands_at(self, run: Run) -> bool:
        """Tell whether a run (a slice of an extracted one) is where and what extraction said."""
        source = self.run_at(run.first)
        if source is None:
            return False
        if source is run:
            return True
        at = run.first - source.first
        end = at + len(run.text)
        return (
            source.text[at:end] == run.text
            and source.lefts[at] == run.lefts[0]
            and source.rights[end - 1] == run.rights[-1]
            and source.top == run.top
            and source.bottom == run.bottom
        )


def _page_glyphs(page: Page) -> PageGlyphs:
    runs = [*page.runs, *[drop.run for drop in page.dropped]]
    runs.sort(key=lambda run: run.first)
    parts: list[str] = []
    size = 0
    for run in runs:
        if run.first > size:
            parts.append(ABSENT * (run.first - size))
            size = run.first
        # An ordinal given out twice keeps its first glyph; the second is then found unknown.
        parts.append(run.text[size - run.first :])
        size = max(size, run.first + len(run.text))
    if size < page.glyph_count:
        parts.append(ABSENT * (page.glyph_count - size))
    reasons = {drop.run.first: drop.reason for drop in page.dropped}
    return PageGlyphs(page, [run.first for run in runs], runs, "".join(parts), reasons)


def glyphs_by_page(document: SourceDocument) -> dict[int, PageGlyphs]:
    """Give every page's glyphs by the page's number."""
    return {page.number: _page_glyphs(page) for page in document.pages}
