"""The recogniser: pictures of lines in, characters with their alternatives out.

The model is RapidOCR's own (PP-OCRv6, in its wheel), run by onnxruntime without RapidOCR's
pipeline: lines are known from the rulings, so its detection and its turning of lines are not
needed, and the raw output has where each character stands and what else it might be.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.picture import Pixels
from planparse.ocr.recognition import (
    LINE_HEIGHT,
    STEP,
    Crop,
    EngineMissingError,
    Glyph,
    Recognition,
)
from planparse.process import processors

MOST_ALTERNATIVES, LEAST_CHANCE = 6, 5e-4
"""How many alternatives a glyph keeps, and the least chance of all but the first."""

FAINT = 0.02
"""A character that white beat, but that had this chance, is kept as a faint one."""


def _model_path() -> Path:
    found = find_spec("rapidocr")
    folders = [Path(at) for at in (found.submodule_search_locations or ())] if found else []
    models = [path for at in folders for path in sorted((at / "models").glob("*_rec_*.onnx"))]
    if not models:
        raise EngineMissingError("OCR needs RapidOCR and its models: run `pip install rapidocr`")
    return models[0]


class RapidOcrEngine:
    """RapidOCR's recogniser on onnxruntime; ``threads`` lines at a time (None: one per core)."""

    def __init__(self, threads: int | None = None) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise EngineMissingError("OCR needs onnxruntime: `pip install onnxruntime`") from error
        path = _model_path()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        # Lines one by one on as many threads as there are cores beat batches: no padding, and a
        # line's result does not depend on its neighbours. docs/ocr.md has the figures.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        characters = self._session.get_modelmeta().custom_metadata_map["character"]
        self._alphabet = ["", *characters.splitlines(), " "]
        self._input = self._session.get_inputs()[0].name
        self._threads = threads or processors()
        self._name = f"rapidocr {version('rapidocr')} {path.stem}"

    @property
    def name(self) -> str:
        """Name and version of the engine and its model."""
        return self._name

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        """Read each line."""
        lines = [crop.pixels for crop in crops]
        # The longest first: no thread is left with a long line at the end.
        order = sorted(range(len(lines)), key=lambda at: -lines[at].shape[1])
        with ThreadPoolExecutor(self._threads) as pool:
            found = dict(zip(order, pool.map(lambda at: self._read(lines[at]), order), strict=True))
        return [found[at] for at in range(len(lines))]

    def _read(self, line: Pixels) -> Recognition:
        wide = line.shape[1]
        padded = max(-(-wide // STEP) * STEP, 2 * STEP)
        picture = np.zeros((1, 3, LINE_HEIGHT, padded), np.float32)
        picture[0, :, :, :wide] = line.astype(np.float32) / 127.5 - 1.0
        chances: Any = self._session.run(None, {self._input: picture})[0][0]
        return decode(chances, self._alphabet)


@cache
def rapidocr_engine() -> RapidOcrEngine:
    """Return the process's engine, loaded on first use; EngineMissingError."""
    return RapidOcrEngine()


def decode(chances: NDArray[np.float32], alphabet: Sequence[str]) -> Recognition:
    """Return the glyphs of a line; ``chances`` per step (CTC), class 0 is white."""
    best = chances.argmax(axis=1)
    glyphs: list[Glyph] = []
    changes = (np.flatnonzero(np.diff(best)) + 1).tolist()
    for start, stop in pairwise([0, *changes, len(best)]):
        if best[start]:
            peak = start + int(chances[start:stop, best[start]].argmax())
            glyphs.append(Glyph(start, stop, peak, _alternatives(chances[peak], alphabet)))
        else:
            glyphs += _faint(chances, start, stop, alphabet)
    return Recognition(tuple(glyphs))


def _alternatives(
    step: NDArray[np.float32], alphabet: Sequence[str]
) -> tuple[tuple[str, float], ...]:
    step = step[1:]
    top = np.argpartition(step, -MOST_ALTERNATIVES)[-MOST_ALTERNATIVES:]
    ranked = sorted(top, key=lambda at: -float(step[at]))
    return tuple(
        (alphabet[at + 1], round(float(step[at]), 4))
        for at in ranked
        if at == ranked[0] or step[at] >= LEAST_CHANCE
    )


def _faint(
    chances: NDArray[np.float32], start: int, stop: int, alphabet: Sequence[str]
) -> list[Glyph]:
    """Return the surest character inside a stretch of white, if it had a chance at all."""
    part = chances[start:stop, 1:].max(axis=1)
    peak = start + int(part.argmax())
    if part[peak - start] < FAINT:
        return []
    return [Glyph(peak, peak + 1, peak, _alternatives(chances[peak], alphabet), faint=True)]
