"""The output folder on a local file system: files appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from planparse.dataset.folder import ASIDE, HIDDEN
from planparse.errors import OutputError


def sync_folder(folder: Path) -> None:
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


@contextmanager
def _as_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


class OutputFolder:
    """A ``Folder`` on a local file system."""

    renames = True

    def __init__(self, root: Path, *, create: bool = True) -> None:
        """Make the folder if it is not there; OutputError if that cannot be done."""
        self.root = root
        if create:
            try:
                root.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"cannot write to {root}: {error.strerror or error}") from error

    @property
    def url(self) -> str:
        """The folder's full path."""
        return str(self.root.resolve())

    def put(self, path: str, content: bytes) -> None:
        """Publish a file: written aside, synced, renamed into place; OutputError if impossible."""
        target = self.root / path
        aside = self.root / ASIDE / uuid.uuid4().hex
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside.parent.mkdir(parents=True, exist_ok=True)
            _write_synced({aside: content})
            aside.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise OutputError(f"cannot write {target}: {error.strerror or error}") from error

    def create(self, path: str, content: bytes) -> bool:
        """Write a file unless there is one; False if there is."""
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(content)
        except FileExistsError:
            return False
        except OSError as error:
            raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
        return True

    def put_aside(self, files: Mapping[str, bytes]) -> None:
        """Write files and sync them with their folders; OutputError if impossible."""
        paths = {self.root / path: content for path, content in files.items()}
        folders = {path.parent for path in paths}
        with _as_output_error(self.root):
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            _write_synced(paths)
            for folder in folders:
                sync_folder(folder)

    def read(self, path: str) -> bytes:
        """Give a file's content; FileNotFoundError if it is not there."""
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
        """Tell whether a file is there."""
        return (self.root / path).is_file()

    def move(self, path: str, to: str) -> None:
        """Rename a file, in place of another if there is one; FileNotFoundError without it."""
        source, target = self.root / path, self.root / to
        with _as_output_error(target):
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
        with _as_output_error(target), suppress(FileNotFoundError):
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
        with _as_output_error(self.root / folder), suppress(FileNotFoundError):
            shutil.rmtree(self.root / folder)

    def sync(self, folders: Iterable[str]) -> None:
        """Have the entries of these folders written to the disk."""
        for folder in folders:
            with _as_output_error(self.root / folder), suppress(FileNotFoundError):
                sync_folder(self.root / folder)

    def sweep(self) -> None:
        """Take away what an interrupted run left aside."""
        self.remove_folder(ASIDE)
        with suppress(OSError):
            (self.root / HIDDEN).rmdir()
