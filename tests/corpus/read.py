"""Dump the corpus as the ``planparse`` on the path reads it; run by ``changes``."""

from __future__ import annotations

import sys
from pathlib import Path

from .documents import documents, write_json
from .dump import dump


def main() -> None:
    """Write the dump of the kinds named behind the file."""
    file, *kinds = sys.argv[1:]
    write_json(Path(file), dump(documents(tuple(kinds))))


if __name__ == "__main__":
    main()
