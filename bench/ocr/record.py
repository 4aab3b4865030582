"""Record what the engine reads of the corpus's scans: ``python -m bench.ocr.record [NAME]``.

Tests and ``make check`` replay them, so that neither needs the engine. Record again when lines
are cut in another way or another version of the engine is to be used, and look at the difference
that ``make check`` prints before committing.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planparse.ocr import reading_with
from planparse.ocr.cache import recognition_to_json
from planparse.ocr.engine import rapidocr_engine
from planparse.ocr.recognition import Crop, Engine, Recognition
from planparse.ocr.recorded import place_of, thumbnail_of
from planparse.read_document import read_document
from tests.corpus.documents import ROOT, documents


class RecordingEngine:
    """Passes lines on to an engine and remembers its recognitions."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self._engine = engine
        self._lines: dict[str, list[Any]] = {}

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Read each line."""
        recognitions = self._engine.read(crops)
        for crop, recognition in zip(crops, recognitions, strict=True):
            key = [place_of(crop), [int(value) for value in thumbnail_of(crop)]]
            self._lines[json.dumps(key)] = [*key, recognition_to_json(recognition)]
        return recognitions

    def save(self, file: Path) -> None:
        """Write the recording."""
        content = {"engine": self.name, "lines": list(self._lines.values())}
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        file.write_bytes(gzip.compress(data, 9, mtime=0))


def main(name: str = "") -> int:
    """Read each scan whose name contains ``name`` and write what the engine answered."""
    for one in documents(("known", "scans")):
        if one.answers is None or one.file is None or name not in one.name:
            continue
        engine = RecordingEngine(rapidocr_engine())
        with reading_with(engine):
            read_document(one.file)
        one.answers.mkdir(parents=True, exist_ok=True)
        file = one.answers / f"{one.name}.json.gz"
        engine.save(file)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
