"""Fold characters that stand for another: Kangxi radicals, compatibility ideographs, look-alikes.

One character becomes one character, by a table; full width stays full width.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))

# Letters that a font draws as one glyph (ﬁ) and names so: (fi) again, in as many glyphs.
LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@cache
def fold_table() -> dict[int, str]:
    """Give the table for ``str.translate``: code point to the character that it stands for."""
    rules = tomllib.loads(
        (files("planparse.extract") / "rules" / "folds.toml").read_text(encoding="utf-8")
    )
    table = {ord(a): b for a, b in {**rules["radicals"], **rules["look_alikes"]}.items()}
    for block in (_KANGXI, *_COMPATIBILITY):
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and ord(folded) != code:
                table[code] = folded
    return table


def fold(text: str) -> str:
    """Fold a text; the result has the same length."""
    return text.translate(fold_table())
