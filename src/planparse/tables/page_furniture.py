"""Page numbers and running headers: taken out of the text, each with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

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

# What is printed alike on several pages stands at one height, within these points.
_SAME_HEIGHT = 3.0

Found = tuple[TextLine, PageNumber]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The page numbers of one page, as the ordinals of their runs' first glyphs.

    ``sure`` are those that are no end of a cell's text, wherever they stand: they name the page,
    or count on with another page's.
    """

    runs: frozenset[int]
    sure: frozenset[int]


def wording(line: TextLine) -> str:
    """Return a line's text with its numbers blanked: headers count pages in their text."""
    return without_numbers(line.glyphs)


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


def _counts_on(found: Found, other: Found) -> bool:
    """Return True if two pages have numbers of one form that count on, or stand at one height."""
    (line, number), (its_line, its) = found, other
    if its.form != number.form or its_line.page == line.page:
        return False
    if number.page is None or its.page is None:
        return number.page is its.page and abs(its_line.top - line.top) <= _SAME_HEIGHT
    return number.page - line.page == its.page - its_line.page


def _firsts(found: Iterable[Found]) -> frozenset[int]:
    return frozenset(run.first for line, _ in found for run in line.runs)


def find_page_numbers(pages: Sequence[Page]) -> dict[int, PageNumbers]:
    """Return the page numbers by page: lines in the margins beyond which no text stands."""
    margins = [
        [line for line in group_lines(page.runs) if in_margin(line.top, line.bottom, page.height)]
        for page in pages
    ]
    repeated: Counter[str] = Counter()
    for lines in margins:
        repeated.update({wording(line) for line in lines})
    found: list[list[Found]] = []
    for page, lines in zip(pages, margins, strict=True):
        upper = [line for line in lines if line.bottom <= MARGIN * page.height]
        lower = [line for line in lines if line.bottom > MARGIN * page.height]
        upper.sort(key=lambda line: line.top)
        lower.sort(key=lambda line: -line.bottom)
        found.append([*_from_outside(upper, repeated), *_from_outside(lower, repeated)])
    every = list(chain.from_iterable(found))
    return {
        page.number: PageNumbers(
            _firsts(own),
            _firsts(
                entry
                for entry in own
                if entry[1].named or any(_counts_on(entry, other) for other in every)
            ),
        )
        for page, own in zip(pages, found, strict=True)
    }


# Sizes of what is printed alike differ by up to a tenth on scans.
_SAME_SIZE = 0.12
# The lone header of a page ends above this part of the page's height …
_TOP = 0.07
# … or these points: landscape pages are low, but their margins are as wide.
_TOP_MARGIN = 54.0


def _outermost(blocks: PageBlocks) -> list[TextLine]:
    """Return the lines of the margins that stand above or below everything else of the page."""
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
    """Return the ids of margin lines that stand alike, at one height, on half of the pages."""
    groups: dict[str, list[TextLine]] = defaultdict(list)
    for blocks in document:
        for line in _outermost(blocks):
            groups[wording(line)].append(line)
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
    """Return True if two lines are printed alike."""
    same = abs(line.font_size - other.font_size) <= _SAME_SIZE * other.font_size
    return same and abs(line.top - other.top) <= _SAME_HEIGHT


def _is_lone_header(line: TextLine, blocks: PageBlocks) -> bool:
    """Return True for a header of a document of one page: small, at the top, apart from text."""
    below = [other for other in blocks.lines if other.top > line.bottom]
    return (
        line.bottom <= max(_TOP * blocks.page.height, _TOP_MARGIN)
        and bool(below)
        and line.font_size < max(other.font_size for other in blocks.lines)
        and min(other.top for other in below) - line.bottom > line.font_size
    )


def _is_title(line: TextLine, blocks: PageBlocks) -> bool:
    """Return True if a running header's first print is the largest line of the first page."""
    return blocks.page.number == 1 and line.font_size >= max(
        other.font_size for other in blocks.lines
    )


def _without(
    blocks: PageBlocks, gone: AbstractSet[int], reason: DropReason
) -> tuple[PageBlocks, list[DroppedRun]]:
    """Return a page without the lines of these ids, and their runs with the reason."""
    dropped = [
        DroppedRun(run, reason) for line in blocks.lines if id(line) in gone for run in line.runs
    ]
    left = tuple(line for line in blocks.lines if id(line) not in gone)
    return replace(blocks, lines=left), dropped


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
        gone = {id(line) for line in blocks.lines if all(run.first in known for run in line.runs)}
        left, found = _without(blocks, gone, DropReason.PAGE_NUMBER)
        pages.append(left)
        dropped += found
    headers = _running_headers(pages)
    for at, blocks in enumerate(pages):
        gone = headers - {id(line) for line in blocks.lines if _is_title(line, blocks)}
        pages[at], found = _without(blocks, gone, DropReason.RUNNING_HEADER)
        dropped += found
    return pages, dropped
