"""The best one-to-one pairing of rows with columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    """Give each column's row, -1 for none: the Hungarian method by shortest augmenting paths.

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
