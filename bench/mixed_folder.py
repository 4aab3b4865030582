"""A folder of plans and of manuals in English: python -m bench.mixed_folder.

Measures a whole run with nothing kept from before: with the known scan read by the engine, with
its recorded answers, and without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.made_manual import made_manual

ROOT = Path(__file__).parents[1]
SCAN = "fengshan-112.pdf"
MANUALS, PAGES = 10, 50
_RUN = "from planparse.cli import main; main()"


def _fill(source: Path) -> None:
    """Put the known plans and the manuals into a folder."""
    source.mkdir()
    for plan in sorted((ROOT / "raw_pdfs").glob("*.pdf")):
        (source / plan.name).write_bytes(plan.read_bytes())
    for seed in range(MANUALS):
        (source / f"manual-{seed}.pdf").write_bytes(made_manual(seed, PAGES))


def _seconds(source: Path, out: Path, *options: str, **environment: str) -> float:
    """Return the seconds of a run into an empty folder with an empty cache of OCR."""
    command = [sys.executable, "-c", _RUN, "run", str(source), "--out", str(out), *options]
    start = perf_counter()
    environment = {**os.environ, "XDG_CACHE_HOME": str(out.with_suffix(".cache")), **environment}
    subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603 - ours
    return perf_counter() - start


def main() -> None:
    """Print the seconds of each run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / "in"
        _fill(source)
        print(f"{len(list(source.iterdir()))} files, {MANUALS} of them manuals of {PAGES} pages")
        print(f"all: {_seconds(source, place / 'a'):.1f} s")
        print(f"all, --jobs 1: {_seconds(source, place / 'b', '--jobs', '1'):.1f} s")
        answers = {"PLANPARSE_OCR_ANSWERS": str(ROOT / "tests" / "ocr_answers")}
        print(f"all, recorded answers: {_seconds(source, place / 'c', **answers):.1f} s")
        (source / SCAN).unlink()
        print(f"without the scan: {_seconds(source, place / 'd'):.1f} s")


if __name__ == "__main__":
    main()
