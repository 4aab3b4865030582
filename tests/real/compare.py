"""Compare a document's tables with the expected ones, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from planparse.model.table import Table

from .expected import ExpectedDocument, ExpectedTable


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found; ``differences`` is empty where all is exact."""

    cells: int
    exact: int
    partly: int
    pictures: int
    differences: tuple[str, ...]


def _name(table: ExpectedTable | Table) -> str:
    first, last = table.pages[0], table.pages[-1]
    return f"p. {first}" if first == last else f"p. {first}–{last}"


def _cells(expected: ExpectedTable, table: Table) -> Iterator[str]:
    found = {(c.row, c.column, c.row_span, c.column_span): c.text for c in table.cells}
    name = _name(expected)
    for place, text in expected.cells.items():
        if place not in found:
            yield f"{name}: MISSING cell {place}: {text}"
        elif not text.matches(found[place]):
            yield f"{name}: cell {place}: expected {text}\n    found {found[place]}"
    for place in found.keys() - expected.cells.keys():
        yield f"{name}: cell {place} is not expected: {found[place]}"


def holes(table: ExpectedTable) -> list[tuple[int, int]]:
    """Return the places of the grid that not exactly one expected cell covers: slips of the pen."""
    covered = [
        (row + down, column + over)
        for row, column, row_span, column_span in table.cells
        for down, over in product(range(row_span), range(column_span))
    ]
    every = product(range(table.rows), range(table.columns))
    return [place for place in every if covered.count(place) != 1]


def compare(expected: ExpectedDocument, tables: Sequence[Table]) -> Findings:
    """Compare tables of the same pages in order; what has no partner is a difference."""
    left = [table for table in tables if not set(table.pages) <= expected.pictures]
    pictures = len(tables) - len(left)
    differences: list[str] = []
    exact = 0
    for wanted in expected.tables:
        if bad := holes(wanted):
            differences.append(f"{_name(wanted)}: the expected cells do not fill {bad}")
        partner = next((table for table in left if table.pages == wanted.pages), None)
        if partner is None:
            differences.append(f"{_name(wanted)}: MISSING table of {len(wanted.cells)} cells")
            continue
        left.remove(partner)
        size = (partner.row_count, partner.column_count)
        if size != (wanted.rows, wanted.columns):
            differences.append(
                f"{_name(wanted)}: {wanted.rows} × {wanted.columns} expected, found {size}"
            )
        found = {(c.row, c.column, c.row_span, c.column_span): c.text for c in partner.cells}
        exact += sum(p in found and text.matches(found[p]) for p, text in wanted.cells.items())
        differences += _cells(wanted, partner)
    differences += [f"{_name(table)}: table that is not expected" for table in left]
    texts = [text for table in expected.tables for text in table.cells.values()]
    partly = sum(not text.whole for text in texts)
    return Findings(len(texts), exact, partly, pictures, tuple(differences))
