"""The door of stage 2: pages become text lines and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from planparse.lexicon.numbering import Numbering
from planparse.lexicon.page_numbers import read_page_number
from planparse.model.page import DroppedRun, DropReason, SourceDocument
from planparse.model.table import Layout, Table, TextLine
from planparse.tables.joined_table import Part, join_parts
from planparse.tables.missing_borders import restore_borders
from planparse.tables.page_furniture import drop_page_furniture, find_page_numbers
from planparse.tables.page_joins import continues, repeated_heading_rows
from planparse.tables.page_tables import PageBlocks, PageTable, find_page_tables


@dataclass(slots=True)
class _Chain:
    """The parts of one table, in page order, and what is repeated on later pages."""

    parts: list[Part]
    dropped: list[DroppedRun] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)


def _names_page(line: TextLine) -> bool:
    number = read_page_number(line.glyphs)
    return number is not None and number.named


def _drop_lines(lines: Iterable[TextLine]) -> list[DroppedRun]:
    """Return what is repeated on a later page with its reason: title rows count the pages."""
    return [
        DroppedRun(
            run, DropReason.PAGE_NUMBER if _names_page(line) else DropReason.REPEATED_HEADING
        )
        for line in lines
        for run in line.runs
    ]


def _extend(chain: _Chain, later: PageTable, shift: float, captions: list[TextLine]) -> None:
    """Add the next page's part, without its repeated heading rows and caption."""
    first = chain.parts[0].table
    skip = repeated_heading_rows(first, later)
    for region, lines in zip(later.lattice.regions, later.lines, strict=True):
        if region.row < skip:
            chain.dropped += _drop_lines(lines)
    chain.dropped += _drop_lines(captions)
    chain.captions |= {id(line) for line in captions}
    chain.parts.append(Part(later, chain.parts[-1].shift + shift, skip))


def _chain_tables(pages: list[PageBlocks]) -> dict[int, _Chain]:
    """Give the chains of parts by the id of their first part."""
    chains: dict[int, _Chain] = {}
    before: PageBlocks | None = None
    current: _Chain | None = None
    for blocks in pages:
        for table in blocks.tables:
            found = None
            if before is not None and before.tables and current is not None:
                found = continues(before, current.parts[-1].table, blocks, table)
            if found is not None and current is not None:
                _extend(current, table, *found)
            else:
                current = _Chain([Part(table, 0.0, 0)])
                chains[id(table)] = current
        before = blocks
    return chains


def _drop_first_numbers(chain: _Chain) -> None:
    """Take the page number out of the first print of rows that later pages repeat."""
    first = chain.parts[0]
    rows = max(part.skip for part in chain.parts)
    kept = []
    for region, lines in zip(first.table.lattice.regions, first.table.lines, strict=True):
        gone = [line for line in lines if region.row < rows and _names_page(line)]
        chain.dropped += _drop_lines(gone)
        kept.append(tuple(line for line in lines if line not in gone))
    chain.parts[0] = replace(first, table=replace(first.table, lines=tuple(kept)))


def _in_order(
    blocks: PageBlocks,
    chains: dict[int, _Chain],
    captions: set[int],
    numbering: Numbering | None,
) -> list[tuple[float, TextLine | Table]]:
    """Give a page's lines and the tables that start on it with their upper edges."""
    found: list[tuple[float, TextLine | Table]] = [
        (line.top, line) for line in blocks.lines if id(line) not in captions
    ]
    for table in blocks.tables:
        chain = chains.get(id(table))
        if chain is not None:
            found.append((table.box.top, join_parts(chain.parts, numbering)))
    found.sort(key=lambda entry: entry[0])
    return found


def build_layout(document: SourceDocument, numbering: Numbering | None = None) -> Layout:
    """Return the tables of a document, joined over page breaks, and the lines around them.

    ``numbering``: the styles of list numbers, those that come with planparse if None.
    """
    numbers = find_page_numbers(document.pages)
    found = [find_page_tables(page, numbers[page.number].sure) for page in document.pages]
    pages, dropped = drop_page_furniture(found, numbers)
    pages = restore_borders(pages)
    chains = _chain_tables(pages)
    captions: set[int] = set()
    for chain in chains.values():
        _drop_first_numbers(chain)
        dropped += chain.dropped
        captions |= chain.captions
    blocks: list[TextLine | Table] = []
    for page in pages:
        blocks += [block for _, block in _in_order(page, chains, captions, numbering)]
    extracted = [drop for page in document.pages for drop in page.dropped]
    return Layout(tuple(blocks), tuple(extracted + dropped))
