"""What a run was asked for, and what one process needs to know of one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.model.result import ParseResult


@dataclass(frozen=True, slots=True)
class Rules:
    """A rules file with its content: another machine may not have the file."""

    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Job:
    """A file to parse; plain values, so that it can travel to another process or machine.

    ``location`` is a path or URL, ``source`` the path in the input folder. ``old`` are the rows of
    ``documents`` whose files it takes the place of, ``retired`` those plans that vanish with them.
    ``run`` numbers the run in the journal. ``options`` are keywords that ``parse`` gets as True.
    """

    location: str
    source: str
    sha256: str | None
    out: str
    fingerprint: str
    timeout: float
    memory: int
    recycle: int
    run: int
    forced: bool = False
    rules: Rules | None = None
    passwords: tuple[str, ...] = ()
    old: tuple[Mapping[str, Any], ...] = ()
    retired: tuple[str, ...] = ()
    parse: Parse | None = None
    options: tuple[str, ...] = ()

    @property
    def source_file(self) -> str:
        """The file's name without its folder."""
        return self.source.rpartition("/")[2]


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

    ``jobs``: documents read at once, None for one per processor, eight at most. ``timeout`` is in
    seconds of wall clock and ``memory`` in mebibytes, per document.
    ``passwords`` are tried on encrypted files after the empty one. ``dask`` is the address of a
    scheduler, None for processes of this machine. ``parse`` stands in for ``parse_plan``; it must
    be importable by its name. ``second_opinion`` and ``incomplete`` are told to it. ``isolate``
    False parses in this process, without limits.
    """

    jobs: int | None = None
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
