"""Compare two readings of one plan, record by record; white space never counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from planparse.datamodel.plan import Measure, Plan, Section
from planparse.datamodel.problem import Problem, ProblemCode, Severity, Stage

_PLAN_FIELDS = ("title", "district", "district_printed", "roc_year", "issued", "columns")
_MEASURE_FIELDS = (
    *("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task"),
    *("measure_no", "text", "points", "departments", "period", "extras"),
    *("page_first", "page_last"),
)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that two extractors read differently.

    ``measure`` is the seq in the first reading, None where the plan or a section differs;
    ``first`` or ``second`` is None where that reading lacks the record.
    """

    measure: int | None
    field: str
    first: str | None
    second: str | None
    page: int | None = None

    def __str__(self) -> str:
        where = "" if self.measure is None else f"measure {self.measure} "
        return f"{where}{self.field}: {_quoted(self.first)} against {_quoted(self.second)}"

    def problem(self, extractor: str) -> Problem:
        """Give it as a problem of the rows that it touches; ``extractor`` gave the second."""
        return Problem(
            ProblemCode.EXTRACTOR_DISAGREEMENT,
            Severity.WARNING,
            Stage.LEDGER,
            f"{extractor} reads {self.field} as {_quoted(self.second)}, not {_quoted(self.first)}; "
            "compare with the page",
            page=self.page,
            measure=self.measure,
        )


def _quoted(text: str | None) -> str:
    if text is None:
        return "nothing"
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _bare(value: Any) -> str:
    """Give what a field prints, without white space, names of parts or values made of it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(_bare(part) for part in value)
    if hasattr(value, "model_dump"):
        kept = value.model_dump(include={"no", "text", "printed", "role", "column"})
        return "/".join("".join(str(kept[name]).split()) for name in sorted(kept))
    return "".join(str(value).split())


def _fields(
    first: Any, second: Any, names: Sequence[str], prefix: str = ""
) -> Iterator[tuple[str, str, str]]:
    for name in names:
        one, other = _bare(getattr(first, name)), _bare(getattr(second, name))
        if one != other:
            yield prefix + name, one, other


def _key(measure: Measure) -> tuple[str, str]:
    return _bare(measure.measure_no), _bare(measure.text)[:16]


def _pairs(
    first: Sequence[Measure], second: Sequence[Measure]
) -> Iterator[tuple[Measure | None, Measure | None]]:
    """Set measures beside each other by their numbers and the starts of their texts."""
    keys, others = [_key(one) for one in first], [_key(one) for one in second]
    for tag, a, b, c, d in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            yield from zip(first[a:b], second[c:d], strict=True)
            continue
        for one in first[a:b]:
            yield one, None
        for other in second[c:d]:
            yield None, other


def _measures(first: Plan, second: Plan) -> Iterator[Disagreement]:
    for one, other in _pairs(first.measures, second.measures):
        if one is None and other is not None:
            yield Disagreement(None, "measures", None, _bare(other.text), other.page_first)
        elif one is not None and other is None:
            yield Disagreement(one.seq, "measures", _bare(one.text), None, one.page_first)
        elif one is not None and other is not None:
            for name, says, reads in _fields(one, other, _MEASURE_FIELDS):
                yield Disagreement(one.seq, name, says, reads, one.page_first)


def _section_texts(sections: Sequence[Section], at: int) -> dict[str, str]:
    if at >= len(sections):
        return {}
    section = sections[at]
    texts = {"no": section.no, "heading": section.heading, "has_table": str(section.has_table)}
    texts |= {f"paragraphs[{i}]": text for i, text in enumerate(section.paragraphs)}
    return {f"sections[{at}].{name}": _bare(text) for name, text in texts.items()}


def _sections(first: Plan, second: Plan) -> Iterator[Disagreement]:
    for at in range(max(len(first.sections), len(second.sections))):
        ours, theirs = _section_texts(first.sections, at), _section_texts(second.sections, at)
        for name in [*ours, *[other for other in theirs if other not in ours]]:
            if ours.get(name) != theirs.get(name):
                yield Disagreement(None, name, ours.get(name), theirs.get(name))


def compare_plans(first: Plan | None, second: Plan | None) -> list[Disagreement]:
    """List all that two readings of one plan do not agree on; empty where they are identical."""
    if first is None or second is None:
        if first is second:
            return []
        found = first or second
        title = "" if found is None else found.title or found.source_file
        return [Disagreement(None, "plan", title if first else None, title if second else None)]
    plan = [Disagreement(None, *found) for found in _fields(first, second, _PLAN_FIELDS)]
    return [*plan, *_sections(first, second), *_measures(first, second)]
