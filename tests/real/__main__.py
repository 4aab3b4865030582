"""Compare tables with cells written by hand: ``python -m tests.real FOLDER EXPECTED``.

FOLDER holds PDF files, EXPECTED a JSON file for each, named alike; see ``read_expected``. The
documents are other people's: they and their cells lie outside the project.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from planparse.model.table import Table
from planparse.pipeline import read_tables

from .compare import Findings, compare
from .expected import read_expected


def _report(name: str, found: Findings) -> None:
    print(f"{name}: {found.exact} of {found.cells} cells exact")
    if found.partly:
        print(f"    of {found.partly} long cells the beginning and the end were compared")
    if found.pictures:
        print(f"    {found.pictures} tables found in pictures were not compared")
    for line in found.differences:
        print(f"    {line}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if every expected file has its document and all cells are exact."""
    parser = argparse.ArgumentParser(prog="python -m tests.real", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("expected", type=Path)
    options = parser.parse_args(arguments)
    wanted = {path.stem: path for path in sorted(options.expected.glob("*.json"))}
    files = {path.stem: path for path in sorted(options.folder.glob("*.pdf"))}
    for name in sorted(files.keys() - wanted.keys()):
        print(f"NOT COMPARED: {name}.pdf has no expected cells")
    missing = sorted(wanted.keys() - files.keys())
    for name in missing:
        print(f"MISSING: {name}.pdf, for which cells are expected")
    if not wanted:
        print(f"MISSING: no expected cells in {options.expected}")
    wrong = bool(missing) or not wanted
    for name in sorted(wanted.keys() & files.keys()):
        blocks = read_tables(files[name]).blocks
        found = compare(
            read_expected(wanted[name]), [block for block in blocks if isinstance(block, Table)]
        )
        _report(name, found)
        wrong = wrong or bool(found.differences)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
