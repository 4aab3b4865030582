"""The unit of work of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planparse.batch.settings import Parse


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
