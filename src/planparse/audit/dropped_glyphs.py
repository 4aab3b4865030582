"""What was dropped is looked at again: a glyph must not hide behind a reason that does not hold.

What a page number looks like, and how far a margin reaches, the lexicon defines for all stages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.page_glyphs import PageGlyphs, Pages
from planparse.audit.repeated_headings import not_printed_before
from planparse.lexicon.character_folds import UNMAPPED
from planparse.lexicon.headings import is_turned_over
from planparse.lexicon.page_numbers import (
    PageNumber,
    in_margin,
    read_page_number,
    without_numbers,
)
from planparse.model.page import DroppedRun, DropReason, Origin, Run
from planparse.model.provenance import Claim
from planparse.model.table import Layout

# Points by which the middle of furniture may reach into the height of the outermost kept text.
# Seen in digital plans: none nearer than 8.8 outside it. Scans are read less exactly.
_OVERLAP = 4.0
# Points by which the two prints of a line that a page cuts may be off across the page.
_SAME_LEFT = 2.0
# Font sizes by which a second print stands off the first, at most; seen: 0.03.
_SAME_PRINT = 0.2
# Font sizes by which the middles of one line's runs differ, at most.
_SAME_LINE = 0.5


def _lines(drops: Iterable[DroppedRun]) -> list[list[Run]]:
    """Return runs of one page whose middles are alike as lines, each from left to right."""
    runs = sorted((drop.run for drop in drops), key=lambda run: (run.page, run.top + run.bottom))
    lines: list[list[Run]] = []
    for run in runs:
        last = lines[-1][0] if lines else None
        if (
            last is not None
            and last.page == run.page
            and run.middle - last.middle < _SAME_LINE * min(last.font_size, run.font_size)
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _text(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


class _Edges:
    """Where the furniture of pages stands: in a margin, beyond the glyphs that were kept."""

    def __init__(self, pages: Pages, layout: Layout) -> None:
        gone = {(drop.run.page, drop.run.first) for drop in layout.dropped}
        self._pages = pages
        self._kept: dict[int, tuple[float, float]] = {}
        for number, glyphs in pages.items():
            kept = [run for run in glyphs.page.runs if (number, run.first) not in gone]
            if kept:
                self._kept[number] = min(run.top for run in kept), max(run.bottom for run in kept)

    def have(self, line: Sequence[Run]) -> bool:
        """Return True if a line stands at the edge of its page."""
        run = line[0]
        if not in_margin(run.top, run.bottom, self._pages[run.page].page.height):
            return False
        highest, lowest = self._kept.get(run.page, (float("inf"), float("-inf")))
        return run.middle <= highest + _OVERLAP or run.middle >= lowest - _OVERLAP


def _report(line: Sequence[Run], reason: DropReason, why: str) -> Finding:
    run = line[0]
    message = f"{shown(_text(line))} of page {run.page} was dropped as {reason}, but {why}"
    return about_run(Check.DROPPED_WITHOUT_REASON, run, message)


def _counts_on(page: int, number: PageNumber, others: Iterable[tuple[int, PageNumber]]) -> bool:
    """Return True if a number names its page and that of another page counts on with it.

    Title rows of tables print it wherever the table begins: 第1頁，共3頁.
    """
    return (
        number.named
        and number.page is not None
        and any(
            its.form == number.form
            and other != page
            and its.page is not None
            and its.page - other == number.page - page
            for other, its in others
        )
    )


def _page_numbers(lines: list[list[Run]], edges: _Edges) -> Iterator[Finding]:
    numbers = [read_page_number(_text(line)) for line in lines]
    known = [
        (line[0].page, number)
        for line, number in zip(lines, numbers, strict=True)
        if number is not None
    ]
    for line, number in zip(lines, numbers, strict=True):
        if number is None:
            yield _report(line, DropReason.PAGE_NUMBER, "it is no number")
        elif not edges.have(line) and not _counts_on(line[0].page, number, known):
            yield _report(line, DropReason.PAGE_NUMBER, "it stands among the text")


def _running_headers(lines: list[list[Run]], pages: Pages, edges: _Edges) -> Iterator[Finding]:
    """Yield headers that do not stand at the edge, or that no other page prints."""
    wordings = [without_numbers(_text(line)) for line in lines]
    dropped = Counter({(line[0].page, key) for line, key in zip(lines, wordings, strict=True)})
    on_pages = Counter(key for _, key in dropped)
    kept = {number: without_numbers(glyphs.text) for number, glyphs in pages.items()}
    for line, key in zip(lines, wordings, strict=True):
        page = line[0].page
        # （接下頁） stands between the parts of a table, on one page alone.
        if is_turned_over(_text(line)):
            continue
        # The title of the first page is kept where later pages repeat it.
        elsewhere = sum(key in text for number, text in kept.items() if number != page)
        if not edges.have(line):
            yield _report(line, DropReason.RUNNING_HEADER, "it stands among the text")
        elif on_pages[key] + elsewhere < 2 and not _is_lone(line, pages):
            yield _report(line, DropReason.RUNNING_HEADER, "no other page repeats it")


def _is_lone(line: Sequence[Run], pages: Pages) -> bool:
    """Return True if a line is the header of a document of one page: smaller than its text."""
    largest = max((run.font_size for run in pages[line[0].page].page.runs), default=0.0)
    return len(pages) == 1 and line[0].font_size < largest


def _off_page(run: Run, pages: Pages) -> str | None:
    page = pages[run.page].page
    inside = (
        0 <= run.middle <= page.height
        and (run.lefts[0] + run.rights[0]) / 2 >= 0
        and (run.lefts[-1] + run.rights[-1]) / 2 <= page.width
    )
    return "it stands on the page" if inside else None


def _replaced(run: Run, pages: Pages) -> str | None:
    digital = pages[run.page].page.origin is not Origin.OCR
    return "the page was not read by OCR" if digital else None


def _overprint(run: Run, pages: Pages) -> str | None:
    """Return why a run is no second print; None if each glyph has its first print."""
    near, prints = _SAME_PRINT * run.font_size, pages[run.page].prints
    for char, left in zip(run.text, run.lefts, strict=True):
        places = prints.get(char, ())
        if not any(abs(x - left) <= near and abs(y - run.middle) <= near for x, y in places):
            return "nothing of the kind stands there"
    return None


def _cut(run: Run, pages: Pages) -> str | None:
    """Return why a run is no cut print; None if a page beside prints it on one line."""
    for number in (run.page - 1, run.page + 1):
        prints = pages[number].prints if number in pages else {}
        heights = [
            {round(y) for x, y in prints.get(char, ()) if abs(x - left) <= _SAME_LEFT}
            for char, left in zip(run.text, run.lefts, strict=True)
        ]
        if set.intersection(*heights):
            return None
    return "no page beside prints it"


def _unmapped(run: Run, _pages: Pages) -> str | None:
    return None if set(run.text) == {UNMAPPED} else "its font names it"


# What extraction alone drops. Only extraction can see how a glyph is painted and what lies over it.
_EXTRACTED: dict[DropReason, Callable[[Run, Pages], str | None] | None] = {
    DropReason.ANNOTATION: None,
    DropReason.COVERED: None,
    DropReason.CUT_PRINT: _cut,
    DropReason.DUPLICATE_OVERPRINT: _overprint,
    DropReason.INVISIBLE: None,
    DropReason.OFF_PAGE: _off_page,
    DropReason.REPLACED_BY_OCR: _replaced,
    DropReason.SAME_COLOR: None,
    DropReason.STRUCK_OUT: None,
    DropReason.UNMAPPED_SYMBOL: _unmapped,
    DropReason.WATERMARK: None,
}


def _dropped_by_extraction(drop: DroppedRun, glyphs: PageGlyphs, pages: Pages) -> Iterator[Finding]:
    check = _EXTRACTED[drop.reason]
    if glyphs.reasons.get(drop.run.first) is not drop.reason:
        yield _report([drop.run], drop.reason, "extraction did not find it so")
    elif check is not None and (why := check(drop.run, pages)) is not None:
        yield _report([drop.run], drop.reason, why)


def check_dropped(pages: Pages, layout: Layout, claims: Sequence[Claim]) -> list[Finding]:
    """Return dropped glyphs whose reason does not hold when the page is looked at again."""
    by_reason: dict[DropReason, list[DroppedRun]] = {reason: [] for reason in DropReason}
    for drop in layout.dropped:
        if drop.run.page in pages:
            by_reason[drop.reason].append(drop)
    edges = _Edges(pages, layout)
    found = list(_page_numbers(_lines(by_reason[DropReason.PAGE_NUMBER]), edges))
    found += _running_headers(_lines(by_reason[DropReason.RUNNING_HEADER]), pages, edges)
    for line in _lines(not_printed_before(by_reason[DropReason.REPEATED_HEADING], claims)):
        found.append(_report(line, DropReason.REPEATED_HEADING, "no earlier page prints it"))
    for reason in _EXTRACTED:
        for drop in by_reason[reason]:
            found += _dropped_by_extraction(drop, pages[drop.run.page], pages)
    return found
