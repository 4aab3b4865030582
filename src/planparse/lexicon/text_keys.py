"""Text as rules see it: keys for names and headings, folded text with the way back to the print.

Neither goes into the dataset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_HALF_WIDTH: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WITHOUT_SPACE = {**_HALF_WIDTH, ord("\u3000"): None, ord(" "): None}
# Brackets to one width, spelling variants to one form.
_KEY = _WITHOUT_SPACE | str.maketrans(
    {"臺": "台", "做": "作", "劃": "畫", "﹙": "(", "﹚": ")", "︵": "(", "︶": ")"}
)
_HAN = re.compile("[一-鿿]")
_FORMS = _HALF_WIDTH | str.maketrans(
    {
        "\u3000": " ",
        "週": "周",
        "臺": "台",
        "○": "〇",
        "Ｏ": "〇",
        "﹪": "%",
        **dict.fromkeys("‧·．", "."),
        **dict.fromkeys("–—－", "-"),
        **dict.fromkeys("〜～", "~"),
    }
)
# "12 3" and "Code 2" keep their space: 123 and Code2 would be something else.
_GAP = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z\s])")
_SPACE = re.compile(r"\s")


def half_width(text: str) -> str:
    """Return the text in half width, without spaces."""
    return text.translate(_WITHOUT_SPACE)


@lru_cache(maxsize=4096)
def match_key(text: str) -> str:
    """Return a text's key: half width, 台 for 臺, 作 for 做, without spaces."""
    return text.translate(_KEY)


@cache
def _converter() -> Any:
    # OpenCC takes 20 ms to start: it is asked for only where a text matches no rule as printed.
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=4096)
def traditional_key(text: str) -> str:
    """Return the key of a text's Traditional form: for texts typed or read in Simplified forms."""
    key = match_key(text)
    return match_key(str(_converter().convert(key))) if _HAN.search(key) else key


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` for matching; ``origins[i]`` is where its character i stands in ``printed``."""

    text: str
    printed: str
    origins: tuple[int, ...]

    def slice(self, start: int, stop: int) -> str:
        """Return the printed text behind the characters start … stop - 1."""
        if start >= stop:
            return ""
        return self.printed[self.origins[start] : self.origins[stop - 1] + 1]


def fold(printed: str) -> Folded:
    """Return a text with its forms folded, without white space.

    Between digits and letters white space stays.
    """
    text = printed.translate(_FORMS)
    if not _SPACE.search(text):
        return Folded(text, printed, tuple(range(len(text))))
    dropped = {at for gap in _GAP.finditer(text) for at in range(*gap.span())}
    kept = [at for at in range(len(text)) if at not in dropped]
    return Folded("".join(text[at] for at in kept), printed, tuple(kept))
