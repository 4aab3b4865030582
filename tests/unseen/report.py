"""Say what failed, how often, and which features of the style go with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields

from .run import Outcome, explain
from .style import Style

_SHOWN = 160
# A feature that went with fewer failures than this says nothing.
_LEAST = 3


def summary(outcomes: list[Outcome]) -> str:
    """Count plans, rows and fields."""
    rows = sum(one.rows for one in outcomes)
    good = rows - sum(one.wrong_rows for one in outcomes)
    exact = sum(one.exact for one in outcomes)
    lines = [
        f"plans exact   {exact} of {len(outcomes)} ({_share(exact, len(outcomes))})",
        f"rows exact    {good} of {rows} ({_share(good, rows)})",
        f"wrong, silent {sum(one.silent for one in outcomes)} plans read wrongly with no warning",
        f"false alarms  {sum(_alarm(one) for one in outcomes)} plans read exactly with a warning",
        f"crashes       {sum(one.crash is not None for one in outcomes)}",
    ]
    characters = sum(one.characters for one in outcomes)
    if characters:
        errors = sum(one.errors for one in outcomes)
        lines.append(f"characters    {errors} of {characters} wrong ({errors / characters:.3%})")
    return "\n".join(lines)


def _alarm(outcome: Outcome) -> bool:
    return outcome.exact and any(one.severity != "note" for one in outcome.problems)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def by_field(outcomes: list[Outcome]) -> str:
    """Count wrong fields: how many values, in how many plans, and the first seeds."""
    values: Counter[str] = Counter()
    seeds: dict[str, list[int]] = {}
    for outcome in outcomes:
        values.update(one.field for one in outcome.differences)
        values.update(["crash"] if outcome.crash else [])
        for name in outcome.fields:
            seeds.setdefault(name, []).append(outcome.plan.seed)
    lines = ["field           values  plans  seeds"]
    for name, count in values.most_common():
        shown = " ".join(str(seed) for seed in seeds[name][:12])
        lines.append(f"{name:<15} {count:>6} {len(seeds[name]):>6}  {shown}")
    alarms = Counter(
        str(one.code)
        for outcome in outcomes
        for one in outcome.problems
        if outcome.exact and one.severity != "note"
    )
    lines += [f"false alarm {code}: {count}" for code, count in alarms.most_common()]
    return "\n".join(lines)


def by_feature(outcomes: list[Outcome], field: str | None = None, most: int = 12) -> str:
    """Rank style features by how much more often plans with them fail than plans without.

    ``field``: look at failures in this field only.
    """
    failed = [_failed(one, field) for one in outcomes]
    ranked = []
    for name in (one.name for one in fields(Style)):
        for value in sorted({getattr(one.plan.style, name) for one in outcomes}, key=str):
            mask = [getattr(one.plan.style, name) == value for one in outcomes]
            score, inside, total, outside = _weight(mask, failed)
            if inside >= _LEAST and score > 1.5:
                ranked.append((score, f"{name}={value!r}", inside, total, outside))
    lines = ["feature                               fails with      else  z"]
    for score, label, inside, total, outside in sorted(ranked, reverse=True)[:most]:
        shown = f"{inside}/{total} {inside / total:.0%}"
        lines.append(f"{label:<37} {shown:<14} {outside:>5.0%}  {score:.1f}")
    return "\n".join(lines)


def _failed(outcome: Outcome, field: str | None) -> bool:
    if field is None:
        return not outcome.exact
    return field in outcome.fields


def _weight(mask: list[bool], failed: list[bool]) -> tuple[float, int, int, float]:
    """Compare two failure rates: z value, failures and plans with the feature, rate without."""
    total = sum(mask)
    rest = len(mask) - total
    inside = sum(1 for has, bad in zip(mask, failed, strict=True) if has and bad)
    outside = sum(failed) - inside
    if not total or not rest:
        return 0.0, inside, total, 0.0
    rate = sum(failed) / len(failed)
    spread = math.sqrt(rate * (1 - rate) * (1 / total + 1 / rest)) or 1.0
    return (inside / total - outside / rest) / spread, inside, total, outside / rest


def details(outcomes: Iterable[Outcome], most: int) -> str:
    """Show each failing plan: what its failure needs and its first differences."""
    lines = []
    for outcome in outcomes:
        if outcome.exact:
            continue
        head = f"seed {outcome.plan.seed}: {len(outcome.differences)} differences"
        lines.append(head)
        if outcome.crash:
            lines.append("  " + outcome.crash.strip().splitlines()[-1])
        lines += ["  " + _short(str(one)) for one in outcome.differences[:most]]
    return "\n".join(lines)


def by_dpi(found: dict[int, list[Outcome]]) -> str:
    """Make the table of scans: one row a resolution, in Markdown."""
    lines = [
        (
            "| dpi | plans | pages | plans exact | rows exact | rows exact but for wording "
            "| characters wrong | s a page |"
        ),
        "|---|---|---|---|---|---|---|---|",
    ]
    for dpi, outcomes in found.items():
        rows = sum(one.rows for one in outcomes)
        wrong = sum(one.wrong_rows for one in outcomes)
        misplaced = sum(one.misplaced_rows for one in outcomes)
        pages = sum(one.pages for one in outcomes)
        errors = sum(one.errors for one in outcomes)
        characters = sum(one.characters for one in outcomes)
        cells = (
            str(dpi),
            str(len(outcomes)),
            str(pages),
            str(sum(one.exact for one in outcomes)),
            f"{rows - wrong} of {rows}",
            f"{rows - misplaced} of {rows}",
            f"{errors} of {characters} ({errors / max(characters, 1):.2%})",
            f"{sum(one.seconds for one in outcomes) / max(pages, 1):.1f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def worst_fields(outcomes: list[Outcome], most: int = 4) -> list[str]:
    """Name the fields that fail in most plans."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts.update(outcome.fields)
    return [name for name, _ in counts.most_common(most)]


def smallest(outcomes: list[Outcome], most: int, scan: int | None) -> str:
    """For each wrong field, name the choices of the style that its failure needs."""
    lines = []
    for name in worst_fields(outcomes, 99):
        seeds = [one for one in outcomes if name in one.fields]
        # Plans with few wrong fields show one bug each; look at those first.
        for one in sorted(seeds, key=lambda one: len(one.fields))[:most]:
            needed = explain(one, name, scan)
            said = ", ".join(f"{key}={value!r}" for key, value in needed.items())
            first = next((str(each) for each in one.differences if each.field == name), "")
            lines.append(f"{name}: seed {one.plan.seed} needs {said or 'the plainest style'}")
            lines.append("  " + _short(first))
    return "\n".join(lines)


def _short(text: str) -> str:
    return text if len(text) <= 2 * _SHOWN else text[: 2 * _SHOWN] + " …"
