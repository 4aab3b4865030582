"""What ends a sentence, and what shows that a line goes on: see rules/sentences.toml."""

from __future__ import annotations

import re

from planparse.lexicon.rule_files import package_tables

_TABLES = package_tables("sentences.toml")
_MARKS = _TABLES["marks"]
_OPEN_END = re.compile(_TABLES["open_end"]["pattern"])
_REST = re.compile(_TABLES["rest"]["pattern"])

#: The last character of a sentence.
SENTENCE_ENDS: frozenset[str] = frozenset(_MARKS["ends"])
#: What announces a list.
COLONS: frozenset[str] = frozenset(_MARKS["colons"])
#: What parts a sentence or the names of a list.
COMMAS: frozenset[str] = frozenset(_MARKS["commas"])
#: What closes a bracket or a quotation.
CLOSING: frozenset[str] = frozenset(_MARKS["closing"])
#: The last character of a paragraph: a sentence's, or a colon.
PARAGRAPH_ENDS = SENTENCE_ENDS | COLONS
#: No text, and no line that a program breaks, begins with one of these.
NEVER_FIRST = PARAGRAPH_ENDS | COMMAS | CLOSING | {"."}


def ends_open(text: str) -> bool:
    """Return True if a line ends as no item of a list does: 依前項第, 於服務中心及."""
    return _OPEN_END.search(text) is not None


def is_rest_of_sentence(text: str) -> bool:
    """Return True if what follows a number is the rest of a sentence: 項規定辦理, 月間."""
    return _REST.match(text) is not None
