"""How far two texts are apart."""

from __future__ import annotations


def edits(one: str, other: str) -> int:
    """Return the least number of insertions, deletions and replacements between two texts."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
