"""Read department cells: names broken over lines, separators, brackets and roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from planparse.lexicon.departments import (
    CLOSING,
    OPENING,
    SEPARATORS,
    DepartmentRules,
    is_known,
    role_word,
)
from planparse.model.page import Run
from planparse.model.plan import DepartmentRole
from planparse.model.table import BROKEN_WITHIN, TextLine, join_lines
from planparse.plans.builders import DepartmentBuilder, split_lines

# Runs this far apart (in font sizes) are two names: a full-width space is one size wide.
_WIDE = 0.6
# So few glyphs that are no name are the end of one (相關部／門).
_FRAGMENT = 2
# A name that is printed in fragments has at most so many glyphs.
_LONGEST = 9
_PARTED = re.compile(f"[{re.escape(''.join(SEPARATORS | OPENING | CLOSING))}]")


def _tail(text: str) -> str:
    """Return what stands after the last separator outside brackets: the name in the making."""
    depth = 0
    start = 0
    for at, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(depth - 1, 0)
        elif char in SEPARATORS and not depth:
            start = at + 1
    return text[start:]


def _open_bracket(text: str) -> bool:
    return sum(char in OPENING for char in text) > sum(char in CLOSING for char in text)


def _complete(rules: DepartmentRules, text: str, full: bool) -> bool:
    """Return True if a line's last name ends with it; ``full``: the line was full."""
    if _open_bracket(text):
        return False
    tail = _tail(text).rstrip("".join(CLOSING))
    if not tail:
        return not full or text[-1] != "、"
    if len(tail) == 1:
        # 公服處、所 over 有部門: no name is one character long.
        return False
    if tail.endswith(rules.inner):
        return True
    return tail.endswith(rules.outer) and not full


def _joins(rules: DepartmentRules, text: str, full: bool, line: TextLine) -> bool:
    """Return True if a line goes on where the text so far ends."""
    first = line.glyphs[0]
    if first in SEPARATORS or first in CLOSING:
        return True
    begun = _PARTED.split(line.glyphs, maxsplit=1)[0]
    if len(begun) <= _FRAGMENT and not is_known(rules, begun):
        return True
    if _complete(rules, text, full):
        return False
    # A line with room for more was broken inside a name only if the next starts with its end:
    # 北區服務 over 中心, but 總處推廣 over 區處配合.
    return full or _open_bracket(text) or begun in rules.inner + rules.outer


def _parts(rules: DepartmentRules, text: str, lines: Sequence[TextLine]) -> bool:
    """Return True if a name is whole and the lines after it print another one, piece by piece.

    In a column two characters wide: 總務／組／電費／組.
    """
    if not (_tail(text).endswith(rules.inner) and is_known(rules, _tail(text))):
        return False
    if len(lines[0].glyphs) > _FRAGMENT:
        return False
    name = ""
    for line in lines:
        name += line.glyphs
        if len(name) > _LONGEST or not _PARTED.split(name, maxsplit=1)[0]:
            return False
        if is_known(rules, _PARTED.split(name, maxsplit=1)[0]):
            return True
    return False


def read_entries(
    rules: DepartmentRules, lines: Sequence[TextLine], edge: float, together: float
) -> list[tuple[TextLine, ...]]:
    """Return the lines of each name; ``edge`` and ``together`` (line distance) in points."""
    entries: list[list[TextLine]] = []
    for at, line in enumerate(lines):
        if entries:
            last = entries[-1][-1]
            near = line.page == last.page and line.middle - last.middle <= together
            full = edge - last.right <= BROKEN_WITHIN * last.font_size
            text = "".join(part.glyphs for part in entries[-1])
            parted = _parts(rules, text, lines[at:])
            if (near or line.page != last.page) and not parted and _joins(rules, text, full, line):
                entries[-1].append(line)
                continue
        entries.append([line])
    return [tuple(lines) for lines in entries]


def _gaps(rules: DepartmentRules, lines: Sequence[TextLine]) -> set[int]:
    """Return the offsets where white space parts two names (督導室　相關部門)."""
    text = "".join(line.glyphs for line in lines)
    found: set[int] = set()
    start = 0
    for line in lines:
        before: Run | None = None
        for run in line.runs:
            wide = before is not None and run.left - before.right > _WIDE * run.font_size
            spaces = [start + at for at in run.spaces if 0 < at < len(run.text)]
            places = [start, *spaces] if wide else spaces
            found |= {at for at in places if text[:at].endswith(rules.inner)}
            before = run
            start += len(run.text)
    return found


@cache
def _other_kind(inner: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds other kinds of units that a name holds for: 各組(段), 各組（課、室）."""
    unit = "(?:" + "|".join(re.escape(one) for one in inner if len(one) == 1) + ")"
    return re.compile(f"[(（〔\\[]{unit}(?:[、/]{unit})*[)）〕\\]]")


def _cuts(rules: DepartmentRules, text: str, gaps: AbstractSet[int]) -> list[tuple[int, int]]:
    """Return the spans of the names in a text, each with the separators behind it.

    A bracket that opens after a name starts a new one: it names the co-departments. One around
    a kind of units alone belongs to the name. ``gaps`` are offsets where white space parts names.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    kinds = _other_kind(rules.inner).finditer(text)
    named = {at for kind in kinds if kind.start() for at in range(*kind.span())}
    for at, char in enumerate(text):
        if at in named:
            continue
        if (char in OPENING or at in gaps) and at > start:
            spans.append((start, at))
            start = at
        ends = char in SEPARATORS or char in CLOSING
        goes_on = at + 1 < len(text) and text[at + 1] in SEPARATORS | CLOSING
        if ends and not goes_on:
            spans.append((start, at + 1))
            start = at + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _bare(rules: DepartmentRules, printed: str) -> str:
    """Return a name without the brackets around it; 各組(段) keeps its own."""
    kind = _other_kind(rules.inner).search(printed)
    if kind is None or not kind.start():
        return printed.strip("".join(OPENING | CLOSING))
    return printed[: kind.end()].lstrip("".join(OPENING))


def read_departments(
    rules: DepartmentRules, entry: Sequence[TextLine], role: DepartmentRole
) -> list[DepartmentBuilder]:
    """Return the departments that an entry prints; ``role`` is that of the column."""
    text = "".join(line.glyphs for line in entry)
    builders: list[DepartmentBuilder] = []
    current = role
    inside = False
    for start, stop in _cuts(rules, text, _gaps(rules, entry)):
        lines = split_lines(split_lines(entry, stop)[0], start)[1]
        printed = join_lines(lines).rstrip("".join(SEPARATORS))
        bare = _bare(rules, printed)
        opens, closes = _open_bracket(printed), printed[-1:] in CLOSING
        bracketed = inside or printed[:1] in OPENING
        if opens or (inside and closes):
            # （工務段、電務組）: one bracket around several names belongs to none of them.
            printed = bare
        inside = (inside or opens) and not closes
        word, behind = role_word(bare)
        if word in rules.lead_words + rules.co_words:
            current = DepartmentRole.CO if word in rules.co_words else role
            bare = bare[behind:]
        if not bare:
            if builders:
                builders[-1].lines += lines
            continue
        role_here = DepartmentRole.CO if bracketed else current
        known = is_known(rules, bare)
        builders.append(DepartmentBuilder(role_here, lines, bare, printed, known))
    return builders
