"""Draw what a plan looks like."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from .style import Style
from .worlds import options_of


def draw_style(rng: Random, world: int = 1) -> Style:
    """Draw a style of a world, each choice by its weights."""
    chosen = {
        name: rng.choices(options, weights)[0] if weights else rng.choice(options)
        for name, (options, weights) in options_of(world).items()
    }
    return Style(**chosen).normalised()


def styles(world: int = 1) -> st.SearchStrategy[Style]:
    """Make the hypothesis strategy of styles; shrinks towards the plainest one."""
    choices = {name: st.sampled_from(options) for name, (options, _) in options_of(world).items()}
    return st.builds(Style, **choices).map(Style.normalised)
