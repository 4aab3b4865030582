"""Bring a text into the form in which it is compared with rules; never into the dataset."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

# Folded for comparison only: brackets and signs to one width, spelling variants to one form.
_WIDTH = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": None, " ": None}
)
_SPELLING = str.maketrans(
    {"臺": "台", "做": "作", "劃": "畫", "﹙": "(", "﹚": ")", "︵": "(", "︶": ")"}
)
_TRADITIONAL = re.compile("[一-鿿]")


@cache
def _converter() -> Any:
    # OpenCC takes 20 ms to start: it is asked for only where a text matches no rule as printed.
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=4096)
def match_key(text: str) -> str:
    """Give a text's key: half width, 台 for 臺, 作 for 做, without white space."""
    return text.translate(_WIDTH).translate(_SPELLING)


@lru_cache(maxsize=4096)
def traditional_key(text: str) -> str:
    """Give the key of a text's Traditional form: for texts typed or read in Simplified forms."""
    key = match_key(text)
    return match_key(str(_converter().convert(key))) if _TRADITIONAL.search(key) else key
