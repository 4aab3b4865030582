"""A folder of files, local or behind an address: what the dataset needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

#: Beside the tables: the lock, the journal of a run, what is being written. Readers of Parquet
#: folders pass over names that begin with a dot.
HIDDEN = ".planparse"
ASIDE = f"{HIDDEN}/aside"


class Folder(Protocol):
    """Paths are relative to the folder and use ``/``. OutputError where it cannot be written."""

    @property
    def url(self) -> str:
        """The folder's path or address, as another process can open it."""

    @property
    def renames(self) -> bool:
        """Whether ``move`` takes the place of a file in one step. Object stores cannot."""

    def put(self, path: str, content: bytes) -> None:
        """Publish a file: a reader sees the old content or the new, whole."""

    def create(self, path: str, content: bytes) -> bool:
        """Write a file unless there is one; False if there is, whoever made it meanwhile."""

    def put_aside(self, files: Mapping[str, bytes]) -> None:
        """Write files that nobody reads yet and make sure that they are on the disk."""

    def read(self, path: str) -> bytes:
        """Give a file's content; FileNotFoundError if it is not there."""

    def names(self, folder: str) -> list[str]:
        """List the names in a folder, in order; empty if it is not there."""

    def files(self, folder: str) -> list[str]:
        """List the paths of all files under a folder, in order; empty if it is not there."""

    def exists(self, path: str) -> bool:
        """Tell whether a file is there."""

    def move(self, path: str, to: str) -> None:
        """Move a file, in place of another if there is one."""

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the partition folders that it leaves empty."""

    def remove_all(self, paths: Sequence[str]) -> None:
        """Remove files, those that are there."""

    def remove_folder(self, folder: str) -> None:
        """Remove a folder with all that is in it, if it is there."""

    def sync(self, folders: Iterable[str]) -> None:
        """Make sure that moves into and out of these folders are on the disk."""
