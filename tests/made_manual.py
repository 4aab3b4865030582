"""Manuals in English, as lie in folders beside plans: text, ruled tables, drawings, photographs."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

from PIL import Image as Picture
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import (
    Flowable,
    Image,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

_WORDS = (
    "the relay operator shall verify each terminal before power is applied to a panel and record "
    "voltage current torque or temperature within stated limits when installation of the meter "
    "cabinet has been completed maintenance personnel must disconnect supply wiring replace worn "
    "contacts inspect insulation clean filters and restart this controller according to section"
).split()
_GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randrange(8, 22))]
    return " ".join(words).capitalize() + "."


def _table(chance: random.Random) -> Flowable:
    rows = [["Item", "Part No.", "Limit", "Remarks"]]
    rows += [
        [str(at), f"QX-{chance.randrange(9999):04}", f"{chance.random():.2f} mA", "see below"]
        for at in range(1, 13)
    ]
    return Table(rows, style=_GRID)


def _chart(chance: random.Random) -> Flowable:
    drawn = Drawing(400, 160)
    for at in range(12):
        drawn.add(Rect(at * 32, 20, 24, chance.randrange(10, 120), fillColor=colors.grey))
        drawn.add(String(at * 32 + 4, 6, f"Q{at}", fontSize=8))
    return drawn


def _photograph(chance: random.Random) -> Flowable:
    """Return a picture that covers a third of the page."""
    picture = Picture.effect_noise((320, 240), chance.randrange(20, 90)).convert("L")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return Image(io.BytesIO(out.getvalue()), 440, 330)


def _page(chance: random.Random, number: int) -> Iterator[Flowable]:
    styles = getSampleStyleSheet()
    yield Paragraph(f"{number}. Operation and maintenance", styles["Heading1"])
    figure = {0: _table, 1: _chart, 2: _photograph}.get(number % 5)
    if figure is not None:
        yield figure(chance)
        yield Paragraph(f"Figure {number}: general arrangement", styles["Italic"])
    for _ in range(7 if figure is None else 3):
        text = " ".join(_sentence(chance) for _ in range(5))
        yield Paragraph(text, styles["BodyText"])
        yield Spacer(1, 6)
    yield PageBreak()


def made_manual(seed: int, pages: int = 50) -> bytes:
    """Write a manual; the same seed gives the same text."""
    chance = random.Random(seed)
    out = io.BytesIO()
    story = [part for number in range(1, pages + 1) for part in _page(chance, number)]
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()
