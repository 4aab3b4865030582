"""Recorded recognitions in place of the engine: for tests and checks without it.

A line is found again by its place and by a thumbnail of its picture, not by a digest: another
build of MuPDF or OpenCV moves single grey levels, and a line is the same line all the same.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.cache import recognition_from_json
from planparse.ocr.recognition import Crop, Engine, Recognition

PLACE = 3.0
"""Pixels of the page by which a recorded line may be off."""

LIKE = 12.0
"""Grey levels by which its thumbnail may differ on average."""

THUMB = (16, 4)
"""Pixels of a thumbnail, across and down."""


class NotRecordedError(LookupError):
    """A line has no recorded recognition; the message names the command that records again."""


def place_of(crop: Crop) -> list[float]:
    """Return left, top, right and bottom of a line in pixels of the page."""
    box = crop.box
    return [round(float(value), 1) for value in (box.left, box.top, box.right, box.bottom)]


def thumbnail_of(crop: Crop) -> NDArray[np.float32]:
    """Return the grey levels of a line's picture, made small."""
    import cv2

    small = cv2.resize(crop.pixels, THUMB, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).ravel()


class RecordedEngine:
    """Recognitions from recordings; lines that none of them holds go to ``fallback``."""

    def __init__(self, files: Sequence[Path], fallback: Callable[[], Engine] | None = None) -> None:
        self._fallback = fallback
        contents = [json.loads(gzip.decompress(file.read_bytes())) for file in files]
        lines = [line for content in contents for line in content["lines"]]
        self._name = f"recorded {' '.join(sorted({str(one['engine']) for one in contents}))}"
        self._places = np.array([place for place, _, _ in lines]).reshape(-1, 4)
        self._thumbs = np.array([thumb for _, thumb, _ in lines], np.float32)
        self._recognitions = [recognition_from_json(found) for _, _, found in lines]

    @property
    def name(self) -> str:
        """Name of the engine whose recognitions these are."""
        return self._name

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Return what was recorded; NotRecordedError where nothing was and no fallback is there."""
        found = [self._find(crop) for crop in crops]
        missing = [crop for crop, known in zip(crops, found, strict=True) if known is None]
        if missing and self._fallback is None:
            raise NotRecordedError(
                f"no recording has an answer for the line at {place_of(missing[0])}: lines are cut"
                " in another way now; record again with `python -m bench.ocr.record`"
            )
        rest = iter(self._fallback().read(missing) if missing and self._fallback else [])
        return [next(rest) if known is None else known for known in found]

    def _find(self, crop: Crop) -> Recognition | None:
        (near,) = np.nonzero((np.abs(self._places - place_of(crop)) <= PLACE).all(axis=1))
        if not len(near):
            return None
        unlike = np.abs(self._thumbs[near] - thumbnail_of(crop)).mean(axis=1)
        best = int(unlike.argmin())
        return self._recognitions[near[best]] if unlike[best] <= LIKE else None
