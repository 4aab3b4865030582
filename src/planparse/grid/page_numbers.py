"""Find the page numbers of a document before its tables are filled: no cell may take them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import Page
from planparse.grid.text_lines import group_lines
from planparse.lexicon.page_numbers import PageNumber, read_page_number

# The outer part of the page's height in which page numbers and running headers stand.
MARGIN = 0.12
# Page numbers of one document stand at one height, within these points.
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


def in_margin(line: TextLine, height: float) -> bool:
    """Return True if a line stands in the upper or lower margin of a page of that height."""
    return line.bottom <= MARGIN * height or line.top >= (1 - MARGIN) * height


def wording(line: TextLine) -> str:
    """Return a line's text with its numbers blanked: headers count pages in their text."""
    return re.sub(r"[0-9０-９]+", "#", line.glyphs)


def _from_outside(lines: Sequence[TextLine], repeated: Mapping[str, int]) -> Iterator[Found]:
    """Yield the page numbers among lines from the page's edge inwards.

    Behind a number or a footer that another page has too there may be one; text ends the margin.
    """
    for line in lines:
        number = read_page_number(line.glyphs)
        if number is not None:
            yield line, number
        elif repeated[wording(line)] < 2:
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
        elif number.page is its.page and abs(other.top - line.top) <= _SAME_HEIGHT:
            return True
    return False


def find_page_numbers(pages: Sequence[Page]) -> dict[int, PageNumbers]:
    """Return the page numbers by page: lines in the margins beyond which no text stands."""
    margins = [
        [line for line in group_lines(page.runs) if in_margin(line, page.height)] for page in pages
    ]
    repeated: Counter[str] = Counter()
    for lines in margins:
        repeated.update({wording(line) for line in lines})
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
