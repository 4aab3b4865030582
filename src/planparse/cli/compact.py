"""``planparse compact``: fewer, larger files."""

from __future__ import annotations

from collections.abc import Collection

import typer


def compact(out: str, years: Collection[int] | None) -> int:
    """Put the data set's files together, say how many there are; give the exit code."""
    from planparse.batch.compact_folder import compact_folder

    packing = compact_folder(out, years or None)
    typer.echo(f"{packing.before} files before, {packing.after} after")
    return 0
