"""Find the table of contents that some plans print before their first section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from planparse.datamodel.layout import TextLine

# 壹、計畫依據……………1 | 貳、計畫目標 ........ 2
_ENTRY = re.compile(r".+?(?:[.．…‥·・‧･⋯_─-]){4,}[0-9０-９]{1,3}")
# An entry that is too long for its line leaves no room for dots: 柒、…審定後實施。3
_FULL_ENTRY = re.compile(r".*[^0-9０-９.．,，年月日第]+[0-9０-９]{1,3}")
# A heading that is too long for its line goes on in as many lines before its page number.
_LINES = 3
_FURTHER = 5
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
    return found + _last_entry(lines, entries[-1])


def _last_entry(lines: Sequence[TextLine], last: int) -> list[TextLine]:
    """Give an entry without dots below the last one with dots: its page number goes on counting."""
    so_far = _page_in(lines[last])
    below = lines[last + 1 : last + 1 + _LINES]
    for at, line in enumerate(below):
        if line.page != lines[last].page:
            break
        if _FULL_ENTRY.fullmatch(line.glyphs) and so_far <= _page_in(line) <= so_far + _FURTHER:
            return list(below[: at + 1])
    return []


def _page_in(line: TextLine) -> int:
    return int(re.findall(r"[0-9０-９]+", line.glyphs)[-1])
