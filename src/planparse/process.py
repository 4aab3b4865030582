"""The running process: its garbage collector and its processors.

A module of its own because the reader of files, OCR, the pipeline and the batch need it.
"""

from __future__ import annotations

import gc
import os
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


def processors() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1
