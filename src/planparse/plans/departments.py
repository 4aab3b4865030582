"""Read department cells: names broken over lines, separators, brackets and roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise

from planparse.lexicon.departments import (
    CLOSING,
    OPENING,
    SEPARATORS,
    DepartmentRules,
    ends_joining,
    is_known,
    joiners,
    role_bracket,
    role_word,
)
from planparse.model.page import Run
from planparse.model.plan import DepartmentRole
from planparse.model.problem import ProblemCode
from planparse.model.table import BROKEN_WITHIN, TextLine, join_lines
from planparse.plans.builders import DepartmentBuilder, Glyph, MeasureBuilder, split_lines

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
    if _open_bracket(text) or ends_joining(text):
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
    if first in SEPARATORS or first in CLOSING or ends_joining(text):
        return True
    if _joint(rules, text + line.glyphs, len(text)):
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


def _joint(rules: DepartmentRules, text: str, at: int) -> int:
    """Return where a joining word that parts two names at ``at`` ends; 0 if none does.

    What stands on both sides must be a name: 規劃及工程組 and 永和服務所 are one each.
    """
    stop = next((stop for start, stop in joiners(text) if start == at), 0)
    if not stop:
        return 0
    before, after = _PARTED.split(text[:at])[-1], _PARTED.split(text[stop:], maxsplit=1)[0]
    before = before[role_word(before)[1] :]
    if rules.whole.fullmatch(before + text[at:stop] + after):
        return 0
    starts = [0, *(end for _, end in joiners(before))]
    ends = [*(start for start, _ in joiners(after)), len(after)]
    closed = not before and text[:at][-1:] in CLOSING
    named = closed or any(is_known(rules, before[start:]) for start in starts)
    return stop if named and any(is_known(rules, after[:end]) for end in ends) else 0


def _cuts(rules: DepartmentRules, text: str, gaps: AbstractSet[int]) -> list[tuple[int, int]]:
    """Return the spans of the names in a text, each with the separators behind it.

    A bracket that opens after a name starts a new one: it names the co-departments. One around
    a kind of units alone belongs to the name. ``gaps`` are offsets where white space parts names.
    """
    kinds = _other_kind(rules.inner).finditer(text)
    named = {at for kind in kinds if kind.start() for at in range(*kind.span())}
    starts = set(gaps)
    for at, char in enumerate(text):
        if at in named:
            continue
        joint = _joint(rules, text, at)
        if joint or char in SEPARATORS or char in CLOSING:
            starts.discard(at)
            starts.add(joint or at + 1)
        elif char in OPENING:
            starts.add(at)
    edges = sorted({0, *starts, len(text)})
    return [*pairwise(edges)]


def _bare(rules: DepartmentRules, printed: str) -> str:
    """Return a name without the brackets around it; 各組(段) keeps its own."""
    kind = _other_kind(rules.inner).search(printed)
    if kind is None or not kind.start():
        return printed.strip("".join(OPENING | CLOSING))
    return printed[: kind.end()].lstrip("".join(OPENING))


def _role(rules: DepartmentRules, word: str, lead: DepartmentRole) -> DepartmentRole:
    """Return the role that a word names; ``lead`` is that of the column."""
    return DepartmentRole.CO if any(co.startswith(word) for co in rules.co_words) else lead


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
        if stop < len(text):
            printed = _without_joiner(printed)
        bare = _bare(rules, printed)
        opens, closes = _open_bracket(printed), printed[-1:] in CLOSING
        bracketed = inside or printed[:1] in OPENING
        if builders and role_bracket(printed):
            builders[-1].role = _role(rules, role_bracket(printed), role)
            builders[-1].printed += printed
            builders[-1].lines += lines
            continue
        if opens or (inside and closes):
            # （工務段、電務組）: one bracket around several names belongs to none of them.
            printed = bare
        inside = (inside or opens) and not closes
        word, behind = role_word(bare)
        if word in rules.lead_words + rules.co_words:
            current = _role(rules, word, role)
            bare = bare[behind:]
        if not bare:
            if builders:
                builders[-1].lines += lines
            continue
        role_here = DepartmentRole.CO if bracketed else current
        known = is_known(rules, bare)
        builders.append(DepartmentBuilder(role_here, lines, bare, printed, known))
    return builders


def _without_joiner(printed: str) -> str:
    """Return a name without the joining word behind it."""
    ends = [start for start, stop in joiners(printed) if start and stop == len(printed)]
    return printed[: ends[0]] if ends else printed


def doubt_joined_names(rules: DepartmentRules, builders: Sequence[MeasureBuilder]) -> None:
    """Note the names that may be two: 資訊及電費組 where a 電費組 stands elsewhere.

    A name with a joining word inside that the plan prints again, and no part of it, is one name.
    """
    places: dict[str, set[Glyph]] = {}
    for builder in builders:
        for department in builder.departments:
            run = department.lines[0].runs[0]
            places.setdefault(department.name, set()).add((run.page, run.first))
    doubtful = {
        name
        for name, printed in places.items()
        if is_known(rules, name)
        and not rules.whole.fullmatch(name)
        and _may_be_two(name, places.keys(), seen_again=len(printed) > 1)
    }
    for builder in builders:
        for department in builder.departments:
            if department.name in doubtful:
                message = f"「{department.name}」 may be two departments; check it on the page"
                builder.doubt(ProblemCode.DEPARTMENT_AMBIGUOUS, message)


def _may_be_two(name: str, names: AbstractSet[str], *, seen_again: bool) -> bool:
    """Return True if a name may print two of the ``names`` of a plan, or parts of two."""
    if any(name[:at] in names and name[at:] in names for at in range(1, len(name))):
        return True
    for start, stop in joiners(name):
        # One character before it makes a place of it: 永和, 三和.
        if start == 1 or stop == len(name):
            continue
        parts = {name[:start], name[:start] + name[-1], name[stop:]} - {""}
        if parts & names or (start and not seen_again):
            return True
    return False
