"""Time of OCR beside RapidOCR's own call on the same pictures: ``python -m bench.ocr``.

Both read the same grey pages of the Fengshan scan in one process and one run, turn about; of each
several rounds are made and the fastest counts, for that is the one least disturbed. Neither uses
a cache.
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

from planparse.extract.ocr.answers import Answer, Crop
from planparse.extract.ocr.engine import RapidOcrEngine
from planparse.extract.ocr.picture import PagePicture, take_picture
from planparse.extract.ocr.read_page_picture import read_page_picture

ROOT = Path(__file__).parents[2]
PAGES = (0, 3, 7)
ROUNDS = 3


class TimedEngine:
    """Passes lines on to the engine and sums up its seconds."""

    def __init__(self, engine: RapidOcrEngine) -> None:
        self.name = engine.name
        self.seconds = 0.0
        self._engine = engine

    def read(self, crops: Sequence[Crop]) -> list[Answer]:
        """Read each line."""
        start = time.perf_counter()
        answers = self._engine.read(crops)
        self.seconds += time.perf_counter() - start
        return answers


def _timed(call: Callable[[Any], object], argument: object) -> float:
    start = time.perf_counter()
    call(argument)
    return time.perf_counter() - start


def _ours(picture: PagePicture, engine: RapidOcrEngine) -> tuple[float, float]:
    timed = TimedEngine(engine)
    whole = _timed(lambda one: read_page_picture(one, 1, timed), picture)
    return whole, timed.seconds


def main() -> int:
    """Print a line a page and the whole."""
    logging.disable(logging.INFO)
    engine, theirs = RapidOcrEngine(), RapidOCR()
    total = np.zeros(3)
    print("page   RapidOCR    planparse  of which recognising   part of RapidOCR's time")
    with pymupdf.open(ROOT / "raw_pdfs" / "fengshan-112.pdf") as document:
        for page in PAGES:
            picture = take_picture(document[page])
            colour = cv2.cvtColor(picture.pixels, cv2.COLOR_GRAY2BGR)
            best = np.full(3, np.inf)
            for _ in range(ROUNDS):
                whole, reading = _ours(picture, engine)
                best = np.minimum(best, [_timed(theirs, colour), whole, reading])
            total += best
            _show(str(page + 1), best)
    _show("all", total)
    return 0


def _show(what: str, seconds: np.ndarray) -> None:
    full, whole, reading = seconds
    print(f"{what:>4}   {full:6.2f} s   {whole:8.2f} s   {reading:17.2f} s   {whole / full:18.0%}")


if __name__ == "__main__":
    sys.exit(main())
