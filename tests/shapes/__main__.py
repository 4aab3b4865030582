"""Read fresh plans in hard shapes: ``python -m tests.shapes --seeds 0:3``; see docs/shapes.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from tests.corpus.documents import Document, scratch
from tests.corpus.dump import dump
from tests.corpus.tally import COLUMNS, differences, line, tally

from .draw import WRITERS, Drawn, draw, producer_of, shapes
from .write_office import lacking


def main(arguments: list[str] | None = None) -> int:
    """Draw plans, read them and print what became of their rows."""
    options = _options(arguments)
    names = [one for one in shapes() if not options.shape or one in options.shape]
    first, _, last = options.seeds.partition(":")
    seeds = range(int(first), int(last or int(first) + 1))
    chosen = [
        (name, seed, options.producer or producer_of(name, seed))
        for name in names
        for seed in seeds
    ]
    for producer in WRITERS:
        skipped = [one for one in chosen if one[2] == producer and lacking(producer)]
        if skipped:
            print(f"{len(skipped)} plans are skipped: {lacking(producer)}", file=sys.stderr)
            chosen = [one for one in chosen if one not in skipped]
    with scratch() as scratched:
        folder = options.save or Path(scratched)
        folder.mkdir(parents=True, exist_ok=True)
        drawn = [draw(*one) for one in chosen]
        found = [_document(one, folder) for one in drawn]
        if options.draw_only:
            return 0
        dumped = dump(found, options.jobs)
        counts = [tally(one, dumped[one.key]) for one in found]
        if options.list:
            for one in found:
                print("\n".join(differences(one, dumped[one.key])))
    print(_table("shape", [one.shape for one in drawn], counts))
    print("\n" + _table("producer", [one.producer for one in drawn], counts))
    return 0


def _document(drawn: Drawn, folder: Path) -> Document:
    """Write a plan and its truth into the folder."""
    file, truth = folder / f"{drawn.name}.pdf", folder / f"{drawn.name}.json"
    file.write_bytes(drawn.pdf)
    text = json.dumps(drawn.truth, ensure_ascii=False, indent=1)
    truth.write_text(text + "\n", encoding="utf-8")
    return Document("shapes", drawn.name, file, truth, forgive=("MARKS",))


def _table(head: str, names: list[str], counts: list[Counter[str]]) -> str:
    """Return the counts summed by name, and their sum."""
    sums: dict[str, Counter[str]] = {}
    for name, one in zip(names, counts, strict=True):
        sums.setdefault(name, Counter()).update(one)
    lines = [line(head, {name: name for name in COLUMNS})]
    lines += [line(name, one) for name, one in sums.items()]
    return "\n".join([*lines, line(f"{len(names)} plans", sum(sums.values(), Counter()))])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.shapes", description=__doc__)
    parser.add_argument("--seeds", default="0:3", help="FIRST:LAST (without LAST) or one seed")
    parser.add_argument("--shape", action="append", help="only this shape; may be repeated")
    parser.add_argument("--producer", default="", help="draw all plans with this one")
    parser.add_argument("--save", type=Path, metavar="DIR", help="keep the plans and their truths")
    parser.add_argument("--draw-only", action="store_true", help="draw, but do not read")
    parser.add_argument("--list", action="store_true", help="print every difference")
    parser.add_argument("--jobs", type=int, help="processes; default: one per processor")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
