"""The same measure over many plans: families with at most one member a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planparse.study.compare_plans import LEAST_ALIKE
from planparse.study.similarity import Row, alike, best_pairs, places, vectors, wording

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(slots=True)
class Family:
    """A measure as the plans have it; ``members`` in the order of year and district."""

    number: int
    members: list[Row] = field(default_factory=list)

    @property
    def newest(self) -> Row:
        """The member that stands for the family: of the newest plan."""
        return self.members[-1]

    @property
    def plans(self) -> set[str]:
        """The plans that have it."""
        return {row["plan_id"] for row in self.members}


def find_families(rows: Sequence[Row], *, least: float = LEAST_ALIKE) -> list[Family]:
    """Part measures of any number of plans into families; each row is in exactly one.

    Plans are taken by year and district. The measures of each are paired with the families that
    are there, with the wording that each has on average, and those left found families of their
    own. So a measure that drifts from year to year stays one, and two of one plan never do.
    """
    plans: dict[str, list[int]] = {}
    for at in sorted(range(len(rows)), key=lambda at: _order(rows[at])):
        plans.setdefault(rows[at]["plan_id"], []).append(at)
    texts = vectors([wording(row) for row in rows])
    families: list[Family] = []
    sums = np.zeros((0, texts.shape[1]), np.float32)
    for own in plans.values():
        scores = alike(
            texts[own],
            _unit(sums),
            [places(rows[at]) for at in own],
            [places(family.newest) for family in families],
        )
        partner = dict(best_pairs(scores, least))
        fresh = [at for place, at in enumerate(own) if place not in partner]
        for place, number in partner.items():
            sums[number] += texts[own[place]]
            families[number].members.append(rows[own[place]])
        sums = np.concatenate([sums, texts[fresh]])
        families += [Family(len(families) + at, [rows[row]]) for at, row in enumerate(fresh)]
    return families


def _order(row: Row) -> tuple[int, str, str, int]:
    return row["roc_year"] or 0, row["district"] or "", row["plan_id"], row["seq"]


def _unit(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-9), np.float32)
