"""Differences between two records of one plan: field by field, row by row, both ways.

Everything that compares plans uses this module: ``planparse check``, ``accept`` and ``compare``,
the tests, and the comparison of two commits. A *record* is a plan in the form of the expected
files: the fields of ``PLAN_FIELDS``, ``sections`` and ``measures``, in the names of the dataset's
columns, departments as printed. Only fields that the expected record has are compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Flag, auto
from itertools import pairwise, zip_longest
from typing import Any
from unicodedata import normalize

from planparse.model.record_alignment import LABEL_FIELDS, Row, align

PLAN_FIELDS = ("title", "district", "roc_year", "issued", "columns", "extra_columns")
SECTION_FIELDS = ("no", "heading", "paragraphs", "has_table")
ROW_FIELDS = (
    *LABEL_FIELDS,
    *("measure_no", "text", "points", "departments", "roles", "period", "extras"),
    *("page_first", "page_last"),
)
_NUMBER_FIELDS = frozenset({"aspect_no", "strategy_no", "task_no", "measure_no"})
_DOTS = str.maketrans("‧•∙・", "····")
_SEPARATORS = "、，,；;/／"
_ROLE_PREFIXES = ("主辦:", "主辦：", "協辦:", "協辦：")


class Forgive(Flag):
    """What may differ beside white space, which never counts."""

    NOTHING = 0
    MARKS = auto()
    """Separators around numbers and names, 主辦：/協辦：, the form of a middle dot, null or ''."""
    WIDTHS = auto()
    """Full-width or half-width forms, which a scan often cannot tell apart."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs; ``row`` is the expected measure's seq, None for the plan itself."""

    row: int | None
    field: str
    expected: Any
    got: Any
    page: int | None = None

    def __str__(self) -> str:
        place = "plan" if self.row is None else f"row {self.row}"
        return f"{place} {self.field}: expected {self.expected!r}, got {self.got!r}"


@dataclass(slots=True)
class Comparison:
    """The outcome of one comparison; ``pairs`` are (expected, got) rows of one measure."""

    expected: int
    got: int
    missing: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    pairs: list[tuple[Row, Row]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Return True if nothing at all differs."""
        return not (self.missing or self.extra or self.differences)

    @property
    def wrong(self) -> frozenset[int]:
        """Expected rows with a field that differs, by seq."""
        return frozenset(one.row for one in self.differences if one.row is not None)

    @property
    def equal(self) -> int:
        """Number of rows that are equal in every field."""
        return len(self.pairs) - len(self.wrong)


def as_json(value: Any) -> str:
    """Return a value of a record as one line, Chinese readable."""
    return json.dumps(value, ensure_ascii=False, default=str)


def plan_record(plan: Row, sections: Iterable[Row], measures: Iterable[Row]) -> dict[str, Any]:
    """Return the record of a plan from rows of ``plans``, ``sections`` and ``measures``.

    The dumped models of a ``Plan`` have the same names and serve as well.
    """
    known = {str(one["role"]): one["printed"] for one in plan["columns"]}
    known.pop("extra", None)
    further = [one["printed"] for one in plan["columns"] if str(one["role"]) == "extra"]
    return {
        "title": plan["title"],
        "district": plan["district_printed"],
        "roc_year": plan["roc_year"],
        "issued": plan["issued"],
        "columns": known,
        "extra_columns": further,
        "sections": [{name: _plain(one[name]) for name in SECTION_FIELDS} for one in sections],
        "measures": [_measure_record(one) for one in measures],
    }


def _measure_record(row: Row) -> dict[str, Any]:
    made = {name: _plain(row[name]) for name in ("seq", *LABEL_FIELDS, "measure_no", "text")}
    made["points"] = [{"no": one["no"], "text": one["text"]} for one in row["points"]]
    made["departments"] = [one["printed"] for one in row["departments"]]
    made["roles"] = [str(one["role"]) for one in row["departments"]]
    made["period"] = row["period"]
    made["extras"] = [{"column": one["column"], "text": one["text"]} for one in row["extras"]]
    made["problem_codes"] = [str(code) for code in row["problem_codes"]]
    return made | {name: row[name] for name in ("page_first", "page_last")}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def bare(value: Any, forgive: Forgive = Forgive.NOTHING) -> Any:
    """Return a value whose texts have no white space, nor anything else that is forgiven."""
    if isinstance(value, str):
        text = normalize("NFKC", value) if Forgive.WIDTHS in forgive else value
        text = text.translate(_DOTS) if Forgive.MARKS in forgive else text
        return "".join(text.split())
    if isinstance(value, Mapping):
        return {bare(key): bare(entry, forgive) for key, entry in value.items()}
    if isinstance(value, Sequence):
        return [bare(entry, forgive) for entry in value]
    return "" if value is None and Forgive.MARKS in forgive else value


def _compared(name: str, row: Row, forgive: Forgive) -> Any:
    """Return the value of a row's field in the form that is compared."""
    value = bare(row.get(name), forgive)
    if name == "departments":
        value = [one.rstrip("、") for one in value or ()]
        if Forgive.MARKS in forgive:
            value = [_unmarked(one) for one in value]
    elif name == "extras" and isinstance(value, list):
        value = sorted([one["column"], one["text"]] for one in value if one["text"])
    elif name in _NUMBER_FIELDS and Forgive.MARKS in forgive:
        value = str(value).rstrip("、")
    return value


def _unmarked(name: str) -> str:
    name = name.strip(_SEPARATORS)
    for prefix in _ROLE_PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _leads_first(row: Row) -> Row:
    """Return the row with its lead departments before its co-departments."""
    if len(row.get("roles", ())) != len(row["departments"]):
        return row
    both = sorted(
        zip(row["roles"], row["departments"], strict=True), key=lambda one: one[0] == "co"
    )
    return {**row, "roles": [one[0] for one in both], "departments": [one[1] for one in both]}


def _readings(expected: Row) -> Iterator[Row]:
    """Yield every reading of an expected row that a person could defend.

    ``accept`` replaces fields, ``*`` by anything; its ``_alt`` lists alternatives to that.
    """
    yield expected
    accept = dict(expected.get("accept", {}))
    others = accept.pop("_alt", [])
    if accept:
        yield {**expected, **accept}
    yield from ({**expected, **accept, **other} for other in others)


def row_differences(
    expected: Row, got: Row, forgive: Forgive = Forgive.NOTHING
) -> list[Difference]:
    """Return the fields of one measure that differ, by its closest accepted reading."""
    if "roles" in expected:
        expected, got = _leads_first(expected), _leads_first(got)
    return min((_field_differences(one, got, forgive) for one in _readings(expected)), key=len)


def _field_differences(expected: Row, got: Row, forgive: Forgive) -> list[Difference]:
    found = []
    for name in ROW_FIELDS:
        if name not in expected or expected[name] == "*":
            continue
        wanted, read = _compared(name, expected, forgive), _compared(name, got, forgive)
        if name == "extras" and isinstance(wanted, str):
            read = "".join(text for _, text in _as_printed(got, forgive))
        if wanted != read:
            page = expected.get("page_first")
            found.append(Difference(expected["seq"], name, expected[name], got.get(name), page))
    return found


def _as_printed(row: Row, forgive: Forgive) -> list[tuple[str, str]]:
    """Return the further columns of a row in their order on the page."""
    return [(one["column"], bare(one["text"], forgive)) for one in row.get("extras", ())]


def compare_records(expected: Row, got: Row, forgive: Forgive = Forgive.NOTHING) -> Comparison:
    """Return how two records of one plan differ; rows missing and rows extra both count."""
    rows, read = expected["measures"], got["measures"]
    found = Comparison(len(rows), len(read))
    for name in PLAN_FIELDS:
        if name in expected and bare(expected[name], forgive) != bare(got[name], forgive):
            found.differences.append(Difference(None, name, expected[name], got[name]))
    if "sections" in expected:
        found.differences += _section_differences(expected["sections"], got["sections"])
    for wanted, other in align(rows, read):
        if other is None:
            found.missing.append(wanted or {})
        elif wanted is None:
            found.extra.append(other)
        else:
            found.pairs.append((wanted, other))
            found.differences += row_differences(wanted, other, forgive)
    numbers = [row["seq"] for row in read]
    if any(later <= one for one, later in pairwise(numbers)):
        found.differences.append(Difference(None, "seq", "in order", numbers))
    return found


def _section_differences(expected: Sequence[Row], got: Sequence[Row]) -> Iterator[Difference]:
    for at, (wanted, read) in enumerate(zip_longest(expected, got)):
        if wanted is None or read is None:
            yield Difference(None, f"sections[{at}]", wanted, read)
            continue
        texts, others = _section_texts(wanted), _section_texts(read)
        for name in dict.fromkeys([*texts, *others]):
            if bare(texts.get(name)) != bare(others.get(name)):
                place = f"sections[{at}].{name}"
                yield Difference(None, place, texts.get(name), others.get(name))


def _section_texts(section: Row) -> dict[str, Any]:
    """Return the texts of a section by name, each paragraph on its own."""
    texts = {name: section.get(name) for name in ("no", "heading", "has_table")}
    paragraphs = enumerate(section.get("paragraphs", ()))
    return texts | {f"paragraphs[{at}]": text for at, text in paragraphs}
