"""``python -m tests.certainty fit`` fits the model, ``… table`` writes docs/confidence.md."""

from __future__ import annotations

import argparse
import sys

from planparse.certainty.confidence import load_model
from tests.certainty.fit import fit, write_model
from tests.certainty.gather import Gathered, gather
from tests.certainty.reliability import components_table, section, write_part

# No seed is in both, and none is one of the tests'.
FIT, FIT_SCANS = "20000:20700", "24000:24024"
TABLE, TABLE_SCANS = "30000:30500", "36000:36024"


def _range(text: str) -> range:
    first, _, last = text.partition(":")
    return range(int(first), int(last))


def _say(what: str, found: Gathered) -> None:
    wrong = sum(not one.exact for one in found.examples)
    print(f"{what}: {found.plans} plans, {len(found.examples)} measures, {wrong} not exact")


def main() -> int:
    """Fit, or write the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.certainty", description=__doc__)
    parser.add_argument("command", choices=["fit", "table"])
    parser.add_argument("--digital", help="seeds FIRST:LAST of digital plans")
    parser.add_argument("--scans", help="seeds FIRST:LAST of scanned plans; 0:0 for none")
    parser.add_argument("--dpi", type=int, default=200, help="of the scans")
    options = parser.parse_args()
    fitting = options.command == "fit"
    seeds = options.digital or (FIT if fitting else TABLE)
    scans = options.scans or (FIT_SCANS if fitting else TABLE_SCANS)
    digital = gather(_range(seeds))
    _say(f"digital, seeds {seeds}", digital)
    scanned = gather(_range(scans), options.dpi)
    _say(f"scanned, seeds {scans}", scanned)
    model = load_model()
    if fitting:
        model = fit([*digital.examples, *scanned.examples], model)
        write_model(model)
        write_part("components", components_table(model))
        return 0
    parts = [section("Digital plans", f"Seeds {seeds}", digital, model)]
    if scanned.plans:
        what = f"Seeds {scans}, as scans of {options.dpi} dpi"
        parts.append(section("Scanned plans", what, scanned, model))
    write_part("reliability", "\n\n".join(parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
