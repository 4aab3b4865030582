"""Break text into lines of a given width, by the rules of CJK setting."""

from __future__ import annotations

import re
from collections.abc import Callable

Width = Callable[[str], float]
_TOKEN = re.compile(r"[!-'*-~]+|\s+|.", re.DOTALL)
_NOT_FIRST = set("、。，；：）」』？！％)")
_NOT_LAST = set("（「『(")


def tokens(text: str) -> list[str]:
    """Split into what a line break may not divide: Latin words, single CJK characters."""
    return _TOKEN.findall(text)


def width_of(text: str, width: Width) -> float:
    """Add up the characters' widths, in ems."""
    return sum(width(char) for char in text)


def break_text(
    text: str,
    first: float,
    rest: float,
    width: Width,
    kinsoku: bool,
    forbidden: frozenset[str] = frozenset(),
) -> list[str]:
    """Break into lines: ``first`` and ``rest`` are the widths in ems of the first and later lines.

    No later line begins with one of ``forbidden``: it would look like the next number.
    """
    lines: list[str] = []
    room = first
    line: list[str] = []
    used = 0.0
    for token in _split_long(tokens(text), min(first, rest), width):
        size = width_of(token, width)
        if line and used + size > room + 1e-6:
            carried = _carry(line, token, kinsoku, forbidden)
            lines.append("".join(line[: len(line) - len(carried)]).rstrip())
            line = carried
            used = sum(width_of(one, width) for one in line)
            room = rest
        if line or token.strip():
            line.append(token)
            used += size
    if line:
        lines.append("".join(line).rstrip())
    return lines


def _split_long(found: list[str], room: float, width: Width) -> list[str]:
    out: list[str] = []
    for whole in found:
        token = whole
        while width_of(token, width) > room:
            cut = max(
                1,
                next(
                    n
                    for n in range(len(token), 0, -1)
                    if width_of(token[:n], width) <= room or n == 1
                ),
            )
            out.append(token[:cut])
            token = token[cut:]
            if not token:
                break
        if token:
            out.append(token)
    return out


def _carry(line: list[str], token: str, kinsoku: bool, forbidden: frozenset[str]) -> list[str]:
    """Choose the tokens that go down to the next line together with ``token``."""
    count = 0
    while count < min(len(line) - 1, 6):
        start = ("".join(line[len(line) - count :]) + token)[0]
        end = line[len(line) - count - 1][-1]
        head = "".join(line[len(line) - count :]) + token
        bad = kinsoku and (start in _NOT_FIRST or end in _NOT_LAST)
        bad = bad or any(mark.startswith(head[: len(mark)]) for mark in forbidden)
        if not bad:
            break
        count += 1
    return line[len(line) - count :] if count else []
