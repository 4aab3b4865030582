"""Count what became of each expected row: exact, wrong but reported, or wrong in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planparse.model.record_differences import (
    Comparison,
    Forgive,
    compare_records,
    plan_record,
)

from .documents import Document

# In this order in every table. Wrong rows are reported on the row, on the plan, by refusing the
# plan, or not at all; rows that no page prints are told or not. Alarms are exact rows with a
# problem of their own.
COLUMNS = ("rows", "exact", "row", "plan", "refused", "silent", "invented", "told", "alarms")
WIDTH = 9


def forgiven(document: Document, *more: Forgive) -> Forgive:
    """Return what the comparison of a document forgives."""
    found = Forgive.NOTHING
    for one in (*(Forgive[name] for name in document.forgive), *more):
        found |= one
    return found


def compare(document: Document, result: Mapping[str, Any], *more: Forgive) -> Comparison | None:
    """Compare a result with the document's truth; None where no rows were published."""
    plan = result["plan"]
    if plan is None or not str(result["status"]).startswith("parsed"):
        return None
    got = plan_record(plan, plan["sections"], plan["measures"])
    truth = document.truth()
    if "beside_the_plan" in truth or document.kind in {"producers", "scans"}:
        truth = {name: value for name, value in truth.items() if name != "sections"}
    return compare_records(truth, got, forgiven(document, *more))


def tally(document: Document, result: Mapping[str, Any], *more: Forgive) -> Counter[str]:
    """Return how many rows of the document are what; see ``COLUMNS``.

    A wrong row is reported on itself, or only somewhere on the plan by a warning.
    """
    found = compare(document, result, *more)
    if found is None:
        rows = len(document.truth()["measures"])
        return Counter({"rows": rows, "refused": rows})
    warned = any(one["severity"] != "note" and one["measure"] is None for one in result["problems"])
    counts = Counter({"rows": found.expected, "exact": found.equal})
    for wanted, got in found.pairs:
        told = bool(got["problem_codes"])
        if wanted["seq"] in found.wrong:
            counts["row" if told else "plan" if warned else "silent"] += 1
        else:
            counts["alarms"] += told
    counts["plan" if warned else "silent"] += len(found.missing)
    for row in found.extra:
        counts["told" if row["problem_codes"] or warned else "invented"] += 1
    return counts


def table(documents: Sequence[Document], dumped: Mapping[str, Any], *more: Forgive) -> str:
    """Return one line per document and their sum."""
    sums: Counter[str] = Counter()
    lines = [line("document", {name: name for name in COLUMNS})]
    for one in documents:
        counts = tally(one, dumped[one.key], *more)
        sums += counts
        if one.kind != "seeds" or counts["exact"] < counts["rows"]:
            lines.append(line(one.key, counts))
    return "\n".join([*lines, line(f"{len(documents)} documents", sums)])


def line(name: str, values: Mapping[str, Any]) -> str:
    """Return one line of a table: a name and the counts under ``COLUMNS``."""
    return f"{name:44}" + "".join(f"{values.get(one, 0):>{WIDTH}}" for one in COLUMNS)


def differences(document: Document, result: Mapping[str, Any]) -> Iterator[str]:
    """Yield every difference of a result from the document's truth, one line each."""
    found = compare(document, result)
    if found is None:
        return
    yield from (f"{document.key}: {one}" for one in found.differences)
    for name, rows in (("missing", found.missing), ("extra", found.extra)):
        yield from (f"{document.key}: {name} row {one['seq']} {one['text'][:40]}" for one in rows)
