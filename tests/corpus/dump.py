"""Read the corpus with the program as it stands: one result per document.

Only the program's public function is used, so that the same file reads the corpus with the source
of another commit.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .documents import Document, scratch

ANSWERS = "PLANPARSE_OCR_ANSWERS"


def read(document: Document) -> dict[str, Any]:
    """Return status, problems, plan and ledger of one document, as JSON has them."""
    from planparse import parse_plan

    if document.answers is not None:
        os.environ[ANSWERS] = str(document.answers)
    with scratch() as folder:
        result = parse_plan(document.on_disk(Path(folder)))
    plan = None if result.plan is None else result.plan.model_dump(mode="json")
    if plan is not None:
        plan.pop("planparse_version")
    problems = [
        {
            "code": str(one.code),
            "severity": str(one.severity),
            "measure": one.measure,
            "page": one.page,
            "message": one.message,
        }
        for one in result.problems
    ]
    ledger = None
    if result.ledger is not None:
        ledger = {"placed": dict(result.ledger.placed), "dropped": dict(result.ledger.dropped)}
    return {"status": str(result.status), "problems": problems, "plan": plan, "ledger": ledger}


def dump(documents: Iterable[Document], jobs: int | None = None) -> dict[str, Any]:
    """Return the result of every document by its key, read by ``jobs`` processes."""
    wanted = list(documents)
    with ProcessPoolExecutor(jobs or os.cpu_count(), get_context("spawn")) as pool:
        found = list(pool.map(read, wanted, chunksize=4))
    return {one.key: result for one, result in zip(wanted, found, strict=True)}
