"""Shapes whose tables have few rules or none, and texts of another look."""

from __future__ import annotations

from dataclasses import replace

from .content import WORDS, Measure
from .draw import shape
from .maker import Column, Group, Maker
from .model import Drawing, Grid

_SHADES = ("#e7e6e6", "#ddebf7", "#fff2cc", "#e2efda")


def _airy(maker: Maker) -> None:
    """Set rows apart, so that a reader tells them from lines without any rule."""
    maker.centred = False
    size = maker.sheet.size
    maker.sheet = replace(maker.sheet, pad=max(5.0, 0.55 * size), leading=1.25, cut=False)


def _ruled(maker: Maker, look: str) -> Drawing:
    _airy(maker)
    grid = maker.grid(maker.columns())
    grid.look = look
    return maker.drawing(grid)


@shape("three-line")
def three_line(maker: Maker) -> Drawing:
    """Rules only above and below the heading and at the end."""
    return _ruled(maker, "three")


@shape("hlines-only")
def hlines_only(maker: Maker) -> Drawing:
    """Rules between the rows, none between the columns."""
    return _ruled(maker, "rows")


@shape("no-rules")
def no_rules(maker: Maker) -> Drawing:
    """No rule at all."""
    return _ruled(maker, "none")


def _shaded(maker: Maker, look: str) -> Grid:
    """Return a table whose rows are shaded by turns, each label as its first row is."""
    _airy(maker)
    shades = maker.rng.sample(_SHADES, 2)
    places = {one.at: at for at, one in enumerate(maker.measures)}
    labels = {"aspect": 0, "strategy": 1}

    def fill(column: Column) -> Column:
        place = labels.get(column.role)

        def shade(group: Group) -> str:
            at = places[group[0].at] if place is None else group[0].at[place]
            return shades[at % 2]

        return replace(column, fill=shade)

    maker.fill = maker.fill or "#bfbfbf"
    grid = maker.grid([fill(one) for one in maker.columns()])
    grid.look = look
    return grid


@shape("background-only")
def background_only(maker: Maker) -> Drawing:
    """Shaded cells by turns, no rule."""
    return maker.drawing(_shaded(maker, "none"))


@shape("white-rules")
def white_rules(maker: Maker) -> Drawing:
    """White rules on shaded cells."""
    return maker.drawing(_shaded(maker, "white"))


def _inserted(maker: Maker, look: str, share: float) -> None:
    """Insert words of another look behind a comma of so many measures."""
    for one in maker.measures:
        head, comma, tail = one.text.partition("，")
        if comma and maker.rng.random() < share:
            words = maker.rng.choice(WORDS["left_over"])
            one.printed = f"{head}，<{look}>{words}</{look}>{tail}"


@shape("strike")
def strike(maker: Maker) -> Drawing:
    """Words that are struck out, as a draft has them: no part of the text."""
    _inserted(maker, "s", 0.5)
    return maker.drawing(maker.grid(maker.columns()))


@shape("white-text")
def white_text(maker: Maker) -> Drawing:
    """Left-over words in white on white: no part of the text."""
    _inserted(maker, "w", 0.4)
    return maker.drawing(maker.grid(maker.columns()))


@shape("underlined")
def underlined(maker: Maker) -> Drawing:
    """Underlined words, which are part of the text."""
    for one in maker.measures:
        _underline(maker, one)
    return maker.drawing(maker.grid(maker.columns()))


def _underline(maker: Maker, one: Measure) -> None:
    parts = one.text.split("，")
    at = maker.rng.randrange(len(parts))
    if maker.rng.random() < 0.5:
        mark = "。" if parts[at].endswith("。") else ""
        parts[at] = f"<u>{parts[at].removesuffix('。')}</u>{mark}"
        one.printed = "，".join(parts)
