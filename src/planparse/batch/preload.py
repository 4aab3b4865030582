"""What every worker needs, loaded once and shared by all: see ``isolation``.

Importing this module does it. No library may be using threads of its own by then: a fork takes
none along.
"""

from __future__ import annotations

import os
from importlib import import_module


def _warm_up() -> None:
    # Must be said before the libraries are loaded. Arrow's own allocator sets a gigabyte aside as
    # writable, which would count as taken; see ``worker_process``.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("planparse.batch.parse_file", "planparse.pipeline"):
        import_module(name)
    from planparse.dataset.writing import example_rows, parquet_bytes
    from planparse.model.page import SourceDocument
    from planparse.pipeline import parse_document

    # A document without pages loads the rules; Arrow loads pandas with the first rows it gets.
    parse_document(SourceDocument("", "", (), ""))
    for table, rows in example_rows().items():
        parquet_bytes(table, rows, {})


_warm_up()
