"""Recorded answers in place of the engine: for tests and checks without it.

A line is found again by its place and by a thumbnail of its picture, not by a digest: another
build of MuPDF or OpenCV moves single grey levels, and a line is the same line all the same.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.cache import answer_from_json, answer_to_json
from planparse.ocr.recognition import Answer, Crop, Engine

PLACE = 3.0
"""Pixels of the page by which a recorded line may be off."""

LIKE = 12.0
"""Grey levels by which its thumbnail may differ on average."""

THUMB = (16, 4)
SQUARE = 32


class NotRecordedError(LookupError):
    """A line has no recorded answer; the message says how to record again."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One line: its place, its thumbnail, and what the engine answered."""

    place: tuple[float, ...]
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
        self._lines: dict[str, list[Any]] = {}

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
            line = [place, thumb, answer_to_json(answer)]
            self._lines[json.dumps(line[:2])] = line
        return answers

    def save(self, file: Path) -> None:
        """Write the recording."""
        content = {"engine": self._engine.name, "lines": list(self._lines.values())}
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        file.write_bytes(gzip.compress(data, 9, mtime=0))


class RecordedEngine:
    """Answers from recordings; lines that none of them holds go to ``fallback``."""

    def __init__(self, files: Sequence[Path], fallback: Callable[[], Engine] | None = None) -> None:
        self._fallback = fallback
        self._names: list[str] = []
        self._lines: dict[tuple[int, int], list[Recording]] = {}
        for file in files:
            content = json.loads(gzip.decompress(file.read_bytes()))
            self._names.append(str(content["engine"]))
            for place, thumb, answer in content["lines"]:
                line = Recording(
                    tuple(place), np.asarray(thumb, np.float32), answer_from_json(answer)
                )
                self._lines.setdefault(_square(line.place), []).append(line)

    @property
    def name(self) -> str:
        """Name of the engine whose answers these are."""
        return f"recorded {' '.join(sorted(set(self._names)))}"

    def read(self, crops: Sequence[Crop]) -> list[Answer]:
        """Give the recorded answers; NotRecordedError where there is none and no fallback."""
        found = [self._answer(crop) for crop in crops]
        missing = [crop for crop, answer in zip(crops, found, strict=True) if answer is None]
        if missing and self._fallback is None:
            raise NotRecordedError(
                f"no recording has an answer for the line at {_place(missing[0])}: lines are cut "
                "in another way now; record again with `python -m bench.ocr.record`"
            )
        rest = iter(self._fallback().read(missing) if missing and self._fallback else [])
        return [next(rest) if answer is None else answer for answer in found]

    def _answer(self, crop: Crop) -> Answer | None:
        place, thumb = _place(crop), _thumb(crop)
        across, down = _square(place)
        near = [
            (float(np.abs(line.thumb - thumb).mean()), line.answer)
            for x in (across - 1, across, across + 1)
            for y in (down - 1, down, down + 1)
            for line in self._lines.get((x, y), ())
            if all(abs(a - b) <= PLACE for a, b in zip(line.place, place, strict=True))
        ]
        if not near:
            return None
        unlike, answer = min(near, key=lambda entry: entry[0])
        return answer if unlike <= LIKE else None


def _square(place: tuple[float, ...]) -> tuple[int, int]:
    """Give the square of the page in which a line begins."""
    return int(place[0] // SQUARE), int(place[1] // SQUARE)
