"""Align departments and periods that slide together: one walk over the lines of a row.

A typist sets what stands beside a measure level with its first line, by means of blank lines. In
another font or width the measures take more or fewer lines: all that stands beside them slides, in
all columns alike and by whole lines, further with every measure. So the distance from a measure is
no evidence, only its change from one measure to the next is.

The entries that start on one line are a band. Each measure takes a run of consecutive bands, or
none: a semi-Markov chain (Sarawagi and Cohen, 2004). Costs are negative natural logarithms of
probabilities; the sum over all alignments gives the doubt of each band.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, inf

from planparse.plans.alignment import TOGETHER
from planparse.plans.bands import LEVEL, Band, Habits

# Costs (nats, distances in lines) are set by hand on the typesettings of docs/alignment.md and on
# drawn plans; they are not fitted.
# Each line of a slide, beside what it costs that there is one; no single cost is higher.
_SLIDE, _FARTHEST = 0.9, 8.0
# A blank line inside what stands beside one measure, and each further one.
_BLANK, _BLANKS = 2.0, 1.0
# The same name or period twice beside one measure.
_TWICE = 4.0
# A period below the first line of its measure's entries.
_LATE = 2.5
# A list that is longer than the text of its measure and pushes the next entries down.
_PUSHED = 1.5
# A slide that puts the entries right below those before, where the list before may as well go on.
_CROWDED = 1.5
# Parting an entry from the one before although a separator or bracket joins them.
_LISTED = 3.0
# Alignments that cost more than the best one by this are left out (e⁻¹² of its probability).
_BEAM = 12.0
# Bands beside one measure, measures without an entry in a row: no plan has more.
_MOST_BANDS, _MOST_EMPTY = 14, 6
# Costs are divided by it before they count as probabilities: evidence is not independent.
_TEMPERATURE = 1.5


@dataclass(slots=True)
class _Node:
    """Measure ``at`` takes what begins with band ``start``; ``slide`` is how far it is off."""

    at: int
    start: int
    slide: float
    cost: float
    before: int
    edges: list[tuple[int, int, float]] = field(default_factory=list)


class GridAlignment:
    """The alignment of the bands of one row with its measures, whose first lines are ``tops``.

    ``measures``: by band, the measure that it stands beside; None if no alignment is likely.
    ``cost`` is that of the cheapest alignment, which they are of; infinite without one.
    ``slides`` and ``stays`` count the measures where entries slid, and those where they did not.
    """

    def __init__(self, tops: Sequence[float], bands: Sequence[Band], habits: Habits) -> None:
        """Align them; neither is empty."""
        self._tops = tops
        self._bands = bands
        self._firsts = [band.first for band in bands]
        self._lasts = [band.last for band in bands]
        self._habits = habits
        self._costs = list(zip(habits.none, habits.more, habits.last, strict=True))
        self._empty = sum(habits.none)
        self.slides = self.stays = 0
        self._nodes: list[_Node] = []
        self._by_key: dict[tuple[int, int, int], int] = {}
        self._ends = self._forward()
        totals = {node: self._nodes[node].cost + rest for node, rest in self._ends.items()}
        self.cost = min(totals.values(), default=inf)
        self.measures = self._measures(min(totals, key=totals.__getitem__)) if totals else None

    def _measures(self, node: int) -> list[int]:
        """Return the measure of each band in the cheapest alignment that ends with a node."""
        chosen = [0] * len(self._bands)
        end = len(self._bands)
        while node >= 0:
            one = self._nodes[node]
            chosen[one.start : end] = [one.at] * (end - one.start)
            self._count(one)
            node, end = one.before, one.start
        return chosen

    def _count(self, node: _Node) -> None:
        """Note whether the entries of a node slid."""
        before = self._nodes[node.before] if node.before >= 0 else None
        slide, last = 0.0, -inf
        if before is not None:
            slide, last = before.slide, max(self._lasts[before.start : node.start])
        cost, _ = self._begin(node.at, node.start, slide, last)
        slid = cost >= self._habits.slides
        self.slides += slid
        self.stays += not slid

    def _costs_of_runs(self, start: int) -> list[float]:
        """Return the costs of one band and more, from ``start`` on, beside one measure."""
        cost = _LISTED if start and all(i.listed for i in self._bands[start].items) else 0.0
        counts = [0] * len(self._costs)
        seen: set[tuple[int, str]] = set()
        last = -inf
        found: list[float] = []
        for at in range(start, min(start + _MOST_BANDS, len(self._bands))):
            gap = self._firsts[at] - last
            if at > start and gap > TOGETHER:
                cost += min(_BLANK + _BLANKS * (gap - 2), _FARTHEST)
            last = max(last, self._lasts[at])
            for item in self._bands[at].items:
                counts[item.column] += 1
                cost += _TWICE if (item.column, item.text) in seen else 0.0
                seen.add((item.column, item.text))
                cost += _LATE if item.period and at > start and counts[item.column] == 1 else 0.0
            found.append(
                cost
                + sum(
                    (count - 1) * more + final if count else none
                    for count, (none, more, final) in zip(counts, self._costs, strict=True)
                )
            )
        return found

    def _begin(self, at: int, start: int, slide: float, last: float) -> tuple[float, float]:
        """Return cost and slide of a measure whose entries begin with a band.

        ``slide`` and ``last`` are those of the measure before: a long list pushes the next one.
        """
        first, top = self._firsts[start], self._tops[at]
        pushed = last + 1 > top + slide + LEVEL
        off = abs(first - (last + 1 if pushed else top + slide))
        habits = self._habits
        if off <= LEVEL:
            if pushed:
                return habits.stays + _PUSHED, slide
            return habits.stays, first - top
        cost = habits.slides + min(_SLIDE * off, _FARTHEST)
        cost += _CROWDED if first - last <= TOGETHER else 0.0
        if abs(first - top) <= LEVEL:
            # The typist looked at the page.
            cost = min(cost, habits.slides)
        return cost, first - top

    def _skipped(self, after: int, at: int) -> float:
        """Return the cost of the measures between two without entries; -1: before the first."""
        return (at - after - 1) * self._empty

    def _forward(self) -> dict[int, float]:
        """Make the nodes and their edges; return the cost of the rest for those that may end it."""
        starts: list[list[int]] = [[] for _ in self._bands]
        for at in range(min(len(self._tops), _MOST_EMPTY + 1)):
            cost, slide = self._begin(at, 0, 0.0, -inf)
            self._reach(starts, -1, at, 0, slide, cost + self._skipped(-1, at))
        ends: dict[int, float] = {}
        for start, here in enumerate(starts):
            least = min((self._nodes[node].cost for node in here), default=inf)
            runs = self._costs_of_runs(start) if here else []
            for node in here:
                if self._nodes[node].cost <= least + _BEAM:
                    self._extend(starts, node, runs, ends)
        return ends

    def _extend(
        self, starts: list[list[int]], node: int, runs: Sequence[float], ends: dict[int, float]
    ) -> None:
        """Add the edges of a node: all runs of bands, and all measures that may come next."""
        one = self._nodes[node]
        last = -inf
        for end, run in enumerate(runs, one.start + 1):
            if end == len(self._bands):
                ends[node] = run + self._skipped(one.at, len(self._tops))
                break
            last = max(last, self._lasts[end - 1])
            for at in range(one.at + 1, min(one.at + 2 + _MOST_EMPTY, len(self._tops))):
                cost, slide = self._begin(at, end, one.slide, last)
                edge = run + cost + self._skipped(one.at, at)
                to = self._reach(starts, node, at, end, slide, one.cost + edge)
                one.edges.append((to, end, edge))

    def _reach(
        self, starts: list[list[int]], before: int, at: int, start: int, slide: float, cost: float
    ) -> int:
        """Return the node of a state; a cheaper way to it takes the place of a dearer one."""
        key = (at, start, round(2 * slide))
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = len(self._nodes)
            self._nodes.append(_Node(at, start, slide, cost, before))
            starts[start].append(found)
        elif cost < self._nodes[found].cost:
            one = self._nodes[found]
            one.cost, one.before, one.slide = cost, before, slide
        return found

    def shares(self) -> list[dict[int, float]]:
        """Return for each band how probable it is beside each measure."""
        nodes, ends = self._nodes, self._ends
        order = sorted(range(len(nodes)), key=lambda node: nodes[node].start)
        after = [0.0] * len(nodes)
        for node in reversed(order):
            total = _weight(ends[node]) if node in ends else 0.0
            after[node] = total + sum(_weight(c) * after[to] for to, _, c in nodes[node].edges)
        before = [0.0] * len(nodes)
        shares: list[dict[int, float]] = [{} for _ in self._bands]
        for node in order:
            one = nodes[node]
            if one.start == 0:
                before[node] += _weight(one.cost)
            runs = [0.0] * (len(self._bands) + 1)
            if node in ends:
                runs[-1] = before[node] * _weight(ends[node])
            for to, end, cost in one.edges:
                weight = before[node] * _weight(cost)
                before[to] += weight
                runs[end] += weight * after[to]
            beside = 0.0
            for at in range(len(self._bands) - 1, one.start - 1, -1):
                beside += runs[at + 1]
                if beside:
                    shares[at][one.at] = shares[at].get(one.at, 0.0) + beside
        return [_probable(share) for share in shares]


def _probable(weights: Mapping[int, float]) -> dict[int, float]:
    total = sum(weights.values())
    return {at: weight / total for at, weight in weights.items()}


def _weight(cost: float) -> float:
    return exp(-cost / _TEMPERATURE)
