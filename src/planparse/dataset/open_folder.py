"""Open the folder of a dataset; apart from ``folder``, which both kinds of folder import."""

from __future__ import annotations

from pathlib import Path

from planparse.dataset.folder import Folder
from planparse.dataset.local_folder import OutputFolder


def open_folder(where: str | Path, *, create: bool = True) -> Folder:
    """Open a local folder or an fsspec URL, ``s3://bucket/prefix``."""
    if isinstance(where, str) and "://" in where:
        if not where.startswith("file://"):
            from planparse.dataset.remote_folder import RemoteFolder

            return RemoteFolder(where)
        where = where.removeprefix("file://")
    return OutputFolder(Path(where), create=create)
