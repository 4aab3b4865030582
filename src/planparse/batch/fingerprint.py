"""What, beside its content, decides what a file becomes: program, rules, libraries."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from planparse import __version__
from planparse.store.tables import SCHEMA_VERSION
from planparse.store.write_run import library_versions

# What these hold changes how a run goes or what is told of it, not what a file becomes.
_WITHOUT_EFFECT = frozenset({"batch", "cli", "publish", "review", "study", "__pycache__"})


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
    """Give the sha256 of the program's own files: a version number may lag behind the code."""
    digest = hashlib.sha256()
    _add(digest, files("planparse"))
    return digest.hexdigest()


def fingerprint(source_file: str, rules: str | None, options: tuple[str, ...] = ()) -> str:
    """Give 16 hex digits that change with anything that could change a file's rows.

    ``rules`` is the content of the rules file, ``options`` what the parser is told beside. The
    name is in it, for rows hold it.
    """
    parts = [
        *(SCHEMA_VERSION, __version__, program_digest(), library_versions()),
        *(source_file, rules and hashlib.sha256(rules.encode()).hexdigest(), options),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
