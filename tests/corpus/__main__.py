"""Read the corpus and count: ``python -m tests.corpus hard scans``; see docs/corpus.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from planparse.model.record_differences import Forgive

from .changes import changes, changes_of_commits
from .documents import KINDS, documents, read_json, write_json
from .dump import dump
from .tally import differences, table


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 unless two dumps differ."""
    options = _options(arguments)
    if options.commits:
        base, head = options.commits
        return changes_of_commits(base, head, tuple(options.kinds))
    if options.changes:
        before, after = (read_json(path) for path in options.changes)
        lines = changes(before, after)
        print("\n".join(lines) or "nothing changed")
        return int(bool(lines))
    wanted = [one for one in documents(tuple(options.kinds)) if options.only in one.key]
    dumped = dump(wanted, options.jobs)
    if options.dump:
        write_json(options.dump, dumped)
    if options.list:
        for one in wanted:
            print("\n".join(differences(one, dumped[one.key])))
    print(table(wanted, dumped))
    if any(one.kind == "scans" for one in wanted):
        print("\nwidths forgiven\n" + table(wanted, dumped, Forgive.WIDTHS))
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(KINDS), help=" ".join(KINDS))
    parser.add_argument("--only", default="", help="documents whose name contains this")
    parser.add_argument("--jobs", type=int, help="processes; default: one per processor")
    parser.add_argument("--list", action="store_true", help="print every difference")
    parser.add_argument("--dump", type=Path, help="file for all results")
    parser.add_argument("--changes", nargs=2, type=Path, metavar="DUMP", help="compare two dumps")
    parser.add_argument("--commits", nargs=2, metavar="COMMIT", help="compare two commits")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
