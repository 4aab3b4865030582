"""Tell whether a page break cut a row: then the first row of a page belongs to the row before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.datamodel.layout import TextLine

_ENDS = frozenset("。！？；：.!?;:")
# A line that starts so starts something new: 一、（一）1. (1) ① 甲. ◎ ●
_LABEL = re.compile(
    r"[(（]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸])[)）.．、：]"
    r"|[①-⑳⑴-⒇❶-❿㈠-㈩◎●○◆■□◇▲※•·‧★☆－\-–—]"
)
_COUNTED = (
    (re.compile(r"[0-9０-９]+"), "1"),
    (re.compile(r"[一二三四五六七八九十㈠-㈩]+"), "一"),
    (re.compile(r"[甲乙丙丁戊己庚辛壬癸]"), "甲"),
    (re.compile(r"[①-⑳]"), "①"),
    (re.compile(r"[⑴-⒇]"), "⑴"),
)
# A line that ends this near (in font sizes) to the text's right edge was broken for width.
_FULL = 1.6

Pair = tuple[Sequence[TextLine], Sequence[TextLine]]


def _surely_flows(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    """Tell whether text cannot end where it stands: a bare number, or a comma that follows."""
    if _LABEL.match(after[0].glyphs):
        return False
    return (
        bool(_LABEL.fullmatch(before[-1].glyphs)) or after[0].glyphs[0] in "，。、；：）」』》,.;:)"
    )


def flows_on(before: Sequence[TextLine], after: Sequence[TextLine]) -> bool:
    """Tell whether text of a cell flows over the page break into the cell of the next page."""
    last, first = before[-1], after[0]
    if _surely_flows(before, after):
        return True
    if _LABEL.match(first.glyphs) or last.glyphs[-1] in _ENDS:
        return False
    edge = max(line.right for line in (*before, *after))
    return edge - last.right <= _FULL * last.font_size and len(before) + len(after) > 2


def counts_up(lines: Sequence[TextLine]) -> bool:
    """Tell whether a cell that starts with a number holds further ones of its kind: (1) … (2) …"""
    kinds = [_kind(line) for line in lines]
    return bool(kinds and kinds[0]) and kinds[0] in kinds[1:]


def _kind(line: TextLine) -> str:
    """Give the kind of number that a line starts with; empty where it starts with none."""
    label = _LABEL.match(line.glyphs)
    if label is None:
        return ""
    kind = label.group()
    for counted, sign in _COUNTED:
        kind = counted.sub(sign, kind)
    return kind


def _only_rests(pairs: Sequence[Pair], own: Sequence[Pair], longest: Pair) -> bool:
    """Tell whether a page starts with the rests of narrow cells alone: the long text had ended.

    ``own`` are the cells above that belong to the last row alone: a row that is new says something
    in them, or has a label with a number.
    """
    if not longest[0] or longest[1]:
        return False
    rests = [(before, after) for before, after in pairs if after]
    goes_on = all(before and not _LABEL.match(after[0].glyphs) for before, after in rests)
    return goes_on and any(before and not after for before, after in own)


def row_was_cut(
    pairs: Sequence[Pair], longest: Pair, own: Sequence[Pair] = (), *, closed: bool = False
) -> bool:
    """Tell whether the row was cut; ``pairs`` are the lines of each column before and after.

    A cut shows as text that flows on in the column that holds most text of the table
    (``longest``), or that cannot end where it does in any. A column that starts anew is no
    evidence: in a plan with a row a task, the next measure of the same row may start the page.
    ``closed``: a ruling says that the row ended; only text that flows on says otherwise.
    """
    if not any(after for _, after in pairs):
        return True
    before, after = longest
    if before and after and flows_on(before, after):
        return True
    if any(_surely_flows(*pair) for pair in pairs if pair[0] and pair[1]):
        return True
    if closed:
        return False
    if not before and after and not any(earlier and later for earlier, later in pairs):
        # Too few lines of the long text fitted: all of it went to the next page, and what stands
        # beside it stayed.
        return any(earlier for earlier, _ in pairs)
    return _only_rests(pairs, own, longest)
