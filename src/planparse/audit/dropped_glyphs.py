"""What was dropped is looked at again: a glyph must not hide behind a reason that does not hold.

What a page number looks like is defined once, in the lexicon. Where one may stand, and all other
rules here, are the audit's own; they know nothing of how the grid stage found its reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from planparse.audit.findings import Check, Finding, shown
from planparse.audit.page_glyphs import PageGlyphs
from planparse.audit.repeated_headings import without_twin
from planparse.lexicon.page_numbers import PageNumber, read_page_number, without_numbers
from planparse.model.page import DroppedRun, DropReason, Origin, Run
from planparse.model.provenance import Claim
from planparse.model.table import Layout

# The outer part of a page's height that may hold page numbers and running headers.
_MARGIN = 0.15
_SAME_HEIGHT = 4.0
# The two prints of a line that a page cuts stand this near to each other across the page.
_SAME_LEFT = 2.0
_LONE_TOP = 0.08
_LONE_MARGIN = 56.0
# A second print stands within this part of the font size of the first.
_SAME_PRINT = 0.2
# Height in points of the strips in which first prints are looked up.
_SQUARE = 8.0
# A watermark is larger than the body; a slanted one is told by extraction alone.
_BY_EXTRACTION = frozenset(
    {
        DropReason.WATERMARK,
        DropReason.INVISIBLE,
        DropReason.OFF_PAGE,
        DropReason.CUT_PRINT,
        DropReason.DUPLICATE_OVERPRINT,
        DropReason.REPLACED_BY_OCR,
    }
)
Pages = Mapping[int, PageGlyphs]


def _lines(drops: Iterable[DroppedRun]) -> list[list[Run]]:
    """Join runs of one page whose middles are alike into lines, each from left to right."""
    runs = sorted((drop.run for drop in drops), key=lambda run: (run.page, run.top + run.bottom))
    lines: list[list[Run]] = []
    for run in runs:
        last = lines[-1][0] if lines else None
        if (
            last is not None
            and last.page == run.page
            and run.middle - last.middle < 0.5 * min(last.font_size, run.font_size)
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda run: run.lefts[0])
    return lines


def _text(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


def _in_margin(line: Sequence[Run], pages: Pages) -> bool:
    """Tell whether a line stands in the upper or lower margin of its page."""
    height = pages[line[0].page].page.height
    middle = line[0].middle
    return middle <= _MARGIN * height or middle >= (1 - _MARGIN) * height


class _Extents:
    """How far down and up the kept glyphs of each page reach: furniture stands beyond them."""

    def __init__(self, pages: Pages, layout: Layout) -> None:
        gone = {(drop.run.page, drop.run.first) for drop in layout.dropped}
        self._by_page: dict[int, tuple[float, float]] = {}
        for number, glyphs in pages.items():
            kept = [run for run in glyphs.page.runs if (number, run.first) not in gone]
            if kept:
                highest = min(run.top for run in kept)
                lowest = max(run.bottom for run in kept)
                self._by_page[number] = (highest, lowest)

    def outside(self, line: Sequence[Run]) -> bool:
        """Tell whether a line stands above or below everything that was kept of its page."""
        highest, lowest = self._by_page.get(line[0].page, (float("inf"), float("-inf")))
        return line[0].middle <= highest + _SAME_HEIGHT or line[0].middle >= lowest - _SAME_HEIGHT


def _counts_on(line: Sequence[Run], number: PageNumber, lines: Sequence[Sequence[Run]]) -> bool:
    """Return True if a line names its page and another page has one of its form that counts on.

    Title rows of tables print it wherever the table begins: 第1頁，共3頁.
    """
    page = line[0].page
    if number.page is None or not number.named:
        return False
    for other in lines:
        its = read_page_number(_text(other))
        if its is None or its.form != number.form or other[0].page == page:
            continue
        if its.page is not None and its.page - other[0].page == number.page - page:
            return True
    return False


def _report(line: Sequence[Run], reason: DropReason, why: str) -> Finding:
    run = line[0]
    message = f"{shown(_text(line))} of page {run.page} was dropped as {reason}, but {why}"
    return Finding(Check.DROPPED_WITHOUT_REASON, message, run.page, run.box)


def _page_numbers(lines: list[list[Run]], pages: Pages, extents: _Extents) -> list[Finding]:
    found = []
    for line in lines:
        number = read_page_number(_text(line))
        if number is None:
            found.append(_report(line, DropReason.PAGE_NUMBER, "it is no number"))
        elif not (
            (_in_margin(line, pages) and extents.outside(line)) or _counts_on(line, number, lines)
        ):
            found.append(_report(line, DropReason.PAGE_NUMBER, "it stands among the text"))
    return found


def _running_headers(lines: list[list[Run]], pages: Pages, extents: _Extents) -> list[Finding]:
    """Check that a header stands in the margin and alike on another page."""
    wordings: Counter[str] = Counter()
    for _, group in groupby(lines, key=lambda line: line[0].page):
        wordings.update({without_numbers(_text(line)) for line in group})
    found = []
    for line in lines:
        wording = without_numbers(_text(line))
        alike = wordings[wording] + _elsewhere(line, wording, pages)
        if not (_in_margin(line, pages) and extents.outside(line)):
            found.append(_report(line, DropReason.RUNNING_HEADER, "it stands among the text"))
        elif alike < 2 and not _is_lone(line, pages):
            found.append(_report(line, DropReason.RUNNING_HEADER, "no other page repeats it"))
    return found


def _is_lone(line: Sequence[Run], pages: Pages) -> bool:
    """Tell whether a line may head a document of one page: small, at the very top."""
    page = pages[line[0].page].page
    largest = max((run.font_size for run in page.runs), default=0.0)
    at_top = line[0].bottom <= max(_LONE_TOP * page.height, _LONE_MARGIN)
    return len(pages) == 1 and at_top and line[0].font_size < largest


def _elsewhere(line: Sequence[Run], wording: str, pages: Pages) -> int:
    """Count other pages whose kept text says the same: the title that later pages repeat."""
    page = line[0].page
    return sum(
        wording in without_numbers(glyphs.text)
        for number, glyphs in pages.items()
        if number != page
    )


def _extracted(drop: DroppedRun, pages: Pages) -> str | None:
    """Say why a reason that only extraction may give does not hold; None if it does."""
    glyphs = pages.get(drop.run.page)
    if glyphs is None or glyphs.reasons.get(drop.run.first) is not drop.reason:
        return "extraction did not find it so"
    check = _CHECKS.get(drop.reason)
    return None if check is None else check(drop.run, glyphs)


def _off_page(run: Run, glyphs: PageGlyphs) -> str | None:
    page = glyphs.page
    inside = (
        0 <= run.middle <= page.height
        and (run.lefts[0] + run.rights[0]) / 2 >= 0
        and (run.lefts[-1] + run.rights[-1]) / 2 <= page.width
    )
    return "it stands on the page" if inside else None


def _replaced(run: Run, glyphs: PageGlyphs) -> str | None:
    del run
    return None if glyphs.page.origin is Origin.OCR else "the page was not read by OCR"


_CHECKS: dict[DropReason, Callable[[Run, PageGlyphs], str | None]] = {
    DropReason.OFF_PAGE: _off_page,
    DropReason.REPLACED_BY_OCR: _replaced,
}


def _overprints(drops: Sequence[DroppedRun], pages: Pages) -> Iterator[DroppedRun]:
    """Find second prints without a first: the same glyph, a fraction of its size away."""
    for number, group in groupby(drops, key=lambda drop: drop.run.page):
        first: dict[tuple[str, int], list[tuple[float, float]]] = {}
        page = pages[number].page
        replaced = [drop.run for drop in page.dropped if drop.reason is DropReason.REPLACED_BY_OCR]
        for run in (*page.runs, *replaced):
            for char, left in zip(run.text, run.lefts, strict=True):
                first.setdefault((char, int(run.middle / _SQUARE)), []).append((left, run.middle))
        for drop in group:
            if not _has_first_print(drop.run, first):
                yield drop


def _has_first_print(run: Run, first: dict[tuple[str, int], list[tuple[float, float]]]) -> bool:
    near = _SAME_PRINT * run.font_size
    square = int(run.middle / _SQUARE)
    return all(
        any(
            abs(x - left) <= near and abs(y - run.middle) <= near
            for at in (square - 1, square, square + 1)
            for x, y in first.get((char, at), ())
        )
        for char, left in zip(run.text, run.lefts, strict=True)
    )


def _is_printed_beside(run: Run, pages: Pages) -> bool:
    """Tell whether a page beside prints, on one line, all glyphs of a cut line where they stand."""
    for number in (run.page - 1, run.page + 1):
        rows: set[int] | None = None
        runs = pages[number].page.runs if number in pages else ()
        for char, left in zip(run.text, run.lefts, strict=True):
            found = {
                round(other.middle)
                for other in runs
                if char in other.text
                for at, x in enumerate(other.lefts)
                if other.text[at] == char and abs(x - left) <= _SAME_LEFT
            }
            rows = found if rows is None else rows & found
        if rows:
            return True
    return False


def check_dropped(pages: Pages, layout: Layout, claims: Sequence[Claim]) -> list[Finding]:
    """Find dropped glyphs whose reason does not hold when the page is looked at again."""
    by_reason: dict[DropReason, list[DroppedRun]] = {}
    for drop in layout.dropped:
        if drop.run.page in pages:
            by_reason.setdefault(drop.reason, []).append(drop)
    extents = _Extents(pages, layout)
    numbers = _lines(by_reason.get(DropReason.PAGE_NUMBER, []))
    found = _page_numbers(numbers, pages, extents)
    headers = _lines(by_reason.get(DropReason.RUNNING_HEADER, []))
    found += _running_headers(headers, pages, extents)
    for line in _lines(without_twin(by_reason.get(DropReason.REPEATED_HEADING, []), claims)):
        found.append(_report(line, DropReason.REPEATED_HEADING, "no heading before says so"))
    for drop in _overprints(by_reason.get(DropReason.DUPLICATE_OVERPRINT, []), pages):
        reason = "nothing of the kind stands there"
        found.append(_report([drop.run], drop.reason, reason))
    for drop in by_reason.get(DropReason.CUT_PRINT, []):
        if not _is_printed_beside(drop.run, pages):
            found.append(_report([drop.run], drop.reason, "no page beside prints it"))
    for reason in sorted(_BY_EXTRACTION & by_reason.keys()):
        for drop in by_reason[reason]:
            why = _extracted(drop, pages)
            if why is not None:
                found.append(_report([drop.run], reason, why))
    return found
