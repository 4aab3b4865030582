"""Time of OCR beside RapidOCR's own call on the same pictures: ``python -m bench.ocr``.

Both read the same grey pages of the Fengshan scan in one process and one run, turn about; of each
several rounds are made and the fastest counts, for that is the one least disturbed. The clock's
seconds suffer from what else the machine does, the processor's (of all threads) hardly. Neither
uses a cache.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from rapidocr import RapidOCR

from planparse.ocr.engine import RapidOcrEngine
from planparse.ocr.picture import PagePicture, take_picture
from planparse.ocr.read_page_picture import read_page_picture
from planparse.ocr.recognition import Crop, Recognition

ROOT = Path(__file__).parents[2]
PAGES = (0, 3, 7)
ROUNDS = 3


class TimedEngine:
    """Passes lines on to the engine and sums up its seconds."""

    def __init__(self, engine: RapidOcrEngine) -> None:
        self.name = engine.name
        self.seconds = 0.0
        self._engine = engine

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Read each line."""
        start = time.perf_counter()
        recognitions = self._engine.read(crops)
        self.seconds += time.perf_counter() - start
        return recognitions


def _timed(call: Callable[[Any], object], argument: object) -> tuple[float, float]:
    """Return the seconds of the clock and of the processor."""
    start, work = time.perf_counter(), time.process_time()
    call(argument)
    return time.perf_counter() - start, time.process_time() - work


def _round(picture: PagePicture, engine: RapidOcrEngine, theirs: RapidOCR) -> list[float]:
    """Time both once: clock and processor of RapidOCR, of planparse, seconds of recognising."""
    timed = TimedEngine(engine)
    colour = cv2.cvtColor(picture.pixels, cv2.COLOR_GRAY2BGR)
    full = _timed(theirs, colour)
    whole = _timed(lambda one: read_page_picture(one, 1, timed), picture)
    return [*full, *whole, timed.seconds]


def main() -> int:
    """Print one line per page and the whole."""
    logging.disable(logging.INFO)
    engine, theirs = RapidOcrEngine(), RapidOCR()
    total = np.zeros(5)
    print("       RapidOCR           planparse          planparse / RapidOCR  of which")
    print("page   clock  processor   clock  processor   clock  processor      recognising")
    with pymupdf.open(ROOT / "raw_pdfs" / "fengshan-112.pdf") as document:
        for page in PAGES:
            picture = take_picture(document[page])
            best = np.full(5, np.inf)
            for _ in range(ROUNDS):
                best = np.minimum(best, _round(picture, engine, theirs))
            total += best
            _show(str(page + 1), best)
    _show("all", total)
    return 0


def _show(what: str, seconds: np.ndarray) -> None:
    full, full_work, whole, work, reading = seconds
    print(
        f"{what:>4} {full:6.2f} s {full_work:8.2f} s {whole:6.2f} s {work:8.2f} s"
        f" {whole / full:7.0%} {work / full_work:10.0%} {reading:13.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
