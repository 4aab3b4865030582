"""Recorded answers in place of the engine: for tests and checks without it.

A line is found again by its place and by a thumbnail of its picture, not by a digest: another
build of MuPDF or OpenCV moves single grey levels, and a line is the same line all the same.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planparse.extract.ocr.answers import Answer, Crop, Engine
from planparse.extract.ocr.cache import answer_from_json, answer_to_json

PLACE = 3.0
"""Pixels of the page by which a recorded line may be off."""

LIKE = 12.0
"""Grey levels by which its thumbnail may differ on average."""

THUMB = (16, 4)


class NotRecordedError(LookupError):
    """A line has no recorded answer; the message says how to record again."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One line: its place, its thumbnail, and what the engine answered."""

    place: tuple[float, float, float, float]
    thumb: NDArray[np.float32]
    answer: Answer


def _place(crop: Crop) -> tuple[float, float, float, float]:
    box = crop.box
    return (float(box.left), float(box.top), float(box.right), float(box.bottom))


def _thumb(crop: Crop) -> NDArray[np.float32]:
    import cv2

    small = cv2.resize(crop.pixels, THUMB, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).ravel()


class RecordingEngine:
    """Passes lines on to an engine and remembers its answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lines: list[list[Any]] = []

    @property
    def name(self) -> str:
        """Name of the engine behind."""
        return self._engine.name

    def read(self, crops: Sequence[Crop]) -> list[Answer]:
        """Read each line."""
        answers = self._engine.read(crops)
        for crop, answer in zip(crops, answers, strict=True):
            place = [round(value, 1) for value in _place(crop)]
            thumb = [int(value) for value in _thumb(crop)]
            self._lines.append([place, thumb, answer_to_json(answer)])
        return answers

    def save(self, file: Path) -> None:
        """Write the recording."""
        content = {"engine": self._engine.name, "lines": self._lines}
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        file.write_bytes(gzip.compress(data, 9, mtime=0))


class RecordedEngine:
    """Answers from a recording."""

    def __init__(self, file: Path) -> None:
        content = json.loads(gzip.decompress(file.read_bytes()))
        self._file = file
        self._name = str(content["engine"])
        self._lines = [
            Recording(tuple(place), np.asarray(thumb, np.float32), answer_from_json(answer))
            for place, thumb, answer in content["lines"]
        ]

    @property
    def name(self) -> str:
        """Name of the engine whose answers these are."""
        return self._name

    def read(self, crops: Sequence[Crop]) -> list[Answer]:
        """Give the recorded answers; NotRecordedError."""
        return [self._answer(crop) for crop in crops]

    def _answer(self, crop: Crop) -> Answer:
        place, thumb = _place(crop), _thumb(crop)
        near = [
            (float(np.abs(line.thumb - thumb).mean()), at)
            for at, line in enumerate(self._lines)
            if all(abs(a - b) <= PLACE for a, b in zip(line.place, place, strict=True))
        ]
        if not near or min(near)[0] > LIKE:
            raise NotRecordedError(
                f"{self._file.name} has no answer for the line at {place}: lines are cut in "
                "another way now; record again with `python -m bench.ocr.record`"
            )
        return self._lines[min(near)[1]].answer
