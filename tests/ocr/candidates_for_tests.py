"""Lines of glyphs made by hand: a text, and what the engine was not sure of."""

from __future__ import annotations

from planparse.ocr.glyph_candidates import Candidate, CandidateLine

EM = 30.0
SQUARE = "（），。、：；"


def glyph(char, left, width=0.9, chance=0.9, alternatives=(), height=0.9):
    others = tuple(alternatives)
    return Candidate(
        char,
        char,
        chance,
        ((char, chance), *others),
        left * EM,
        (left + width) * EM,
        0.0,
        height * EM,
    )


def line_of(text, alternatives=None, region=1, widths=None, gaps=None, chance=0.9):
    """Set a text, one em per Chinese character and less per Latin one.

    ``alternatives`` maps an offset to pairs of a character and its chance. ``widths`` and ``gaps``
    map an offset to the ink's width, and to the white before it, in ems.
    """
    glyphs = []
    left = 0.0
    for at, char in enumerate(text):
        square = char in SQUARE or (at > 0 and text[at - 1] in SQUARE)
        width = (widths or {}).get(at, 0.3 if char.isascii() or char in SQUARE else 0.9)
        left += (gaps or {}).get(at, 0.45 if square else 0.1)
        found = tuple((alternatives or {}).get(at, ()))
        glyphs.append(glyph(char, left, width, chance, found))
        left += width
    return CandidateLine(tuple(glyphs), (), 0.0, EM, region)
