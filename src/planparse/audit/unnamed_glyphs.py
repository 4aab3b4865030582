"""Characters that a font draws without saying what they are: the field does not say them either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planparse.audit.field_sources import Held, Holdings
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.page_glyphs import PageGlyphs

# U+FFFD stands where a font names no character; private areas hold what only that font knows.
_UNNAMED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")


def _entries(holdings: Holdings) -> Iterator[tuple[str, int | None, Held]]:
    for seq, record in holdings.measures.items():
        for held in record.values():
            yield f"{held.field} {held.index + 1} of measure {seq}", seq, held
    for at, record in holdings.sections.items():
        for held in record.values():
            yield f"part {held.index} of section {at}", None, held
    for held in holdings.plan.values():
        yield f"{held.field} of the plan", None, held


def check_unnamed(pages: Mapping[int, PageGlyphs], holdings: Holdings) -> list[Finding]:
    """Find fields with characters that the font does not name."""
    if not any(_UNNAMED.search(glyphs.text) for glyphs in pages.values()):
        return []
    found: list[Finding] = []
    for what, measure, held in _entries(holdings):
        count = len(_UNNAMED.findall(held.text))
        if not count:
            continue
        message = f"{count} characters of {what}, {shown(held.text)}, are named by no font"
        found.append(about_run(Check.UNNAMED_GLYPH, held.first, message, measure))
    return found
