"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planparse.datamodel.result import ParseResult

Parse = Callable[..., ParseResult]

#: Seconds a document may take, from reading to publishing: a scan of sixty pages fits.
TIMEOUT = 300.0
#: Mebibytes a document's process may take: a plan with OCR needs about a third.
MEMORY = 2048
#: Documents that a process parses before a fresh one takes its place.
RECYCLE = 200


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Options of a run.

    ``timeout`` is in seconds of wall clock and ``memory`` in mebibytes, a document each.
    ``passwords`` are tried on encrypted files after the empty one. ``dask`` is the address of a
    scheduler, None for processes of this machine. ``parse`` stands in for ``parse_plan``; it must
    be importable by its name. ``second_opinion`` and ``incomplete`` are told to it. ``isolate``
    False parses in this process, without limits.
    """

    jobs: int = 1
    rules: Path | None = None
    timeout: float = TIMEOUT
    memory: int = MEMORY
    recycle: int = RECYCLE
    passwords: tuple[str, ...] = ()
    force: bool = False
    prune: bool = False
    dask: str | None = None
    parse: Parse | None = None
    second_opinion: bool = False
    incomplete: bool = False
    isolate: bool = True
