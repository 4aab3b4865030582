"""How alike two measures are, and which pairs of two plans are best."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = Mapping[str, Any]

#: Pairs of characters are counted in so many drawers; two that share one are rare enough.
_DRAWERS = 4096
_NUMBER = re.compile(r"[0-9][0-9,.]*")
# How much the place in the plan says beside the wording.
_TEXT_WEIGHT = 0.85
_PLACE_FIELDS = ("aspect", "strategy", "task")


def comparable(text: str) -> str:
    """Reduce a text to what is compared: letters, with # for a number, 台 for 臺."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("臺", "台")
    return "".join(char for char in _NUMBER.sub("#", text) if char.isalnum() or char == "#")


def wording(row: Row) -> str:
    """Return what a measure says, points included; the task where it has no text of its own."""
    parts = [row["text"], *(point["text"] for point in row["points"])]
    return "".join(parts) or row["task"] or ""


def _pairs(text: str) -> Counter[int]:
    marked = f"^{text}$"
    return Counter(
        zlib.crc32(marked[at : at + 2].encode()) % _DRAWERS for at in range(len(marked) - 1)
    )


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a row of length 1 a text; the scalar product of two is how alike they are, 0 to 1."""
    counted = [_pairs(comparable(text)) for text in texts]
    holding = Counter(drawer for pairs in counted for drawer in pairs)
    weights = np.zeros(_DRAWERS, np.float32)
    for drawer, count in holding.items():
        weights[drawer] = np.log(1 + len(texts) / count)
    found = np.zeros((len(texts), _DRAWERS), np.float32)
    for at, pairs in enumerate(counted):
        drawers = list(pairs)
        found[at, drawers] = np.sqrt(list(pairs.values())) * weights[drawers]
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-9), np.float32)


def places(row: Row) -> tuple[str, ...]:
    """Return aspect, strategy and task as they are compared."""
    return tuple(comparable(row[name] or "") for name in _PLACE_FIELDS)


def alike(
    texts: NDArray[np.float32],
    others: NDArray[np.float32],
    where: Sequence[tuple[str, ...]],
    other_where: Iterable[tuple[str, ...]],
) -> NDArray[np.float32]:
    """Return how alike each text is to each other one: the wording, and a little the place."""
    columns = list(other_where)
    same = np.zeros((len(where), len(columns)), np.float32)
    for level in range(len(_PLACE_FIELDS)):
        ours = np.array([place[level] for place in where], object)
        theirs = np.array([place[level] for place in columns], object)
        same += (ours[:, None] == theirs[None, :]) / len(_PLACE_FIELDS)
    score = _TEXT_WEIGHT * (texts @ others.T) + (1 - _TEXT_WEIGHT) * same
    return np.asarray(score, np.float32)


def best_pairs(scores: NDArray[np.float32], least: float) -> list[tuple[int, int]]:
    """Pair rows with columns so that the sum of scores is greatest; none below ``least``.

    A score below ``least`` counts as none: two poor pairs never cost a good one.
    """
    gains = np.where(scores >= least, scores, 0.0).astype(np.float64)
    if gains.size == 0:
        return []
    if gains.shape[0] > gains.shape[1]:
        return sorted((row, column) for column, row in best_pairs(scores.T, least))
    owners = _assign(-gains)
    pairs = ((int(row), column) for column, row in enumerate(owners) if row >= 0)
    return sorted((row, column) for row, column in pairs if scores[row, column] >= least)


def _assign(costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return each column's row, -1 for none: the Hungarian method by shortest augmenting paths.

    There are at least as many columns as rows, and every row gets one.
    """
    rows, columns = costs.shape
    row_price = np.zeros(rows)
    # The last entry is a column outside the matrix where each search begins.
    column_price = np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[columns] = row
        column = columns
        slack = np.full(columns, np.inf)
        came_from = np.full(columns, columns)
        used = np.zeros(columns + 1, bool)
        while owner[column] >= 0:
            used[column] = True
            here = owner[column]
            free = ~used[:columns]
            reduced = costs[here] - row_price[here] - column_price[:columns]
            better = free & (reduced < slack)
            slack[better] = reduced[better]
            came_from[better] = column
            step = slack[free].min()
            row_price[owner[used]] += step
            column_price[used] -= step
            slack[free] -= step
            column = int(np.flatnonzero(free & (slack <= 1e-12))[0])
        while column != columns:
            before = int(came_from[column])
            owner[column] = owner[before]
            column = before
    return np.asarray(owner[:columns], np.int64)
