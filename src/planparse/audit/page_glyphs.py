"""The glyphs of a document by their ordinals, as extraction read them: what the audit trusts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from planparse.model.page import DropReason, Page, Run, SourceDocument

# Stands for an ordinal that extraction itself did not give out.
ABSENT = "\0"
# Points by which runs of one line may stand higher or lower than each other: superscripts do.
_ONE_LINE = 3.0
# Font sizes by which columns of upright text stand apart, at least.
_NEXT_COLUMN = 0.5


@dataclass(frozen=True)
class PageGlyphs:
    """A page's runs by ordinal; ``text`` has one character per ordinal.

    ``reasons`` are the extractor's own grounds for dropping a run, by the run's first ordinal.
    """

    page: Page
    firsts: list[int]
    runs: list[Run]
    text: str
    reasons: dict[int, DropReason]

    def run_at(self, ordinal: int) -> Run | None:
        """Return the extracted run that holds an ordinal; None if there is none."""
        at = bisect_right(self.firsts, ordinal) - 1
        if at < 0 or ordinal >= self.firsts[at] + len(self.runs[at].text):
            return None
        return self.runs[at]

    def text_of(self, run: Run) -> str:
        """Return what the page prints at a run's ordinals."""
        return self.text[run.first : run.first + len(run.text)]

    def has(self, run: Run) -> bool:
        """Return True if a run is an extracted one, or a slice of one, with its text and place."""
        source = self.run_at(run.first)
        if source is None or source is run:
            return source is run
        at = run.first - source.first
        end = at + len(run.text)
        return (
            source.text[at:end] == run.text
            and source.lefts[at] == run.lefts[0]
            and source.rights[end - 1] == run.rights[-1]
            and source.top == run.top
            and source.bottom == run.bottom
        )

    @cached_property
    def prints(self) -> dict[str, list[tuple[float, float]]]:
        """Left edges and middles of all glyphs in the text layer or read by OCR, by character."""
        found: dict[str, list[tuple[float, float]]] = {}
        replaced = [d.run for d in self.page.dropped if d.reason is DropReason.REPLACED_BY_OCR]
        for run in (*self.page.runs, *replaced):
            for char, left in zip(run.text, run.lefts, strict=True):
                found.setdefault(char, []).append((left, run.middle))
        return found


Pages = Mapping[int, PageGlyphs]


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
    """Return every page's glyphs by the page's number."""
    return {page.number: _page_glyphs(page) for page in document.pages}


def is_extracted(pages: Pages, run: Run) -> bool:
    """Return True if extraction read a run where and as it is."""
    return run.page in pages and pages[run.page].has(run)


def stands_before(run: Run, other: Run) -> bool:
    """Return True if a run stands before another one in reading order.

    The order of text that is set downwards or upwards follows from pages and columns alone.
    Columns of upright glyphs follow each other to the left.
    """
    if run.page != other.page:
        return run.page < other.page
    if run.turn or other.turn or _starts_column(run, other):
        return False
    lower = (run.top + run.bottom - other.top - other.bottom) / 2
    if lower > _ONE_LINE:
        return False
    return lower < -_ONE_LINE or run.lefts[0] < other.lefts[0]


def _starts_column(run: Run, other: Run) -> bool:
    """Return True if a glyph starts the column to the left of the one that another glyph ends."""
    single = len(run.text) == len(other.text) == 1
    return single and other.lefts[0] - run.lefts[0] > _NEXT_COLUMN * run.font_size
