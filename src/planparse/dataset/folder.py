"""A folder of files, local or behind an address: what the dataset needs of it."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from planparse.errors import as_output_error

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
        """Return a file's content; FileNotFoundError if it is not there."""

    def names(self, folder: str) -> list[str]:
        """List the names in a folder, in order; empty if it is not there."""

    def files(self, folder: str) -> list[str]:
        """List the paths of all files under a folder, in order; empty if it is not there."""

    def exists(self, path: str) -> bool:
        """Return True if a file is there."""

    def move(self, path: str, to: str) -> None:
        """Move a file, in place of another if there is one; FileNotFoundError without it."""

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the partition folders that it leaves empty."""

    def remove_all(self, paths: Sequence[str]) -> None:
        """Remove files, those that are there."""

    def remove_folder(self, folder: str) -> None:
        """Remove a folder with all that is in it, if it is there."""

    def sync(self, folders: Iterable[str]) -> None:
        """Make sure that moves into and out of these folders are on the disk."""


def open_folder(where: str | Path, *, create: bool = True) -> Folder:
    """Open a local folder or an fsspec URL, ``s3://bucket/prefix``."""
    if isinstance(where, str) and "://" in where:
        if not where.startswith("file://"):
            from planparse.dataset.remote_folder import RemoteFolder

            return RemoteFolder(where)
        where = where.removeprefix("file://")
    return OutputFolder(Path(where), create=create)


def _sync_folder(folder: Path) -> None:
    """Have a folder's entries written to the disk."""
    if os.name == "nt":  # Windows opens no folders, and needs no such step
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_synced(files: Mapping[Path, bytes]) -> None:
    """Write all files, then sync them: the first sync takes most of the others' work along."""
    handles: list[int] = []
    try:
        for path, content in files.items():
            handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o644)
            handles.append(handle)
            left = memoryview(content)
            while left:
                left = left[os.write(handle, left) :]
        for handle in handles:
            os.fsync(handle)
    finally:
        for handle in handles:
            os.close(handle)


class OutputFolder:
    """A ``Folder`` on a local file system: files appear whole or not at all."""

    renames = True

    def __init__(self, root: Path, *, create: bool = True) -> None:
        """Make the folder if it is not there; OutputError if that cannot be done."""
        self.root = root
        if create:
            with as_output_error(root):
                root.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        """The folder's full path."""
        return str(self.root.resolve())

    def put(self, path: str, content: bytes) -> None:
        """Publish a file: written aside, synced, renamed into place."""
        target = self.root / path
        aside = self.root / ASIDE / uuid.uuid4().hex
        with as_output_error(target):
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                aside.parent.mkdir(parents=True, exist_ok=True)
                _write_synced({aside: content})
                aside.replace(target)
                _sync_folder(target.parent)
            except OSError:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)
                raise

    def create(self, path: str, content: bytes) -> bool:
        """Write a file unless there is one; False if there is."""
        target = self.root / path
        with as_output_error(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                file = target.open("xb")
            except FileExistsError:
                return False
            with file:
                file.write(content)
        return True

    def put_aside(self, files: Mapping[str, bytes]) -> None:
        """Write files and sync them with their folders."""
        paths = {self.root / path: content for path, content in files.items()}
        folders = {path.parent for path in paths}
        with as_output_error(self.root):
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            _write_synced(paths)
            for folder in folders:
                _sync_folder(folder)

    def read(self, path: str) -> bytes:
        """Return a file's content; FileNotFoundError if it is not there."""
        return (self.root / path).read_bytes()

    def names(self, folder: str) -> list[str]:
        """List the names in a folder, in order; empty if it is not there."""
        try:
            return sorted(os.listdir(self.root / folder))  # noqa: PTH208 - names, not paths
        except (FileNotFoundError, NotADirectoryError):
            return []

    def files(self, folder: str) -> list[str]:
        """List the paths of all files under a folder, in order; empty if it is not there."""
        found = (self.root / folder).rglob("*")
        return sorted(path.relative_to(self.root).as_posix() for path in found if path.is_file())

    def exists(self, path: str) -> bool:
        """Return True if a file is there."""
        return (self.root / path).is_file()

    def move(self, path: str, to: str) -> None:
        """Rename a file, in place of another if there is one; FileNotFoundError without it."""
        source, target = self.root / path, self.root / to
        with as_output_error(target, FileNotFoundError):
            while True:
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    source.replace(target)
                except FileNotFoundError:
                    # Another worker, which moved the partition's last plan away, may have removed
                    # the folder that was just made.
                    if not source.exists():
                        raise
                else:
                    return

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the partition folders that it leaves empty."""
        target = self.root / path
        with as_output_error(target), suppress(FileNotFoundError):
            target.unlink(missing_ok=True)
            for folder in (target.parent, target.parent.parent):
                if "=" not in folder.name or any(folder.iterdir()):
                    break
                # Another worker may be about to write here: then it is not empty any more.
                with suppress(OSError):
                    folder.rmdir()

    def remove_all(self, paths: Sequence[str]) -> None:
        """Remove files, those that are there."""
        for path in paths:
            self.remove(path)

    def remove_folder(self, folder: str) -> None:
        """Remove a folder with all that is in it, if it is there."""
        with as_output_error(self.root / folder), suppress(FileNotFoundError):
            shutil.rmtree(self.root / folder)

    def sync(self, folders: Iterable[str]) -> None:
        """Have the entries of these folders written to the disk."""
        for folder in folders:
            with as_output_error(self.root / folder), suppress(FileNotFoundError):
                _sync_folder(self.root / folder)

    def sweep(self) -> None:
        """Take away what an interrupted run left aside."""
        self.remove_folder(ASIDE)
        with suppress(OSError):
            (self.root / HIDDEN).rmdir()
