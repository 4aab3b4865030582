"""One character for another: look-alikes are folded, and what no font names becomes U+FFFD."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from planparse.lexicon.rule_files import package_tables

_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))

# Letters that a font draws as one glyph (ﬁ) and names so: (fi) again, in as many glyphs.
LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@cache
def fold_table() -> dict[int, str]:
    """Return the table for ``str.translate``: code point to the character that it stands for."""
    rules = package_tables("character_folds.toml")
    table = {ord(a): b for a, b in {**rules["radicals"], **rules["look_alikes"]}.items()}
    for block in (_KANGXI, *_COMPATIBILITY):
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and ord(folded) != code:
                table[code] = folded
    return table


def fold(text: str) -> str:
    """Return the folded text, equally long."""
    return text.translate(fold_table())


#: Stands for a glyph whose font does not name a character. A guess would be no text.
UNMAPPED = "\ufffd"
# Such a glyph, or one of the private areas: it has a meaning in its own font alone.
_UNNAMED = re.compile(f"[{UNMAPPED}\ue000-\uf8ff\U000f0000-\U0010fffd]")

# The control characters that set text apart; all others are no white space and no sign either.
_WHITE = "\t\n\v\f\r"
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, _WHITE))
_SURROGATES = range(0xD800, 0xE000)
_NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)
_TABLE = dict.fromkeys((*_CONTROLS, *_SURROGATES, *_NONCHARACTERS), UNMAPPED)
_UNSOUND = frozenset(map(chr, _TABLE))


def is_sound(text: str) -> bool:
    """Return True if every character of a text is a character or white space."""
    # Few texts are not printable (the ideographic space): only those are looked at one by one.
    return text.isprintable() or _UNSOUND.isdisjoint(text)


def sound(text: str) -> str:
    """Return the text, equally long, with U+FFFD for what is no character."""
    return text if is_sound(text) else text.translate(_TABLE)


def count_unnamed(text: str) -> int:
    """Return how many characters of a text no font names in a way that others understand."""
    return len(_UNNAMED.findall(text))
