"""Take the census: ``make census`` writes docs/census.md."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.corpus.documents import ROOT

from .subjects import Decision, Threshold, decisions, thresholds
from .take import Effect, move, switch_off

PAGE = ROOT / "docs" / "census.md"
SHOWN = 3


def _names(keys: list[str]) -> str:
    more = f" … {len(keys)}" if len(keys) > SHOWN else ""
    return ", ".join(f"`{key}`" for key in keys[:SHOWN]) + more or "none"


def _lines(
    found: dict[Decision, Effect], moved: dict[Threshold, tuple[Effect, Effect]]
) -> Iterator[str]:
    unneeded = [one.key for one, effect in found.items() if not effect.changed]
    yield f"{len(found)} decisions, {len(unneeded)} that no plan needs."
    yield ""
    yield "| decision | says yes in | plans that change without it |"
    yield "|---|---:|---|"
    for one, effect in found.items():
        yield f"| `{one.key}` | {len(effect.yes)} | {_names(effect.changed)} |"
    yield ""
    still = sum(not (low.changed or high.changed) for low, high in moved.values())
    yield f"{len(moved)} thresholds, {still} that may move by a fifth without any effect."
    yield ""
    yield "| threshold | value | a fifth lower: worse, better, other | a fifth higher |"
    yield "|---|---:|---|---|"
    for threshold, effects in moved.items():
        counts = [
            "–" if not one.changed else f"{len(one.worse)}, {len(one.better)}, {len(one.other)}"
            for one in effects
        ]
        yield f"| `{threshold.key}` | {threshold.value:g} | {counts[0]} | {counts[1]} |"


HEAD = """# Census

What the corpus ([corpus.md](corpus.md)) needs of `tables` and `plans`: each decision was switched
off (it always says no), and each number at the top of a module was moved by a fifth, or by one
where it counts. A plan changes where its records or its problems do. *Worse* and *better* count the
plans with fewer or more exact rows. Written by `make census`; known plans, producers, hard plans,
scans and 150 seeds.
"""


def main() -> None:
    """Take the census of the names that contain the argument, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.census", description=__doc__)
    parser.add_argument("name", nargs="?", default="", help="only names that contain this")
    options = parser.parse_args()
    asked = [one for one in decisions() if options.name in one.key]
    numbers = [one for one in thresholds() if options.name in one.key]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = dict(zip(asked, pool.map(switch_off, asked), strict=True))
        moved = dict(zip(numbers, pool.map(move, numbers), strict=True))
    text = "\n".join(_lines(found, moved))
    if options.name:
        print(text)
    else:
        PAGE.write_text(f"{HEAD}\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
