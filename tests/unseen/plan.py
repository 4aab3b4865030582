"""Draw a plan that nobody has seen."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from .draw_content import draw_content
from .draw_style import draw_style
from .flow import NoBreakError
from .pages import Setter
from .paint import paint
from .style import Style
from .truth import truth_of
from .writers import width_in, write

_TRIES = 20


@dataclass(frozen=True, slots=True)
class UnseenPlan:
    """A drawn plan: the PDF, its truth, its style, its seed and its world."""

    seed: int
    style: Style
    pdf: bytes
    truth: dict[str, Any]
    world: int = 1


def style_of(seed: int, world: int = 1) -> Style:
    """Draw the style of a seed."""
    return draw_style(Random(f"{_root(seed, world)}/style"), world)


def _root(seed: int, world: int) -> str:
    return str(seed) if world == 1 else f"{world}/{seed}"


def draw_plan(seed: int, style: Style | None = None, world: int = 1) -> UnseenPlan:
    """Draw the plan of a seed; the same seed, style and world give the same bytes.

    ``style=None``: the style is drawn from the seed too. World 1 never changes.
    """
    chosen = style_of(seed, world) if style is None else style.normalised()
    root = _root(seed, world)
    width = width_in(chosen.writer)
    for attempt in range(_TRIES):
        content = draw_content(Random(f"{root}/{attempt}/content"), chosen, world)
        setter = Setter(Random(f"{root}/{attempt}/layout"), chosen, content, width)
        try:
            parts = setter.set()
        except NoBreakError:
            continue
        rng = Random(f"{root}/{attempt}/paint")
        for one in parts:
            paint(rng, chosen, one, width)
        pdf = write(chosen, [one.page for one in parts])
        return UnseenPlan(seed, chosen, pdf, truth_of(content, setter), world)
    raise NoBreakError(
        f"seed {root}: no page break that leaves the plan readable in {_TRIES} tries"
    )
