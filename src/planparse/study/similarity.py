"""How alike measures are, told from their wording.

A text is compared as the pairs of characters in it, each weighing the more the rarer it is among
all texts at hand: what every measure says (提供用戶…服務) tells nothing. Numbers count as one sign,
so that 160萬戶 and 184萬戶 do not keep a measure of two years apart; they are compared afterwards.
"""

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
    """Give what a measure says, points included; the task where it has no text of its own."""
    parts = [row["text"], *(point["text"] for point in row["points"])]
    return "".join(parts) or row["task"] or ""


def _pairs(text: str) -> Counter[int]:
    marked = f"^{text}$"
    return Counter(
        zlib.crc32(marked[at : at + 2].encode()) % _DRAWERS for at in range(len(marked) - 1)
    )


def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Give a row of length 1 a text; the scalar product of two is how alike they are, 0 to 1."""
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
    """Give aspect, strategy and task as they are compared."""
    return tuple(comparable(row[name] or "") for name in _PLACE_FIELDS)


def alike(
    texts: NDArray[np.float32],
    others: NDArray[np.float32],
    where: Sequence[tuple[str, ...]],
    other_where: Iterable[tuple[str, ...]],
) -> NDArray[np.float32]:
    """Give how alike each text is to each other one: the wording, and a little the place."""
    columns = list(other_where)
    same = np.zeros((len(where), len(columns)), np.float32)
    for level in range(len(_PLACE_FIELDS)):
        ours = np.array([place[level] for place in where], object)
        theirs = np.array([place[level] for place in columns], object)
        same += (ours[:, None] == theirs[None, :]) / len(_PLACE_FIELDS)
    score = _TEXT_WEIGHT * (texts @ others.T) + (1 - _TEXT_WEIGHT) * same
    return np.asarray(score, np.float32)
