"""What can be the text of a glyph: the one place for all extractors.

A font's ToUnicode map may name anything: half of a surrogate pair, NUL, a noncharacter. None of
them can be written as UTF-8 or XML, or shown; such a glyph counts as one without a character.
"""

from __future__ import annotations

#: Stands for a glyph whose font does not name a character. A guess would be no text.
UNMAPPED = "\ufffd"

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
