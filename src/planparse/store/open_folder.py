"""Open the place of a data set, whatever it is."""

from __future__ import annotations

from pathlib import Path

from planparse.store.folder import Folder
from planparse.store.output_folder import OutputFolder


def open_folder(where: str | Path, *, create: bool = True) -> Folder:
    """Open a local folder or an fsspec URL, ``s3://bucket/prefix``."""
    if isinstance(where, str) and "://" in where:
        if not where.startswith("file://"):
            from planparse.store.remote_folder import RemoteFolder

            return RemoteFolder(where)
        where = where.removeprefix("file://")
    return OutputFolder(Path(where), create=create)
