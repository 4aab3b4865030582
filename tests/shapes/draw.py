"""Draw one plan of a shape: content, layout, producer, all from the seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import pymupdf

from . import write_office, write_platypus, write_story, write_typst
from .maker import Maker
from .model import Drawing

Shape = Callable[[Maker], Drawing]
SHAPES: dict[str, Shape] = {}


def shape(name: str) -> Callable[[Shape], Shape]:
    """Register a shape under its name."""

    def register(made: Shape) -> Shape:
        SHAPES[name] = made
        return made

    return register


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn plan and its truth."""

    shape: str
    seed: int
    producer: str
    pdf: bytes
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        """Name of its files."""
        return f"{self.shape}.{self.producer}.{self.seed}"


@cache
def shapes() -> dict[str, Shape]:
    """Return every shape by name."""
    from . import beside, labels, looks, numbers, pages  # noqa: F401

    return SHAPES


WRITERS: dict[str, Callable[[Drawing], bytes]] = {
    "platypus": write_platypus.write_platypus,
    "typst": write_typst.write_typst,
    "story": write_story.write_story,
    "writer": write_office.write_writer,
    "calc": write_office.write_calc,
}


def producer_of(name: str, seed: int) -> str:
    """Return which producer typesets the plan of a shape and seed, installed or not."""
    return Random(f"{name} {seed} producer").choice(sorted(WRITERS))


def draw(name: str, seed: int, producer: str = "") -> Drawn:
    """Draw the plan of a shape and seed; ``producer`` replaces the one that the seed draws."""
    producer = producer or producer_of(name, seed)
    maker = Maker.of(Random(f"{name} {seed}"))
    drawing = shapes()[name](maker)
    pdf = WRITERS[producer](drawing)
    return Drawn(name, seed, producer, _edited(pdf, drawing), maker.plan.truth())


def _edited(pdf: bytes, drawing: Drawing) -> bytes:
    document: Any = pymupdf.open("pdf", pdf)
    for page in document:
        # A producer may leave its page turned over; what is added must not be.
        page.wrap_contents()
    for edit in drawing.edits:
        document = edit(document)
    document.subset_fonts()
    return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))
