"""Take page numbers and running headers out of the lines outside tables, with their reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import DroppedRun, DropReason
from planparse.grid.page_numbers import PageNumbers, in_margin, wording
from planparse.grid.page_tables import PageBlocks

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
        if in_margin(line, blocks.page.height)
        and (line.top <= min(tops) + _SAME_HEIGHT or line.bottom >= max(bottoms) - _SAME_HEIGHT)
    ]


def _running_headers(document: Sequence[PageBlocks]) -> set[int]:
    """Give the ids of margin lines that stand alike, at one height, on half of the pages."""
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
