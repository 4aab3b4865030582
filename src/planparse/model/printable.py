"""Text from files as text that a terminal shows and does not obey.

One definition for names, messages, drawings and JSON: a PDF can hold any character, and a terminal
runs some of them.
"""

from __future__ import annotations

import unicodedata

# Controls (C0, C1, DEL), invisible signs (among them those that turn the direction of text), halves
# of surrogate pairs, and Unicode's own ends of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: str, *, keep: str = "") -> str:
    r"""Return the text with every character that would not be seen by its number, ``\x1b``.

    Line ends are among them; ``keep`` names those that may stay.
    """
    if text.isprintable():
        return text
    return "".join(_by_number(char) if _is_unseen(char, keep) else char for char in text)


def printable_json(text: str) -> str:
    r"""Return JSON with every such character inside a string as JSON escapes it, ``\u001b``."""
    if text.isprintable():
        return text
    return "".join(_in_json(char) if _is_unseen(char, "\n") else char for char in text)


def _is_unseen(char: str, keep: str) -> bool:
    return unicodedata.category(char) in _UNSEEN and char not in keep


def _by_number(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _in_json(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
