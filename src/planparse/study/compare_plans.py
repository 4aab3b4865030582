"""Two plans beside each other: which measures stayed, changed, moved, came and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planparse.study.differences import changed_fields
from planparse.study.similarity import Row, alike, best_pairs, places, vectors, wording

#: Below this two measures are not one. Set by reading the pairs of the known plans, see
#: docs/study.md; wrong pairs begin a little below it.
LEAST_ALIKE = 0.36


class Change(StrEnum):
    """What became of a measure."""

    SAME = "same"
    EDITED = "edited"
    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Match:
    """A measure before and after; None on the side where it is not.

    ``alike`` is 0 to 1, None for a new or dropped one. ``changed`` names the fields that differ.
    """

    before: Row | None
    after: Row | None
    alike: float | None
    change: Change
    changed: tuple[str, ...] = ()


def compare_plans(
    before: Sequence[Row], after: Sequence[Row], *, least: float = LEAST_ALIKE
) -> list[Match]:
    """Match the measures of two plans one to one, by wording and place; all appear once.

    Rows are those of the table ``measures``. The order is that of the plan after, dropped ones
    stand behind the measure that they followed before.
    """
    texts = vectors([wording(row) for row in (*before, *after)])
    scores = alike(
        texts[: len(before)],
        texts[len(before) :],
        [places(row) for row in before],
        [places(row) for row in after],
    )
    partner = {new: old for old, new in best_pairs(scores, least)}
    kept = set(partner.values())
    dropped = _dropped_behind(before, kept)
    found = dropped.pop(None, [])
    for at, row in enumerate(after):
        if at not in partner:
            found.append(Match(None, row, None, Change.NEW))
            continue
        old = partner[at]
        found.append(_match(before[old], row, float(scores[old, at])))
        found += dropped.pop(old, [])
    return found


def _dropped_behind(before: Sequence[Row], kept: set[int]) -> dict[int | None, list[Match]]:
    """List the dropped measures by the kept one that each followed, None for the start."""
    found: dict[int | None, list[Match]] = {}
    last: int | None = None
    for at, row in enumerate(before):
        if at in kept:
            last = at
        else:
            found.setdefault(last, []).append(Match(row, None, None, Change.DROPPED))
    return found


def _match(before: Row, after: Row, score: float) -> Match:
    changed = changed_fields(before, after)
    if not changed:
        change = Change.SAME
    elif {"aspect", "strategy"} & set(changed):
        change = Change.MOVED
    else:
        change = Change.EDITED
    return Match(before, after, score, change, changed)
