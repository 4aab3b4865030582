"""Record the engine's answers for the Fengshan scan: ``python -m bench.ocr.record``.

Tests and ``make check`` replay them, so that neither needs the engine. Record again when lines
are cut in another way or another version of the engine is to be used, and look at the difference
that ``make check`` prints before committing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from planparse.extract.ocr.engine import rapidocr_engine
from planparse.extract.ocr.read_scanned_page import reading_with
from planparse.extract.ocr.recorded import RecordingEngine
from planparse.extract.read_document import read_document

ROOT = Path(__file__).parents[2]
SCANS = ("fengshan-112.pdf",)
FOLDER = ROOT / "tests" / "ocr_answers"


def main() -> int:
    """Read each scan with the engine and write what it answered."""
    for name in SCANS:
        engine = RecordingEngine(rapidocr_engine())
        with reading_with(engine):
            read_document(ROOT / "raw_pdfs" / name)
        file = FOLDER / f"{Path(name).stem}.json.gz"
        engine.save(file)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
