"""Which pages OCR reads, and why. Page by page: a plan may be scanned in part."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from planparse.lexicon.character_folds import UNMAPPED
from planparse.model.page import DropReason, Page, Run

if TYPE_CHECKING:
    import pymupdf

LARGE = 0.2
"""Part of the page from which its pictures may hold writing."""

WHOLE = 0.6
"""Part of the page from which a picture drawn over text hides it."""

UNKNOWN = 0.05
"""Part of glyphs without a character from which a text layer is not trusted."""

FEW_HAN = 0.15
"""Part of Han characters below which a page is written in another script, or garbled."""

RARE_HAN = 0.08
"""Part of the Han characters that a sound layer's own character set may lack."""

ENOUGH = 40
"""Glyphs from which such parts mean something."""

EM_WIDE = 0.8
"""Advance, in font sizes, from which a glyph is as wide as a Han character (condensed ones too)."""

WIDE_GLYPHS = 0.4
"""Part of glyphs as wide as Han, but named as letters, from which their names are not trusted.

Running text in Latin has 0.05 at most, capitals in a wide bold face 0.34. Of 230 pages of plans
and of other offices' documents, each would have 0.42 or more (a page of contents with dots).
"""

MOJIBAKE = 0.4
"""Part of signs of Latin-1 from which a layer is the bytes of another encoding.

The Chinese of plans read as bytes of Big5 has 0.53, a sentence of Spanish, quoted and with
units, 0.29. Bytes of UTF-8 are control characters (0.39), which stand for no character.
"""

CHARACTER_SETS = ("big5", "gb2312", "shift_jis", "euc_kr")
"""Each holds the Han characters of one way of writing; a garbled layer fits none of them."""

CURVES = 60
"""Filled shapes of a glyph's size from which a page without text is writing drawn as curves."""

AGREES = 0.7
"""Part of the text layer's characters that OCR must find again for the layer to be kept."""

MORE = 1.15
"""OCR must find so many times the layer's glyphs where a picture beside the text led to it."""

_HAN = re.compile("[\u3400-\u9fff\U00020001-\U0010ffff]+")
# Signs of Latin-1 that no language uses in plenty; Big5's first bytes begin here.
_LATIN_1_SIGNS = re.compile("[\u00a1-\u00bf]")
# Classes of East Asian width that take an em: wide, full width, and those that Han fonts set so.
_WIDE = frozenset("WFA")


@dataclass(frozen=True, slots=True)
class Choice:
    """Why a page is read by OCR; not ``sure``: what OCR reads decides, see ``is_better``."""

    why: str
    sure: bool = True


def choose_ocr(page: pymupdf.Page, layer: Page) -> Choice | None:
    """Return why OCR must read a page with the text layer ``layer``; None where it need not."""
    text = "".join(run.text for run in layer.runs)
    if not text:
        return _without_text(page, layer)
    # Nearly every page has none: that is known at one glance at its whole text.
    unknown = 0
    if UNMAPPED in text or not text.isprintable():
        unknown = sum(map(is_unknown, text))
    if unknown >= max(UNKNOWN * len(text), 3):
        return Choice(f"{unknown} of {len(text)} glyphs of the text layer stand for no character")
    if page.get_images():
        choice = _with_picture(page, layer, text)
        if choice is not None:
            return choice
    return _garbled(layer, text)


@cache
def is_unknown(char: str) -> bool:
    """Return True if a character of the text layer stands for none: unmapped, private, control.

    The symbol fonts' bullets (U+F020 to U+F0FF) are signs at a line's start, not writing.
    """
    if char == UNMAPPED:
        return True
    category = unicodedata.category(char)
    return category in ("Cc", "Cn", "Cs") or (category == "Co" and not "\uf020" <= char <= "\uf0ff")


def _without_text(page: pymupdf.Page, layer: Page) -> Choice | None:
    if _covered(page) >= LARGE:
        hidden = any(drop.reason is DropReason.INVISIBLE for drop in layer.dropped)
        what = "its text layer is invisible" if hidden else "it has no text layer"
        return Choice(f"the page is a picture; {what}")
    shapes = sum(
        kind.startswith("fill") and 2 < right - left < 40 and 2 < bottom - top < 40
        for kind, (left, top, right, bottom) in page.get_bboxlog()
    )
    if shapes >= CURVES:
        return Choice("it has no text layer; its writing is drawn as curves or small pictures")
    return None


def _covered(page: pymupdf.Page) -> float:
    """Return the part of the page that pictures cover; strips of one scan add up."""
    whole = page.rect.width * page.rect.height
    area = 0.0
    for info in page.get_image_info():
        left, top, right, bottom = info["bbox"]
        wide = min(right, page.rect.width) - max(left, 0.0)
        high = min(bottom, page.rect.height) - max(top, 0.0)
        area += max(wide, 0.0) * max(high, 0.0)
    return area / whole if whole else 0.0


def _with_picture(page: pymupdf.Page, layer: Page, text: str) -> Choice | None:
    """Judge a page that has text and pictures."""
    covered = _covered(page)
    if covered < LARGE:
        return None
    if covered >= WHOLE and _painted_over(page):
        return Choice("the text layer is hidden behind a picture of the page")
    if covered >= WHOLE and any(drop.reason is DropReason.INVISIBLE for drop in layer.dropped):
        return Choice("the page is a picture; most of its text layer is invisible", sure=False)
    if covered < WHOLE and _is_other_script(text):
        # A figure of a manual in another language holds no part of a plan.
        return None
    return Choice("pictures on the page hold writing that is not in its text layer", sure=False)


def _painted_over(page: pymupdf.Page) -> bool:
    """Return True if a picture is painted after most of the text, over it."""
    before = after = 0
    whole = page.rect.width * page.rect.height
    for kind, (left, top, right, bottom) in page.get_bboxlog():
        if kind == "fill-image" and (right - left) * (bottom - top) >= LARGE * whole:
            before, after = before + after, 0
        elif kind in ("fill-text", "stroke-text"):
            after += 1
    return before > after


def _is_other_script(text: str) -> bool:
    """Return True if a text layer is long enough to judge and has few Han characters."""
    return len(text) >= ENOUGH and _han_count(text) < FEW_HAN * len(text)


def _han_count(text: str) -> int:
    return sum(map(len, _HAN.findall(text)))


def _garbled(layer: Page, text: str) -> Choice | None:
    """Judge a text layer by its characters: a font's wrong table gives rare or Latin ones."""
    if len(text) < ENOUGH:
        return None
    if _is_other_script(text):
        return _garbled_letters(layer, text)
    han = "".join(_HAN.findall(text))
    rare = _rare(han)
    if rare > max(RARE_HAN * len(han), 5):
        return Choice(f"{rare} of {len(han)} characters of the text layer are rare", sure=False)
    return None


def _garbled_letters(layer: Page, text: str) -> Choice | None:
    """Judge a text layer in another script: its letters may be misnamed Han characters.

    Letters are narrower than Han characters. Where most glyphs are an em wide, they are Han
    whose font names them wrongly. Signs as ¤ and ´ in plenty are the bytes of Big5.
    """
    wide = sum(map(_wide_letters, layer.runs))
    if wide > WIDE_GLYPHS * len(text):
        return Choice(
            f"{wide} of {len(text)} glyphs of the text layer are as wide as Chinese characters"
            " and named as others",
            sure=False,
        )
    signs = len(_LATIN_1_SIGNS.findall(text))
    if signs > MOJIBAKE * len(text):
        return Choice(
            f"{signs} of {len(text)} characters of the text layer are signs of another encoding",
            sure=False,
        )
    return None


def _wide_letters(run: Run) -> int:
    """Count a run's glyphs that are as wide as Han characters, but named by a narrow one."""
    least = EM_WIDE * run.font_size
    # A turned run is one glyph, which advances up or down the page.
    edges = [(run.top, run.bottom)] if run.turn else zip(run.lefts, run.rights, strict=True)
    return sum(
        stop - start >= least and unicodedata.east_asian_width(char) not in _WIDE
        for char, (start, stop) in zip(run.text, edges, strict=True)
    )


def _rare(han: str) -> int:
    """Count the Han characters that are not in the character set that knows most of them."""
    least = len(han)
    for name in CHARACTER_SETS:
        least = min(least, len(han) - len(han.encode(name, "ignore").decode(name)))
        if not least:
            break
    return least


def is_better(layer: Page, read: Page) -> bool:
    """Return True if what OCR read is to replace a text layer that was in doubt.

    The layer stays where OCR finds its characters again and hardly more than them.
    """
    ours = Counter(char for run in layer.runs for char in run.text)
    theirs = Counter(char for run in read.runs for char in run.text)
    if theirs.total() < ours.total() / 2:
        return False
    again = (ours & theirs).total() / max(ours.total(), 1)
    return again < AGREES or theirs.total() > MORE * ours.total()
