"""Take page numbers and running headers out of the lines outside tables, with their reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from planparse.datamodel.layout import TextLine
from planparse.datamodel.page import DroppedRun, DropReason
from planparse.grid.page_tables import PageBlocks

# Outer part of the page's height in which furniture stands.
_MARGIN = 0.12
_SAME_HEIGHT = 3.0
_TOP = 0.07
# Landscape pages are low, but their margins are as wide: the text starts below this, in points.
_TOP_MARGIN = 54.0
# 3 | - 3 - | －３－ | ~3~ | 第3頁 | 第3頁，共9頁 | 3/9 | P.3 | Page 3 of 9 | 頁3 | iv
_PAGE_NUMBER = re.compile(
    r"[-－–—─~～〜·.•|\[(（<〈【]*"
    r"(?:第?[0-9０-９]{1,4}頁?(?:[，,、/／]?共?[0-9０-９]{1,4}頁?)?"
    r"|第[一二三四五六七八九十百]{1,4}頁(?:[，,、/／]?共[一二三四五六七八九十百]{1,4}頁)?"
    r"|頁(?:次|碼)?[:：]?[0-9]{1,4}(?:[/／][0-9]{1,4})?"
    r"|[Pp](?:age|AGE)?\.?[0-9]{1,4}(?:(?:of|[/／])[0-9]{1,4})?"
    r"|[ivxIVX]{1,5})"
    r"[-－–—─~～〜·.•|\])）>〉】]*"
)

# What browsers print below a page: its address and the page's number.
_ADDRESS = re.compile(r"(?:https?://|file:///).+[0-9]{1,4}/[0-9]{1,4}")


def _in_margin(line: TextLine, blocks: PageBlocks) -> bool:
    height = blocks.page.height
    return line.bottom <= _MARGIN * height or line.top >= (1 - _MARGIN) * height


def _outermost(blocks: PageBlocks) -> list[TextLine]:
    """Give the lines of the margins that stand above or below everything else of the page."""
    tops = [line.top for line in blocks.lines] + [table.box.top for table in blocks.tables]
    bottoms = [line.bottom for line in blocks.lines] + [table.box.bottom for table in blocks.tables]
    if not tops:
        return []
    return [
        line
        for line in blocks.lines
        if _in_margin(line, blocks)
        and (line.top <= min(tops) + _SAME_HEIGHT or line.bottom >= max(bottoms) - _SAME_HEIGHT)
    ]


def _page_numbers(blocks: PageBlocks) -> list[TextLine]:
    return [
        line
        for line in _outermost(blocks)
        if _PAGE_NUMBER.fullmatch(line.glyphs) or _ADDRESS.fullmatch(line.glyphs)
    ]


def _wordings(line: TextLine) -> str:
    """Give a line's text with its numbers blanked: headers count pages in their text."""
    return re.sub(r"[0-9０-９]+", "#", line.glyphs)


def _running_headers(document: Sequence[PageBlocks], numbered: set[int]) -> set[int]:
    """Give the ids of margin lines that stand alike, at one height, on half of the pages."""
    groups: dict[str, list[TextLine]] = defaultdict(list)
    for blocks in document:
        for line in _outermost(blocks):
            if id(line) not in numbered:
                groups[_wordings(line)].append(line)
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
    document: Sequence[PageBlocks],
) -> tuple[list[PageBlocks], list[DroppedRun]]:
    """Give the pages without furniture, and what was taken out."""
    dropped: list[DroppedRun] = []
    numbers = {id(line) for blocks in document for line in _page_numbers(blocks)}
    headers = _running_headers(document, numbers)
    kept: list[PageBlocks] = []
    for blocks in document:
        lines = []
        for line in blocks.lines:
            reason = None
            if id(line) in numbers:
                reason = DropReason.PAGE_NUMBER
            elif id(line) in headers and not _is_title(line, blocks):
                reason = DropReason.RUNNING_HEADER
            if reason is None:
                lines.append(line)
            else:
                dropped += [DroppedRun(run, reason) for run in line.runs]
        kept.append(PageBlocks(blocks.page, blocks.tables, tuple(lines)))
    return kept, dropped
