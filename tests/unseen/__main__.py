"""Find what planparse reads wrongly: ``python -m tests.unseen --seeds 0:200``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from . import report
from .plan import UnseenPlan, draw_plan, style_of
from .run import Outcome, read_plan, save
from .style import with_choice
from .worlds import WORLDS, options_of


def main(arguments: list[str] | None = None) -> int:
    """Run the command; exit code 1 where a plan was not read exactly."""
    options = _options(arguments)
    first, _, last = options.seeds.partition(":")
    seeds = range(int(first), int(last)) if last else range(int(first), int(first) + 1)
    forced = _forced(options.set, options.world)
    started = time.perf_counter()
    if options.scan_table:
        plans = [_drawn(seed, forced, options.world) for seed in seeds]
        found = {dpi: [read_plan(plan, dpi) for plan in plans] for dpi in (150, 200, 300)}
        print(report.by_dpi(found))
        return 0
    outcomes: list[Outcome] = []
    for seed in seeds:
        outcome = read_plan(_drawn(seed, forced, options.world), options.scan)
        outcomes.append(outcome)
        if options.save and not outcome.exact:
            save(outcome, options.save, options.scan)
    _print(outcomes, options, time.perf_counter() - started)
    return int(any(not one.exact for one in outcomes))


def _drawn(seed: int, forced: dict[str, object], world: int) -> UnseenPlan:
    style = style_of(seed, world)
    for name, value in forced.items():
        style = with_choice(style, name, value)
    return draw_plan(seed, style, world)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.unseen", description=__doc__)
    parser.add_argument("--seeds", default="0:100", help="FIRST:LAST (without LAST) or one seed")
    parser.add_argument(
        "--world", type=int, choices=WORLDS, default=1, help="which words and styles (default: 1)"
    )
    parser.add_argument("--scan", type=int, help="read scans of so many dpi instead")
    parser.add_argument(
        "--scan-table", action="store_true", help="table of scans at 150, 200 and 300 dpi"
    )
    parser.add_argument("--save", type=Path, help="folder for failing PDFs, truths, differences")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="force a choice of the style, for example row=task",
    )
    parser.add_argument(
        "--explain",
        type=int,
        default=1,
        help="for so many plans of each wrong field, find the choices it needs",
    )
    parser.add_argument("--most", type=int, default=4, help="differences shown of a plan")
    return parser.parse_args(arguments)


def _forced(settings: list[str], world: int) -> dict[str, object]:
    known = {name: options for name, (options, _) in options_of(world).items()}
    forced: dict[str, object] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in known:
            sys.exit(f"no choice {name!r}; there are: {', '.join(known)}")
        found = [option for option in known[name] if str(option) == value]
        if not found:
            sys.exit(f"{name} is one of: {', '.join(str(option) for option in known[name])}")
        forced[name] = found[0]
    return forced


def _print(outcomes: list[Outcome], options: argparse.Namespace, seconds: float) -> None:
    details = report.details(outcomes, options.most)
    if details:
        print(details, end="\n\n")
        print(report.by_field(outcomes), end="\n\n")
        print("all failures\n" + report.by_feature(outcomes), end="\n\n")
        for name in report.worst_fields(outcomes):
            print(f"failures in {name}\n" + report.by_feature(outcomes, name, 5), end="\n\n")
        if options.explain:
            print(report.smallest(outcomes, options.explain, options.scan), end="\n\n")
    print(report.summary(outcomes))
    reading = sum(one.seconds for one in outcomes)
    print(f"time          {seconds:.1f} s, of which reading {reading:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
