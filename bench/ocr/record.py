"""Record the engine's answers for the scans of the corpus: ``python -m bench.ocr.record [NAME]``.

Tests and ``make check`` replay them, so that neither needs the engine. Record again when lines
are cut in another way or another version of the engine is to be used, and look at the difference
that ``make check`` prints before committing.
"""

from __future__ import annotations

import sys

from planparse.ocr.engine import rapidocr_engine
from planparse.ocr.read_scanned_page import reading_with
from planparse.ocr.recorded import RecordingEngine
from planparse.read_document import read_document
from tests.corpus.documents import ROOT, documents


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
