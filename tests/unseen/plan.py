"""Draw a plan that nobody has seen."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from .content import draw_content
from .flow import NoBreakError
from .pages import Setter
from .paint import paint
from .style import Style, draw_style
from .truth import truth_of
from .writers import width_in, write

_TRIES = 20


@dataclass(frozen=True, slots=True)
class UnseenPlan:
    """A drawn plan: the PDF, its truth, its style and its seed."""

    seed: int
    style: Style
    pdf: bytes
    truth: dict[str, Any]


def draw_plan(seed: int, style: Style | None = None) -> UnseenPlan:
    """Draw the plan of a seed; the same seed and style give the same bytes.

    ``style=None``: the style is drawn from the seed too.
    """
    chosen = draw_style(Random(f"{seed}/style")) if style is None else style.normalised()
    width = width_in(chosen.writer)
    for attempt in range(_TRIES):
        content = draw_content(Random(f"{seed}/{attempt}/content"), chosen)
        setter = Setter(Random(f"{seed}/{attempt}/layout"), chosen, content, width)
        try:
            parts = setter.set()
        except NoBreakError:
            continue
        rng = Random(f"{seed}/{attempt}/paint")
        for one in parts:
            paint(rng, chosen, one, width)
        pdf = write(chosen, [one.page for one in parts])
        return UnseenPlan(seed, chosen, pdf, truth_of(content, setter))
    raise NoBreakError(
        f"seed {seed}: no page break that leaves the plan readable in {_TRIES} tries"
    )
