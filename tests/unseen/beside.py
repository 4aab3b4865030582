"""Place what stands beside measures in one cell: near enough that a reader can tell."""

from __future__ import annotations

from random import Random

from .content import MeasureContent


def places_beside(
    rng: Random, sizes: list[int], starts: list[float], drift: float
) -> tuple[list[float], bool]:
    """Choose where each group begins, in lines; tell whether only order and count give it away.

    ``sizes`` are the groups' lines (0: nothing stands beside that measure), ``starts`` the
    measures' first lines. Drift is halved until a reader could still tell which belongs where.
    """
    count_tells = all(size == 1 for size in sizes)
    while drift > 0.05:
        places: list[float] = []
        end = 0.0
        for size, start in zip(sizes, starts, strict=True):
            place = max(start + rng.uniform(-drift, drift), end)
            places.append(place)
            end = place + size if size else end
        if _position_tells(sizes, places, starts):
            return places, False
        if count_tells and max(abs(a - b) for a, b in zip(places, starts, strict=True)) < 1.2:
            return places, True
        drift /= 2
    return starts, False


def _position_tells(sizes: list[int], places: list[float], starts: list[float]) -> bool:
    """Tell whether each group stands clearly nearest to its own measure."""
    for index, (size, place) in enumerate(zip(sizes, places, strict=True)):
        if not size:
            continue
        own = abs(place - starts[index])
        others = [abs(place - start) for at, start in enumerate(starts) if at != index]
        if own > 1.0 or any(other < own + 0.4 for other in others):
            return False
        if index + 1 < len(sizes) and not _border_tells(index, sizes, places, starts):
            return False
    return True


def _border_tells(index: int, sizes: list[int], places: list[float], starts: list[float]) -> bool:
    """Tell whether a reader sees where a group ends: by a gap, or level with the next measure."""
    last = places[index] + sizes[index] - 1
    following = starts[index + 1]
    if not sizes[index + 1]:
        return last <= following - 0.75
    if places[index + 1] - last >= 1.5:
        return True
    return last <= following - 0.75 and places[index + 1] >= following - 0.25


def settle_single_entries(measures: list[MeasureContent]) -> None:
    """Avoid a cell with one entry beside several measures: it could hold for all of them."""
    if len(measures) < 2:
        return
    if [bool(one.cos) and one.cos[0][0] not in "(（" for one in measures].count(True) == 1:
        for one in measures:
            one.cos = [name for name in one.cos if name[0] in "(（"]
    if [bool(one.leads) for one in measures].count(True) == 1:
        spoken = next(one for one in measures if one.leads)
        other = next(one for one in measures if not one.leads)
        other.leads = spoken.leads
    if [bool(one.periods) for one in measures].count(True) == 1:
        spoken = next(one for one in measures if one.periods)
        other = next(one for one in measures if not one.periods)
        other.periods = spoken.periods
