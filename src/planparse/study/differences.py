"""What differs between two measures that are one: fields, figures, wording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from html import escape

from planparse.study.similarity import Row, comparable, wording

# "equal" stretches this short inside a change make it unreadable: 由→經 一 人→名.
_SHORTEST_EQUAL = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in both, or only in the one before or after."""

    text: str
    side: str  # "both", "before" or "after"


def changed_fields(before: Row, after: Row) -> tuple[str, ...]:
    """Name the fields that differ: text, figures, aspect, strategy, task, departments, period."""
    found = [
        name
        for name in ("aspect", "strategy", "task")
        if comparable(before[name] or "") != comparable(after[name] or "")
    ]
    if comparable(wording(before)) != comparable(wording(after)):
        found.insert(0, "text")
    if figure_changes(before, after):
        found.append("figures")
    if _departments(before) != _departments(after):
        found.append("departments")
    if comparable(before["period"] or "") != comparable(after["period"] or ""):
        found.append("period")
    return tuple(found)


def _departments(row: Row) -> set[tuple[str, str]]:
    return {(one["canonical"] or one["name"], one["role"]) for one in row["departments"]}


def department_changes(before: Row, after: Row) -> tuple[list[str], list[str]]:
    """Return the departments that left and those that came, by name."""
    old = {name for name, _ in _departments(before)}
    new = {name for name, _ in _departments(after)}
    return sorted(old - new), sorted(new - old)


def figure_changes(before: Row, after: Row) -> list[tuple[str, Decimal, Decimal]]:
    """Return (unit, before, after) where both have as many figures of a unit, and one differs."""
    found = []
    for unit in dict.fromkeys(figure["unit"] for figure in before["figures"]):
        old = [figure["value"] for figure in before["figures"] if figure["unit"] == unit]
        new = [figure["value"] for figure in after["figures"] if figure["unit"] == unit]
        if len(old) == len(new):
            found += [(unit, a, b) for a, b in zip(old, new, strict=True) if a != b]
    return found


def text_pieces(before: str, after: str) -> list[Piece]:
    """Part two texts into what both say and what only one says, in reading order."""
    pieces: list[Piece] = []
    old, new = "", ""
    for kind, a, b, c, d in _opcodes(before, after):
        if kind == "equal":
            pieces += _change(old, new)
            pieces.append(Piece(before[a:b], "both"))
            old, new = "", ""
        else:
            old, new = old + before[a:b], new + after[c:d]
    return pieces + _change(old, new)


def _opcodes(before: str, after: str) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        inner = a > 0 and b < len(before) and c > 0 and d < len(after)
        short = kind == "equal" and inner and b - a < _SHORTEST_EQUAL
        yield ("replace" if short else kind), a, b, c, d


def _change(old: str, new: str) -> list[Piece]:
    sides = ((old, "before"), (new, "after"))
    return [Piece(text, side) for text, side in sides if text]


def html_difference(before: str, after: str) -> str:
    """Show two texts as one, in HTML: struck out what left, underlined what came."""
    tags = {"both": "{}", "before": "<del>{}</del>", "after": "<ins>{}</ins>"}
    return "".join(
        tags[piece.side].format(escape(piece.text)) for piece in text_pieces(before, after)
    )
