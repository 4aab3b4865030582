"""Compare a plan with what is expected of it: every field, row for row, both ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]

PLAN_FIELDS = ("title", "district", "roc_year", "issued", "columns")
# Whatever a measure has beside its text must be exact on a scan as well.
TEXT_FIELDS = ("text", "points")
ROW_FIELDS = (
    "aspect_no",
    "aspect",
    "strategy_no",
    "strategy",
    "task_no",
    "task",
    "measure_no",
    "text",
    "points",
    "departments",
    "period",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs; ``row`` is the expected measure's seq, None for the plan itself."""

    row: int | None
    field: str
    expected: Any
    got: Any


@dataclass(slots=True)
class Comparison:
    """What comparing a plan gave; ``pairs`` are rows set beside each other."""

    expected: int
    got: int
    equal: int = 0
    equal_but_text: int = 0
    missing: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Tell whether nothing at all differs."""
        return not (self.missing or self.extra or self.differences)


def bare(value: Any) -> Any:
    """Take all white space out of every text in a value."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, Mapping):
        return {key: bare(entry) for key, entry in value.items()}
    if isinstance(value, Sequence):
        return [bare(entry) for entry in value]
    return value


def _differing(expected: Row, got: Row, names: Sequence[str]) -> list[str]:
    return [name for name in names if bare(expected[name]) != bare(got[name])]


def _fingerprint(row: Row) -> list[str]:
    return [repr(bare(row[name])) for name in ROW_FIELDS]


def align(expected: Sequence[Row], got: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Set rows beside each other in order, so that as many fields as possible agree.

    Rows that agree in less than half of their fields are no pair: one is missing, one extra.
    """
    half = len(ROW_FIELDS) / 2
    wanted, read = [_fingerprint(row) for row in expected], [_fingerprint(row) for row in got]
    score = [[0.0] * (len(got) + 1) for _ in range(len(expected) + 1)]
    alike: dict[tuple[int, int], float] = {}
    for i in range(len(expected) - 1, -1, -1):
        for j in range(len(got) - 1, -1, -1):
            agree = sum(a == b for a, b in zip(wanted[i], read[j], strict=True))
            alike[i, j] = agree if agree >= half else float("-inf")
            score[i][j] = max(score[i + 1][j], score[i][j + 1], score[i + 1][j + 1] + alike[i, j])
    pairs: list[tuple[Row | None, Row | None]] = []
    i = j = 0
    while i < len(expected) and j < len(got):
        if score[i][j] == score[i + 1][j + 1] + alike[i, j]:
            pairs.append((expected[i], got[j]))
            i, j = i + 1, j + 1
        elif score[i][j] == score[i + 1][j]:
            pairs.append((expected[i], None))
            i += 1
        else:
            pairs.append((None, got[j]))
            j += 1
    pairs += [(row, None) for row in expected[i:]] + [(None, row) for row in got[j:]]
    return pairs


def _compare_sections(expected: Row, got: Row, found: Comparison) -> None:
    for at in range(max(len(expected["sections"]), len(got["sections"]))):
        wanted = expected["sections"][at] if at < len(expected["sections"]) else {}
        read = got["sections"][at] if at < len(got["sections"]) else {}
        for name in ("no", "heading", "paragraphs", "has_table"):
            if bare(wanted.get(name)) != bare(read.get(name)):
                found.differences.append(
                    Difference(None, f"sections[{at}].{name}", wanted.get(name), read.get(name))
                )


def compare(expected: Row, got: Row) -> Comparison:
    """Compare two plans in the form of ``tests/known_plans/*.json``."""
    found = Comparison(len(expected["measures"]), len(got["measures"]))
    for name in _differing(expected, got, PLAN_FIELDS):
        found.differences.append(Difference(None, name, expected[name], got[name]))
    _compare_sections(expected, got, found)
    for wanted, read in align(expected["measures"], got["measures"]):
        if read is None:
            found.missing.append(wanted or {})
        elif wanted is None:
            found.extra.append(read)
        else:
            found.pairs.append((wanted, read))
            differing = _differing(wanted, read, ROW_FIELDS)
            found.equal += not differing
            found.equal_but_text += not set(differing) - set(TEXT_FIELDS)
            found.differences += [
                Difference(wanted["seq"], name, wanted[name], read[name]) for name in differing
            ]
    numbers = [row["seq"] for row in got["measures"]]
    if numbers != list(range(1, len(numbers) + 1)):
        found.differences.append(Difference(None, "seq", "1, 2, 3 …", numbers))
    return found


def edits(a: str, b: str) -> int:
    """Count the characters to insert, delete or replace to make ``b`` of ``a``."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def row_text(row: Row) -> str:
    """Give a row's text with its points, without white space."""
    points = "".join(f"{point['no']}{point['text']}" for point in row["points"])
    return "".join(f"{row['text']}{points}".split())


def error_rate(found: Comparison) -> float:
    """Give the character error rate over the texts of all measures, missing and extra included."""
    texts = [(row_text(a), row_text(b)) for a, b in found.pairs]
    texts += [(row_text(row), "") for row in found.missing]
    texts += [("", row_text(row)) for row in found.extra]
    return sum(edits(a, b) for a, b in texts) / max(1, sum(len(a) for a, _ in texts))
