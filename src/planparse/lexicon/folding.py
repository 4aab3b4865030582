"""Text as the rules see it: half-width forms, no white space, and the way back to the printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): ord(" "),
    ord("週"): ord("周"),
    ord("臺"): ord("台"),
    ord("○"): ord("〇"),
    ord("Ｏ"): ord("〇"),
    ord("‧"): ord("."),
    ord("·"): ord("."),
    ord("．"): ord("."),
    ord("–"): ord("-"),
    ord("—"): ord("-"),
    ord("－"): ord("-"),
    ord("〜"): ord("~"),
    ord("～"): ord("~"),
    ord("﹪"): ord("%"),
}
# "12 3" and "Code 2" keep their space: 123 and Code2 would be something else.
_GAP = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z\s])")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` for matching; ``origins[i]`` is where its character i stands in ``printed``."""

    text: str
    printed: str
    origins: tuple[int, ...]

    def slice(self, start: int, stop: int) -> str:
        """Give the printed text behind the characters start … stop - 1."""
        if start >= stop:
            return ""
        return self.printed[self.origins[start] : self.origins[stop - 1] + 1]


def fold(printed: str) -> Folded:
    """Fold forms one by one and take out white space, except between digits and letters."""
    text = printed.translate(_FORMS)
    if not _SPACE.search(text):
        return Folded(text, printed, tuple(range(len(text))))
    dropped = {at for gap in _GAP.finditer(text) for at in range(*gap.span())}
    kept = [at for at in range(len(text)) if at not in dropped]
    return Folded("".join(text[at] for at in kept), printed, tuple(kept))
