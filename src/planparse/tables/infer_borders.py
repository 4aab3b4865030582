"""Borders of a plan's table that no vertical rulings part: three-line tables, shaded rows, none.

They are inferred only where no ruled table is a plan's and a heading row of one is aligned over
gutters. The borders found are added to the page as rulings; all that follows works unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planparse.lexicon.headings import Headings, role_of_heading
from planparse.lexicon.numbering import Numbering
from planparse.model.page import Page
from planparse.model.plan import ColumnRole
from planparse.model.table import TextLine, join_lines
from planparse.tables.aligned_columns import (
    FEWEST_LINES,
    Gutters,
    HeadingRow,
    PageText,
    Part,
    Roles,
    column_of,
    find_body,
    heading_rows,
    is_repeated,
    page_text,
)
from planparse.tables.page_tables import PageTable
from planparse.tables.part_borders import PartRulings, table_rulings

# Heading rows of a ruled table stand among its first ones.
_SEARCHED_ROWS = 5
# A row of words that names so many roles is a plan's heading, even if nothing aligns below it.
_CERTAIN = 3


def is_plan(table: PageTable, headings: Headings) -> bool:
    """Return True if a ruled table has the heading row of a plan."""
    for row in range(min(_SEARCHED_ROWS, len(table.lattice.ys) - 1)):
        roles = {
            role_of_heading(headings, join_lines(lines))
            for region, lines in table.cells
            if region.row == row and lines
        } - {None}
        if ColumnRole.PRACTICE in roles and len(roles) > 1:
            return True
    return False


def _grow(
    row: HeadingRow,
    gutters: Gutters,
    pages: Sequence[PageText],
    starts: Sequence[Sequence[HeadingRow]],
) -> Iterator[Part]:
    """Yield the parts of the table below a heading row, page by page, while its columns go on."""
    for at, (page, found) in enumerate(zip(pages, starts, strict=True)):
        heading: HeadingRow | None = row
        if at:
            heading = next((one for one in found if is_repeated(one, row)), None)
        first = 0 if heading is None else heading.last + 1
        stop = min((one.first for one in found if one.first >= first), default=len(page.lines))
        fewest = 1 if at else FEWEST_LINES
        body = find_body(row, gutters, page.lines[:stop], first, fewest)
        if body is None:
            return
        end, bands = body
        head = () if heading is None else page.lines[heading.first : heading.last + 1]
        own = frozenset(band - first for band in bands)
        ends = end < len(page.lines)
        yield Part(page, first - len(head), head, page.lines[first:end], own, ends)
        if ends:
            return


@dataclass(frozen=True, slots=True)
class Inferred:
    """Pages with the borders of a plan's table added, by their place in the document.

    ``unsure`` are the cells that may end above blank places, by page: column and upper border in
    points. ``unclear`` is the number of a page whose heading row is a plan's although nothing
    parts its columns or rows; None if there is none.
    """

    pages: dict[int, Page]
    unsure: dict[int, frozenset[tuple[int, float]]]
    unclear: int | None


def infer_borders(
    pages: Sequence[Page],
    texts: Sequence[Sequence[TextLine]],
    headings: Headings,
    numbering: Numbering,
) -> Inferred:
    """Return the borders of plans' tables; ``texts`` are lines that are no page furniture."""
    found = [page_text(at, lines) for at, lines in enumerate(texts)]
    roles = Roles(headings)
    starts = [list(heading_rows(roles, page)) for page in found]
    result = Inferred({}, {}, None)
    at = line = 0
    while at < len(found):
        row = next((one for one in starts[at] if one.first >= line), None)
        if row is None:
            at, line = at + 1, 0
            continue
        gutters = Gutters(row)
        parts = list(_grow(row, gutters, found[at:], starts[at:]))
        added = table_rulings(row, gutters.spans, parts, pages, numbering) if parts else []
        whole = bool(parts) and not _goes_on(row, gutters, parts[-1], found, starts)
        if whole and all(one.clear for one in added):
            for part, one in zip(parts, added, strict=True):
                _add(result, pages, part, one)
        elif result.unclear is None and (parts or _is_certain(row)):
            result = replace(result, unclear=pages[at].number)
        at = parts[-1].page.at if parts else at
        line = parts[-1].start + len(parts[-1].every) if parts else row.last + 1
    return result


def _goes_on(
    row: HeadingRow,
    gutters: Gutters,
    last: Part,
    pages: Sequence[PageText],
    starts: Sequence[Sequence[HeadingRow]],
) -> bool:
    """Return True if lines below the end of a table stand in its columns: it was cut short."""
    spans = gutters.spans
    aligned = 0
    for page, found in zip(pages[last.page.at :], starts[last.page.at :], strict=True):
        first = last.start + len(last.every) if page is last.page else 0
        others = [one.first for one in found if one.first >= first and not is_repeated(one, row)]
        for line in page.lines[first : min(others, default=len(page.lines))]:
            columns = {column_of(spans, piece) for piece in line}
            inside = all(
                not (one.left < low and one.right > high) for one in line for low, high in spans
            )
            aligned += inside and len(columns) > 1
        if others:
            break
    return aligned >= FEWEST_LINES


def _is_certain(row: HeadingRow) -> bool:
    """Return True if a row of words is a plan's heading, whatever stands below it."""
    return len({*row.roles} - {None}) >= _CERTAIN


def _add(result: Inferred, pages: Sequence[Page], part: Part, added: PartRulings) -> None:
    at = part.page.at
    page = result.pages.get(at, pages[at])
    result.pages[at] = replace(page, rulings=(*(page.rulings or ()), *added.rulings))
    result.unsure[at] = result.unsure.get(at, frozenset()) | added.unsure
