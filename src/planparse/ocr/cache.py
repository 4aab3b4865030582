"""Recognitions kept on disk: a picture that was read once is not read again.

One file per page picture; its name is the digest of the picture and of the engine's name and
version. Inside, each recognition stands under the digest of its line's own pixels: lines that are
cut in another way never meet an old one. A file that cannot be read counts as absent.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planparse.ocr.picture import Pixels
from planparse.ocr.recognition import Crop, Engine, Glyph, Recognition

LARGEST = 200_000_000
"""Bytes of all files together (a page takes about 10 kB); the oldest go first."""


def recognition_to_json(recognition: Recognition) -> list[Any]:
    """Return a recognition as plain lists."""
    return [
        [
            glyph.start,
            glyph.stop,
            glyph.peak,
            int(glyph.faint),
            [list(r) for r in glyph.alternatives],
        ]
        for glyph in recognition.glyphs
    ]


def recognition_from_json(found: list[Any]) -> Recognition:
    """Return the recognition of plain lists; ValueError, TypeError or IndexError if it is none."""
    return Recognition(
        tuple(
            Glyph(
                int(start),
                int(stop),
                int(peak),
                tuple((str(text), float(chance)) for text, chance in alternatives),
                bool(faint),
            )
            for start, stop, peak, faint, alternatives in found
        )
    )


def cache_folder() -> Path:
    """Return the folder of the user's cache; it need not exist."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("planparse", appauthor=False)) / "ocr"


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()


def _line_key(crop: Crop) -> str:
    return _digest(str(crop.pixels.shape).encode(), crop.pixels.tobytes())[:24]


class CachedEngine:
    """An engine for one page picture, whose recognitions are kept in ``folder``."""

    def __init__(self, engine: Engine, picture: Pixels, folder: Path | None = None) -> None:
        self._engine = engine
        shape = str(picture.shape).encode()
        key = _digest(engine.name.encode(), shape, picture.tobytes())
        self._file = (folder or cache_folder()) / key[:2] / f"{key}.json.gz"
        self._known = _load(self._file)
        self._new = False

    @property
    def name(self) -> str:
        """Name and version of the engine behind."""
        return self._engine.name

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Read each line, from the cache where it is known."""
        keys = [_line_key(crop) for crop in crops]
        wanted = {
            key: crop for key, crop in zip(keys, crops, strict=True) if key not in self._known
        }
        if wanted:
            recognitions = self._engine.read(list(wanted.values()))
            self._known |= dict(zip(wanted, recognitions, strict=True))
            self._new = True
        return [self._known[key] for key in keys]

    def save(self) -> None:
        """Write what is new; a cache that cannot be written is done without."""
        if not self._new:
            return
        content = {
            key: recognition_to_json(recognition) for key, recognition in self._known.items()
        }
        data = gzip.compress(json.dumps(content, ensure_ascii=False).encode(), 6, mtime=0)
        try:
            _write(self._file, data)
            _prune(self._file.parent.parent)
        except OSError:
            return
        self._new = False


def _load(file: Path) -> dict[str, Recognition]:
    try:
        found = json.loads(gzip.decompress(file.read_bytes()))
        return {str(key): recognition_from_json(entry) for key, entry in found.items()}
    except (OSError, EOFError, ValueError, TypeError, IndexError, AttributeError):
        return {}


def _write(file: Path, data: bytes) -> None:
    """Write beside and rename: another process sees the old file or the whole new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    """Remove the files that were written longest ago until the rest is small enough."""
    files = [(path.stat().st_mtime, path.stat().st_size, path) for path in folder.glob("*/*.gz")]
    excess = sum(size for _, size, _ in files) - LARGEST
    for _, size, path in sorted(files):
        if excess <= 0:
            return
        path.unlink(missing_ok=True)
        excess -= size
