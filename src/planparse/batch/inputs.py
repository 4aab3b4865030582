"""What a run reads: files of a folder or an address, their digests, passwords, rules."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from planparse import __version__
from planparse.dataset.writing import SCHEMA_VERSION, library_versions
from planparse.errors import InputError, RulesError
from planparse.model.printable import printable

# Hashing waits for the disk or the network most of the time.
_HASHED_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Source:
    """An input file: its path in the input folder, and where to open it."""

    path: str
    location: str


def is_url(where: str | Path) -> bool:
    """Return True if this is an fsspec URL rather than a path."""
    return isinstance(where, str) and "://" in where


def _local_sources(source: Path) -> Iterator[Source]:
    if source.is_file():
        yield Source(printable(source.name), str(source.resolve()))
        return
    if not source.is_dir():
        raise InputError(f"{source} is not there; give a folder of PDF files or one file")
    for folder, _, names in os.walk(source.resolve()):
        for name in names:
            if name.lower().endswith(".pdf") and not name.startswith("."):
                path = os.path.join(folder, name)  # noqa: PTH118 - a Path for each of ten million
                if os.path.isfile(path):  # noqa: PTH113
                    relative = os.path.relpath(path, source.resolve()).replace(os.sep, "/")
                    yield Source(printable(relative), path)


def file_system(url: str) -> tuple[Any, str]:
    """Return the fsspec file system of a URL and the path in it; InputError if there is none."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url} cannot be opened: {error}; for s3:// install the extra s3") from (
            error
        )
    return system, path


def _remote_sources(url: str) -> Iterator[Source]:
    system, root = file_system(url)
    protocol = url.split("://", 1)[0]
    try:
        if system.isfile(root):
            yield Source(printable(root.rpartition("/")[2]), url)
            return
        found = system.find(root)
    except (OSError, ValueError) as error:
        raise InputError(f"{url} cannot be read: {error}") from error
    for path in found:
        relative = path.removeprefix(root).lstrip("/")
        name = relative.rpartition("/")[2]
        if name.lower().endswith(".pdf") and not name.startswith("."):
            yield Source(printable(relative), f"{protocol}://{path}")


def find_sources(where: str | Path) -> list[Source]:
    """List the PDF files of a folder, those of folders inside it too, or the one file given.

    They come in the order of their paths. InputError if there are none.
    """
    found = _remote_sources(str(where)) if is_url(where) else _local_sources(Path(where))
    sources = sorted(found, key=lambda one: one.path)
    if not sources:
        raise InputError(f"{where} holds no PDF file")
    return sources


def read_content(location: str) -> bytes:
    """Return a file's content; OSError if it cannot be read."""
    if not is_url(location):
        return Path(location).read_bytes()
    system, path = file_system(location)
    content: bytes = system.cat_file(path)
    return content


def content_hash(location: str) -> str | None:
    """Return the sha256 of a file; None if it cannot be read."""
    try:
        if is_url(location):
            return hashlib.sha256(read_content(location)).hexdigest()
        with Path(location).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def hash_all(sources: Iterable[Source]) -> list[str | None]:
    """Return the sha256 of every file, None for one that cannot be read."""
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        return list(pool.map(content_hash, [one.location for one in sources]))


def read_rules(path: Path | None) -> str | None:
    """Return the content of a rules file; RulesError if it cannot be read."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"cannot read {path}: {error}") from error


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """Return the lines of a password file; InputError if it cannot be read."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}") from error
    return tuple(line for line in lines if line)


# What these hold changes how a run goes or what is told of it, not what a file becomes.
_WITHOUT_EFFECT = frozenset({"batch", "cli", "review", "study", "__pycache__"})


def _add(digest: hashlib._Hash, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name in _WITHOUT_EFFECT:
            continue
        if entry.is_dir():
            _add(digest, entry)
        elif entry.name.endswith((".py", ".toml")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")


@cache
def program_digest() -> str:
    """Return the sha256 of the program's own files: a version number may lag behind the code."""
    digest = hashlib.sha256()
    _add(digest, files("planparse"))
    return digest.hexdigest()


def fingerprint(source_file: str, rules: str | None, options: tuple[str, ...] = ()) -> str:
    """Return 16 hex digits that change with anything that could change a file's rows.

    ``rules`` is the content of the rules file, ``options`` what the parser is told beside. The
    name is in it, for rows hold it.
    """
    parts = [
        *(SCHEMA_VERSION, __version__, program_digest(), library_versions()),
        *(source_file, rules and hashlib.sha256(rules.encode()).hexdigest(), options),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
