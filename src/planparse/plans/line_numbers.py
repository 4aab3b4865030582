"""Numbers at the start of a printed line, where white space shows where they end.

A text without white space hides it: 「1. 24小時服務」 reads as 1.24, 「1.1 1999專線」 as 1.11999.
The lexicon reads what has one reading; here the gap decides, or else several are handed on.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.lexicon.numbering import Label, Numbering, find_label, find_labels
from planparse.lexicon.sentences import CLOSING
from planparse.model.table import TextLine

# A number of a list takes no more glyphs: 10.10.10.
_LONGEST = 12


def _gap(line: TextLine) -> int:
    """Return how many glyphs stand before the first white space of a line."""
    first = line.runs[0]
    return min([at for at in first.spaces if at], default=len(first.text))


def is_joined(line: TextLine, label: Label) -> bool:
    """Return True if a digit follows a number and its point without white space."""
    open_end = label.printed[0].isdigit() and label.printed[-1] not in CLOSING
    return open_end and line.glyphs[label.width :][:1].isdigit() and _gap(line) != label.width


def read_labels(numbering: Numbering, line: TextLine) -> Iterator[Label]:
    """Yield the readings of a number at the start of a line, likeliest first.

    Last those that digits follow: 1.24小時服務 may be the first item, and 1.324小時 item 1.3.
    """
    text = line.glyphs
    gap = _gap(line)
    ends = range(1, min(len(text), _LONGEST) if text[0].isdigit() else 0)
    found = {at: find_label(numbering, text[:at]) for at in ends if text[at].isdigit()}
    labels = [label for at, label in found.items() if label is not None and label.width == at]
    yield from (label for label in labels if label.width == gap)
    yield from find_labels(numbering, text)
    yield from (label for label in labels if label.width != gap)


def read_label(numbering: Numbering, line: TextLine) -> Label | None:
    """Return the number at the start of a line that no digit follows; None without one."""
    return next((one for one in read_labels(numbering, line) if not is_joined(line, one)), None)
