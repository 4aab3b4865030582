"""The output folder: files appear whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from planparse.errors import OutputError

# Readers of Parquet folders pass over names that begin with a dot.
_ASIDE = ".aside"
_PLAN_ID = re.compile(r"[0-9a-f]{16}")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class OutputFolder:
    """A folder on a local file system. Paths are relative and use ``/``."""

    def __init__(self, root: Path) -> None:
        """Make the folder if it is not there; OutputError if that cannot be done."""
        self.root = root
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot write to {root}: {error.strerror or error}") from error

    def put(self, path: str, content: bytes) -> None:
        """Publish a file: written aside, synced, renamed into place; OutputError if impossible."""
        target = self.root / path
        aside: str | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.root / _ASIDE).mkdir(exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=self.root / _ASIDE)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp makes a file that only its owner can read; a data set is there to be read.
            Path(aside).chmod(0o644)
            Path(aside).replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            if aside is not None:
                Path(aside).unlink(missing_ok=True)
            raise OutputError(f"cannot write {target}: {error.strerror or error}") from error

    def files_of(self, table: str, plan_id: str) -> list[str]:
        """List the files of a plan in a table, in whatever partition."""
        if not _PLAN_ID.fullmatch(plan_id):
            raise ValueError(f"no plan_id: {plan_id!r}")
        found = (self.root / table).glob(f"roc_year=*/district=*/{plan_id}.parquet")
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def remove(self, path: str) -> None:
        """Remove a file and the partition folders that it leaves empty."""
        target = self.root / path
        try:
            target.unlink(missing_ok=True)
            for folder in (target.parent, target.parent.parent):
                if any(folder.iterdir()):
                    break
                folder.rmdir()
        except OSError as error:
            raise OutputError(f"cannot remove {target}: {error.strerror or error}") from error

    def sweep(self) -> None:
        """Take away what an interrupted run left aside."""
        aside = self.root / _ASIDE
        try:
            for path in aside.iterdir() if aside.is_dir() else ():
                path.unlink(missing_ok=True)
            if aside.is_dir():
                aside.rmdir()
        except OSError as error:
            raise OutputError(f"cannot tidy {aside}: {error.strerror or error}") from error
