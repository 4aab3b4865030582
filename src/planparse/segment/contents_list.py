"""Find the table of contents that some plans print before their first section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from planparse.datamodel.layout import TextLine

# 壹、計畫依據……………1 | 貳、計畫目標 ........ 2
_ENTRY = re.compile(r".+?(?:[.．…‥·・‧･⋯_─-]){4,}[0-9０-９]{1,3}")
# A heading that is too long for its line goes on in as many lines before its page number.
_LINES = 3
_TITLES = frozenset({"目錄", "目次"})


def contents_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """Give the lines of a table of contents: entries, the parts of long ones, its title."""
    entries = [at for at, line in enumerate(lines) if _ENTRY.fullmatch(line.glyphs)]
    if len(entries) < 2:
        return []
    found = [lines[entries[0]]]
    if entries[0] and lines[entries[0] - 1].glyphs in _TITLES:
        found.insert(0, lines[entries[0] - 1])
    for before, at in pairwise(entries):
        near = at - before <= _LINES and lines[before].page == lines[at].page
        found += lines[before + 1 : at + 1] if near else [lines[at]]
    return found
