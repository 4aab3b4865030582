"""Which rows of two records of one plan are the same measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

LABEL_FIELDS = ("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task")
# Two rows are one where half of their texts' neighbouring characters are shared, or half of the
# fields. Two measures of one plan share up to a third ("辦理用戶滿意度調查" and the like).
_ALIKE = 0.5


def align(expected: Sequence[Row], got: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Return the rows of two plans in pairs, in order, so that the pairs are as alike as possible.

    Rows that are not alike are no pair: one is missing, one is extra. The order of both is kept
    (the longest common subsequence, weighted by likeness).
    """
    wanted, read = [_traits(row) for row in expected], [_traits(row) for row in got]
    if len(wanted) == len(read):
        likeness = [_likeness(a, b) for a, b in zip(wanted, read, strict=True)]
        if all(likeness):
            return list(zip(expected, got, strict=True))
    best = [[0.0] * (len(got) + 1) for _ in range(len(expected) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for i in range(len(expected) - 1, -1, -1):
        for j in range(len(got) - 1, -1, -1):
            alike[i, j] = _likeness(wanted[i], read[j]) or float("-inf")
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i, j])
    pairs: list[tuple[Row | None, Row | None]] = []
    i = j = 0
    while i < len(expected) and j < len(got):
        if best[i][j] == best[i + 1][j + 1] + alike[i, j]:
            pairs.append((expected[i], got[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((expected[i], None))
            i += 1
        else:
            pairs.append((None, got[j]))
            j += 1
    return [*pairs, *((row, None) for row in expected[i:]), *((None, row) for row in got[j:])]


def _bare(value: Any) -> str:
    return "".join(str(value).split())


def _traits(row: Row) -> tuple[list[str], Counter[str]]:
    """Return what rows are paired by: their fields, and pairs of neighbouring characters."""
    text = row_text(row)
    names = (*LABEL_FIELDS, "measure_no", "text", "period", "departments")
    pairs = Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))
    return [_bare(row.get(name)) for name in names], pairs


def _likeness(one: tuple[list[str], Counter[str]], other: tuple[list[str], Counter[str]]) -> float:
    """Return 0 for two different measures, else by how much they are alike."""
    agree = sum(a == b for a, b in zip(one[0], other[0], strict=True)) / len(one[0])
    longer = max(one[1].total(), other[1].total())
    shared = (one[1] & other[1]).total() / longer
    return agree + shared if shared >= _ALIKE or agree >= _ALIKE else 0.0


def row_text(row: Row) -> str:
    """Return a row's text with its points, without white space."""
    points = "".join(f"{point['no']}{point['text']}" for point in row.get("points", ()))
    return "".join(f"{row['text']}{points}".split())
