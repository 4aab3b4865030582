"""A dataset in an object store or any other place that fsspec knows: s3://bucket/prefix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from planparse.errors import OutputError, as_output_error


class RemoteFolder:
    """A ``Folder`` under an fsspec URL.

    An object appears whole when all of it has arrived; renaming is copying, so a plan that takes
    the place of another is copied from aside after its entry in the journal has been written.
    """

    renames = False

    def __init__(self, url: str) -> None:
        """Connect; OutputError if the URL means nothing or its package is not installed."""
        import fsspec

        self._url = url.rstrip("/")
        try:
            self._system, self._root = fsspec.core.url_to_fs(self._url)
        except (ImportError, ValueError) as error:
            raise OutputError(
                f"{url} cannot be opened: {error}; for s3:// install the extra s3"
            ) from error
        # What other processes write must be seen at once.
        self._system.use_listings_cache = False

    @property
    def url(self) -> str:
        """The URL as given."""
        return self._url

    def _path(self, path: str) -> str:
        return f"{self._root}/{path}"

    def put(self, path: str, content: bytes) -> None:
        """Publish an object."""
        with as_output_error(f"{self._url}/{path}"):
            self._system.pipe_file(self._path(path), content)

    def create(self, path: str, content: bytes) -> bool:
        """Write an object unless there is one: the store decides between two at once."""
        with as_output_error(f"{self._url}/{path}"):
            try:
                self._system.pipe_file(self._path(path), content, mode="create")
            except FileExistsError:
                return False
        return True

    def put_aside(self, files: Mapping[str, bytes]) -> None:
        """Write objects that nobody reads yet, side by side."""
        with as_output_error(self._url):
            self._system.pipe({self._path(path): content for path, content in files.items()})

    def read(self, path: str) -> bytes:
        """Return an object's content; FileNotFoundError if it is not there."""
        content: bytes = self._system.cat_file(self._path(path))
        return content

    def names(self, folder: str) -> list[str]:
        """List the names right under a prefix, in order."""
        try:
            found: list[Any] = self._system.ls(self._path(folder), detail=False, refresh=True)
        except (FileNotFoundError, NotADirectoryError):
            return []
        names = {path.rstrip("/").rpartition("/")[2] for path in found}
        return sorted(names - {folder.rpartition("/")[2], ""})

    def files(self, folder: str) -> list[str]:
        """List the paths of all objects under a prefix, in order."""
        with suppress(FileNotFoundError):
            self._system.invalidate_cache()
            found = self._system.find(self._path(folder))
            return sorted(path.removeprefix(self._root).lstrip("/") for path in found)
        return []

    def exists(self, path: str) -> bool:
        """Return True if an object is there."""
        self._system.invalidate_cache()
        return bool(self._system.isfile(self._path(path)))

    def move(self, path: str, to: str) -> None:
        """Copy an object over another and remove it."""
        with as_output_error(f"{self._url}/{to}", FileNotFoundError):
            self._system.copy(self._path(path), self._path(to))
        self.remove(path)

    def remove(self, path: str) -> None:
        """Remove an object, if it is there."""
        with as_output_error(f"{self._url}/{path}"), suppress(FileNotFoundError):
            self._system.rm_file(self._path(path))

    def remove_all(self, paths: Sequence[str]) -> None:
        """Remove objects, those that are there, many with one request."""
        with as_output_error(self._url), suppress(FileNotFoundError):
            if paths:
                self._system.rm([self._path(path) for path in paths])

    def remove_folder(self, folder: str) -> None:
        """Remove all objects under a prefix."""
        self.remove_all(self.files(folder))

    def sync(self, folders: Iterable[str]) -> None:
        """Do nothing: what an object store has acknowledged it keeps."""
