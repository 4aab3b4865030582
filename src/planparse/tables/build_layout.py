"""The door of stage 2: pages become text lines and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from planparse.lexicon.headings import Headings
from planparse.lexicon.numbering import Numbering, load_numbering
from planparse.lexicon.page_numbers import read_page_number
from planparse.model.page import DroppedRun, DropReason, SourceDocument
from planparse.model.table import Layout, Table, TextLine
from planparse.tables.growing_cells import Part
from planparse.tables.infer_borders import infer_borders, is_plan
from planparse.tables.joined_table import join_parts
from planparse.tables.missing_borders import restore_borders
from planparse.tables.page_furniture import PageNumbers, drop_page_furniture, find_page_numbers
from planparse.tables.page_joins import Joint, begins_another, continues
from planparse.tables.page_tables import PageBlocks, PageTable, find_page_tables, mark_unsure
from planparse.tables.repeated_headings import repeated_heading_rows, without_heading_prints
from planparse.tables.rows_below import take_rows_below
from planparse.tables.text_lines import group_lines


@dataclass(slots=True)
class _Chain:
    """The parts of one table, in page order, and what is repeated on later pages."""

    parts: list[Part]
    dropped: list[DroppedRun] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    reworded: list[TextLine] = field(default_factory=list)


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


def _extend(chain: _Chain, later: PageTable, joint: Joint) -> None:
    """Add the next page's part, without its repeated heading rows and caption."""
    first, shift = chain.parts[0].table, chain.parts[-1].shift + joint.shift
    skip, reworded = repeated_heading_rows(first, later)
    later, printed = without_heading_prints(first, later, shift, skip)
    chain.dropped += _drop_lines(printed)
    for region, lines in later.cells:
        if region.row < skip - reworded:
            chain.dropped += _drop_lines(lines)
        elif region.row < skip:
            chain.reworded += lines
    chain.dropped += _drop_lines(joint.captions)
    chain.dropped += [
        DroppedRun(run, DropReason.RUNNING_HEADER) for line in joint.notes for run in line.runs
    ]
    chain.captions |= {id(line) for line in (*joint.captions, *joint.notes)}
    chain.parts.append(Part(later, shift, skip))


def _chain_tables(pages: Sequence[PageBlocks]) -> list[_Chain]:
    """Return the tables of all pages, those that continue one from the page before in its chain."""
    chains: list[_Chain] = []
    before: PageBlocks | None = None
    boxes = [table.box for page in pages for table in page.tables]
    boxes += [line.box for page in pages for line in page.lines]
    foot = max((box.bottom for box in boxes), default=0.0)
    for blocks in pages:
        tables = list(blocks.tables)
        found = None if before is None else continues(before, blocks)
        if found is not None and before is not None:
            form, earlier = chains[-1].parts[0].table, before.tables[-1]
            if not begins_another(form, earlier, tables[0], foot):
                _extend(chains[-1], tables.pop(0), found)
        chains += [_Chain([Part(table, 0.0, 0)]) for table in tables]
        before = blocks
    for chain in chains:
        _drop_first_numbers(chain)
    return chains


def _drop_first_numbers(chain: _Chain) -> None:
    """Take the page number out of the first print of rows that later pages repeat."""
    first = chain.parts[0]
    table, printed = without_heading_prints(first.table, first.table, 0.0, 0)
    chain.dropped += _drop_lines(printed)
    first = replace(first, table=table)
    rows = max(part.skip for part in chain.parts)
    kept = []
    for region, lines in first.table.cells:
        gone = [line for line in lines if region.row < rows and _names_page(line)]
        chain.dropped += _drop_lines(gone)
        kept.append(tuple(line for line in lines if line not in gone))
    chain.parts[0] = replace(first, table=replace(first.table, lines=tuple(kept)))


def _with_unruled(
    document: SourceDocument,
    found: list[PageBlocks],
    numbers: Mapping[int, PageNumbers],
    headings: Headings,
    numbering: Numbering | None,
) -> tuple[list[PageBlocks], int | None]:
    """Return the pages with the plan's table found by its text, where no ruled one is a plan's.

    With them comes the page on which nothing parts a plan's table; None if there is none.
    """
    if any(is_plan(table, headings) for blocks in found for table in blocks.tables):
        return found, None
    texts = _text_lines(found, numbers)
    inferred = infer_borders(document.pages, texts, headings, numbering or load_numbering())
    pages = list(found)
    for at, page in inferred.pages.items():
        blocks = find_page_tables(page, numbers[page.number].sure)
        tables = tuple(mark_unsure(table, inferred.unsure[at]) for table in blocks.tables)
        pages[at] = replace(blocks, tables=tables)
    return pages, inferred.unclear


def _text_lines(
    found: list[PageBlocks], numbers: Mapping[int, PageNumbers]
) -> list[list[TextLine]]:
    """Return the lines of all pages, inside tables and outside, without page furniture."""
    _, dropped = drop_page_furniture(found, numbers)
    gone = {(drop.run.page, drop.run.first) for drop in dropped}
    return [
        group_lines(run for run in blocks.page.runs if (run.page, run.first) not in gone)
        for blocks in found
    ]


def build_layout(
    document: SourceDocument,
    numbering: Numbering | None = None,
    headings: Headings | None = None,
) -> Layout:
    """Return the tables of a document, joined over page breaks, and the lines around them.

    ``numbering``: the styles of list numbers, those that come with planparse if None.
    ``headings``: a plan's; its table is found without vertical rulings too. None: ruled tables.
    """
    numbers = find_page_numbers(document.pages)
    found = [find_page_tables(page, numbers[page.number].sure) for page in document.pages]
    unclear: int | None = None
    if headings is not None:
        found, unclear = _with_unruled(document, found, numbers, headings, numbering)
    pages, dropped = drop_page_furniture(found, numbers)
    pages = take_rows_below(restore_borders(pages))
    chains = _chain_tables(pages)
    captions: set[int] = set().union(*(chain.captions for chain in chains))
    blocks: list[tuple[int, float, TextLine | Table]] = [
        (line.page, line.top, line)
        for page in pages
        for line in page.lines
        if id(line) not in captions
    ]
    for chain in chains:
        first = chain.parts[0].table
        table = replace(join_parts(chain.parts, numbering), reworded=tuple(chain.reworded))
        blocks.append((first.page, first.box.top, table))
        dropped += chain.dropped
    blocks.sort(key=itemgetter(0, 1))
    extracted = [drop for page in document.pages for drop in page.dropped]
    return Layout(
        tuple(block for _, _, block in blocks), tuple(extracted + dropped), unclear=unclear
    )
