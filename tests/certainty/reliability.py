"""Reliability: what was stated against what was observed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

from planparse.certainty.confidence import Model
from tests.certainty.gather import Example, Gathered

PAGE = Path(__file__).parents[2] / "docs" / "confidence.md"
EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Measures whose stated confidence lies between two figures."""

    low: float
    high: float
    count: int
    stated: float
    observed: float

    @property
    def margin(self) -> float:
        """Half the width of the observed share's 95 % interval (Wilson's)."""
        n, p, z = self.count, self.observed, 1.96
        return z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)


def bins_of(stated: Sequence[float], exact: Sequence[bool]) -> list[Bin]:
    """Part measures by what was stated; bins without any are left out."""
    found = []
    for low, high in pairwise(EDGES):
        inside = [
            at
            for at, figure in enumerate(stated)
            if low <= figure < high or (high == EDGES[-1] and figure == high)
        ]
        if inside:
            count = len(inside)
            mean = sum(stated[at] for at in inside) / count
            share = sum(exact[at] for at in inside) / count
            found.append(Bin(low, high, count, mean, share))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean difference between stated and observed, weighted by measures."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.stated - one.observed) for one in bins) / total if total else 0.0


def found_by_worst(stated: Sequence[float], examples: Sequence[Example], share: float) -> float:
    """Return which share of the wrong measures is among those of least confidence."""
    wrong = sum(not one.exact for one in examples)
    order = sorted(range(len(examples)), key=lambda at: stated[at])[: int(share * len(examples))]
    return sum(not examples[at].exact for at in order) / wrong if wrong else 0.0


def section(title: str, what: str, found: Gathered, model: Model) -> str:
    """Return a part of the page: the table of one set of plans."""
    stated = [model.probability(one.values) for one in found.examples]
    bins = bins_of(stated, [one.exact for one in found.examples])
    exact = sum(one.exact for one in found.examples)
    read = len(found.examples)
    counts = (
        f"{what}: {found.plans} plans, {found.expected} measures printed, {read} read, {exact} of "
        f"them exact in every field ({exact / max(1, read):.2%})."
    )
    lines = [
        f"### {title}",
        "",
        counts,
        "",
        "| stated | measures | mean stated | observed exact |",
        "|---|---:|---:|---:|",
    ]
    lines += [
        f"| {one.low:g} to {one.high:g} | {one.count} | {one.stated:.1%} "
        f"| {one.observed:.1%} ± {one.margin:.1%} |"
        for one in bins
    ]
    worst = found_by_worst(stated, found.examples, 0.1)
    summary = (
        f"Mean difference between stated and observed: {calibration_error(bins):.2%}. The tenth of "
        f"the measures with the least confidence holds {worst:.0%} of the wrong ones."
    )
    return "\n".join([*lines, "", summary])


def components_table(model: Model) -> str:
    """Return the table of components in words, with their weights."""
    lines = ["| component | what it measures | weight |", "|---|---|---:|"]
    lines += [f"| `{one.name}` | {one.words} | {one.weight:g} |" for one in model.components]
    return "\n".join([*lines, "", f"Intercept: {model.intercept:g}."])


def write_part(name: str, content: str, path: Path = PAGE) -> None:
    """Replace what stands between the marks of a part of the page."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = path.read_text(encoding="utf-8")
    pattern = re.escape(start) + ".*?" + re.escape(end)
    text, count = re.subn(
        pattern, lambda _: f"{start}\n{content}\n{end}", text, count=1, flags=re.DOTALL
    )
    if count != 1:
        raise ValueError(f"{path} has no part {name}")
    path.write_text(text, encoding="utf-8")
