"""Page numbers and running headers: taken out of the text, each with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planparse.lexicon.page_numbers import (
    MARGIN,
    PageNumber,
    in_margin,
    read_page_number,
    without_numbers,
)
from planparse.model.page import DroppedRun, DropReason, Page
from planparse.model.table import TextLine
from planparse.tables.page_tables import PageBlocks
from planparse.tables.text_lines import group_lines

_SAME_HEIGHT = 3.0
_TOP = 0.07
# Landscape pages are low, but their margins are as wide: the text starts below this, in points.
_TOP_MARGIN = 54.0


def _outermost(blocks: PageBlocks) -> list[TextLine]:
    """Give the lines of the margins that stand above or below everything else of the page."""
    tops = [line.top for line in blocks.lines] + [table.box.top for table in blocks.tables]
    bottoms = [line.bottom for line in blocks.lines] + [table.box.bottom for table in blocks.tables]
    if not tops:
        return []
    return [
        line
        for line in blocks.lines
        if in_margin(line.top, line.bottom, blocks.page.height)
        and (line.top <= min(tops) + _SAME_HEIGHT or line.bottom >= max(bottoms) - _SAME_HEIGHT)
    ]


def _running_headers(document: Sequence[PageBlocks]) -> set[int]:
    """Give the ids of margin lines that stand alike, at one height, on half of the pages."""
    groups: dict[str, list[TextLine]] = defaultdict(list)
    for blocks in document:
        for line in _outermost(blocks):
            groups[without_numbers(line.glyphs)].append(line)
    found: set[int] = set()
    for lines in groups.values():
        alike = [line for line in lines if _is_alike(line, lines[-1])]
        pages = {line.page for line in alike}
        if len(pages) >= 2 and 2 * len(pages) >= len(document):
            found |= {id(line) for line in alike}
    if len(document) == 1:
        found |= {
            id(line) for line in _outermost(document[0]) if _is_lone_header(line, document[0])
        }
    return found


def _is_alike(line: TextLine, other: TextLine) -> bool:
    """Tell whether two lines are printed alike; on scans a size is off by up to a tenth."""
    same = abs(line.font_size - other.font_size) <= 0.12 * other.font_size
    return same and abs(line.top - other.top) <= _SAME_HEIGHT


def _is_lone_header(line: TextLine, blocks: PageBlocks) -> bool:
    """Tell a header of a document of one page: small, at the very top, apart from the text."""
    below = [other for other in blocks.lines if other.top > line.bottom]
    return (
        line.bottom <= max(_TOP * blocks.page.height, _TOP_MARGIN)
        and bool(below)
        and line.font_size < max(other.font_size for other in blocks.lines)
        and min(other.top for other in below) - line.bottom > line.font_size
    )


def _is_title(line: TextLine, blocks: PageBlocks) -> bool:
    """Tell whether a running header's first print is the largest line of the first page."""
    return blocks.page.number == 1 and line.font_size >= max(
        other.font_size for other in blocks.lines
    )


def drop_page_furniture(
    document: Sequence[PageBlocks], numbers: Mapping[int, PageNumbers]
) -> tuple[list[PageBlocks], list[DroppedRun]]:
    """Return the pages without furniture, and what was taken out.

    ``numbers``: the page numbers of each page.
    """
    dropped: list[DroppedRun] = []
    pages: list[PageBlocks] = []
    for blocks in document:
        known = numbers[blocks.page.number].runs
        lines = []
        for line in blocks.lines:
            if all(run.first in known for run in line.runs):
                dropped += [DroppedRun(run, DropReason.PAGE_NUMBER) for run in line.runs]
            else:
                lines.append(line)
        pages.append(replace(blocks, lines=tuple(lines)))
    headers = _running_headers(pages)
    kept: list[PageBlocks] = []
    for blocks in pages:
        gone = {
            id(line) for line in blocks.lines if id(line) in headers and not _is_title(line, blocks)
        }
        for line in blocks.lines:
            if id(line) in gone:
                dropped += [DroppedRun(run, DropReason.RUNNING_HEADER) for run in line.runs]
        left = tuple(line for line in blocks.lines if id(line) not in gone)
        kept.append(replace(blocks, lines=left))
    return kept, dropped


# Page numbers of one document stand at one height, within these points.
_SAME_NUMBER_HEIGHT = 3.0

Found = tuple[TextLine, PageNumber]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The page numbers of one page, as the ordinals of their runs' first glyphs.

    ``sure`` are those that are no end of a cell's text, wherever they stand: they name the page,
    or count on with another page's.
    """

    runs: frozenset[int]
    sure: frozenset[int]


def _from_outside(lines: Sequence[TextLine], repeated: Mapping[str, int]) -> Iterator[Found]:
    """Yield the page numbers among lines from the page's edge inwards.

    Behind a number or a footer that another page has too there may be one; text ends the margin.
    """
    for line in lines:
        number = read_page_number(line.glyphs)
        if number is not None:
            yield line, number
        elif repeated[without_numbers(line.glyphs)] < 2:
            return


def _confirmed(found: Found, others: Sequence[Found]) -> bool:
    """Return True if a number names the page, or counts on with one of another page."""
    line, number = found
    if number.named:
        return True
    for other, its in others:
        alike = its.form == number.form and other.page != line.page
        if not alike:
            continue
        if number.page is not None and its.page is not None:
            if number.page - line.page == its.page - other.page:
                return True
        elif number.page is its.page and abs(other.top - line.top) <= _SAME_NUMBER_HEIGHT:
            return True
    return False


def find_page_numbers(pages: Sequence[Page]) -> dict[int, PageNumbers]:
    """Return the page numbers by page: lines in the margins beyond which no text stands."""
    margins = [
        [line for line in group_lines(page.runs) if in_margin(line.top, line.bottom, page.height)]
        for page in pages
    ]
    repeated: Counter[str] = Counter()
    for lines in margins:
        repeated.update({without_numbers(line.glyphs) for line in lines})
    found: list[Found] = []
    for page, lines in zip(pages, margins, strict=True):
        upper = [line for line in lines if line.bottom <= MARGIN * page.height]
        lower = [line for line in lines if line.bottom > MARGIN * page.height]
        found += _from_outside(sorted(upper, key=lambda line: line.top), repeated)
        found += _from_outside(sorted(lower, key=lambda line: -line.bottom), repeated)
    runs: dict[int, set[int]] = {page.number: set() for page in pages}
    sure: dict[int, set[int]] = {page.number: set() for page in pages}
    for entry in found:
        firsts = {run.first for run in entry[0].runs}
        runs[entry[0].page] |= firsts
        if _confirmed(entry, found):
            sure[entry[0].page] |= firsts
    return {at: PageNumbers(frozenset(runs[at]), frozenset(sure[at])) for at in runs}
