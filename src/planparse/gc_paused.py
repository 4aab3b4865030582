"""A pause of Python's cyclic garbage collector while very many objects are made, none a cycle.

A module of its own because the reader of files and the pipeline both need it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the collector for a piece of work that ends soon, then restore its state.

    MuPDF's reading of a page is some ten thousand dictionaries: the collector walks through them
    again and again and finds nothing, for all are freed by their reference counts.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
