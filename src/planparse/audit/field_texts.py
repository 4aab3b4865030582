"""Every field says what its glyphs say: no line taken out, changed, added or put elsewhere.

A claim covers all that is printed in a field's place; some fields keep less of it. What they may
leave out is spelled out here, character by character: the marks behind a number, the separators
and brackets around a department, the colon after a section's heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planparse.audit.field_sources import SECTION, Held, Holdings, Key
from planparse.audit.findings import Check, Finding, shown
from planparse.lexicon.departments import CLOSING, OPENING, SEPARATORS, role_word
from planparse.lexicon.numbering import BEHIND_NUMBER
from planparse.lexicon.sentences import COLONS
from planparse.model.plan import Department, Measure, Plan, Section

_AROUND_DEPARTMENT = "".join(SEPARATORS | OPENING | CLOSING)
_SINGLE = (
    *("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task"),
    *("measure_no", "text", "period"),
)


def bare(text: str | None) -> str:
    """Give a text without white space; empty for None."""
    return "" if text is None else "".join(text.split())


def _is_number(number: str | None, claimed: str) -> bool:
    """Tell whether a claimed text is a number and nothing but marks behind it."""
    printed = bare(number)
    return claimed.startswith(printed) and not claimed[len(printed) :].strip(BEHIND_NUMBER)


def _is_numbered(number: str, text: str, claimed: str) -> bool:
    """Tell whether a claimed text is a number, marks behind it, and a text."""
    start, rest = bare(number), bare(text)
    if not claimed.startswith(start) or not claimed.endswith(rest):
        return False
    between = len(claimed) - len(start) - len(rest)
    marks = claimed[len(start) : len(start) + between]
    return between >= 0 and not marks.strip(BEHIND_NUMBER)


def _is_department(department: Department, claimed: str) -> bool:
    """Tell whether a claimed text prints a department, once separators and brackets are off."""
    core = claimed.strip(_AROUND_DEPARTMENT)
    if bare(department.printed).strip(_AROUND_DEPARTMENT) != core:
        return False
    name = bare(department.name).strip(_AROUND_DEPARTMENT)
    return name == core or (core.endswith(name) and role_word(core)[1] == len(core) - len(name))


def _says(measure: Measure, held: Held) -> bool:
    """Tell whether a measure's field says what its glyphs say."""
    name, index = held.field, held.index
    if name == "points":
        point = measure.points[index]
        return _is_numbered(point.no, point.text, held.text)
    if name == "departments":
        return _is_department(measure.departments[index], held.text)
    if name == "extras":
        return bare(measure.extras[index].text) == held.text
    value: str | None = getattr(measure, name)
    if name.endswith("_no"):
        return _is_number(value, held.text)
    return value == held.text or bare(value) == held.text


def _entries(measure: Measure) -> dict[Key, str]:
    """List the entries of a measure that hold text."""
    found: dict[Key, str] = {}
    for name in _SINGLE:
        value = getattr(measure, name)
        if value:
            found[name, 0] = value
    for at, point in enumerate(measure.points):
        found["points", at] = point.no + point.text
    for at, department in enumerate(measure.departments):
        found["departments", at] = department.printed
    for at, extra in enumerate(measure.extras):
        if extra.text:
            found["extras", at] = extra.text
    return found


def _differs(what: str, says: str, page: str, measure: int | None, held: Held | None) -> Finding:
    place = held.first if held is not None else None
    message = f"{what} says {shown(says)}, its glyphs say {shown(page)}"
    return Finding(
        Check.TEXT_DIFFERS,
        message,
        None if place is None else place.page,
        None if place is None else place.box,
        measure,
    )


def _measure(measure: Measure, holdings: Mapping[Key, Held]) -> Iterator[Finding]:
    entries = _entries(measure)
    for key, held in holdings.items():
        says = entries.pop(key, None)
        if says is None:
            if held.text or not hasattr(measure, held.field):
                yield _differs(_name(measure, key), "", held.text, measure.seq, held)
        elif not _says(measure, held):
            yield _differs(_name(measure, key), says, held.text, measure.seq, held)
    for key, says in entries.items():
        yield _differs(_name(measure, key), says, "", measure.seq, None)


def _name(measure: Measure, key: Key) -> str:
    return f"{key[0]} {key[1] + 1} of measure {measure.seq}"


def _section(at: int, section: Section, holdings: Mapping[Key, Held]) -> Iterator[Finding]:
    texts = {0: section.no + section.heading}
    texts |= dict(enumerate(section.paragraphs, 1))
    for index, says in texts.items():
        held = holdings.get((SECTION, index))
        page = "" if held is None else held.text
        if index:
            same = bare(says) == page
        else:
            same = _is_numbered(section.no, section.heading, page.rstrip("".join(COLONS)))
        if not same:
            yield _differs(f"part {index} of section {at}", says, page, None, held)
    for (_, index), held in holdings.items():
        if index not in texts:
            yield _differs(f"part {index} of section {at}", "", held.text, None, held)


def _plan(plan: Plan, holdings: Mapping[Key, Held]) -> Iterator[Finding]:
    for name in ("title", "issued"):
        value: str | None = getattr(plan, name)
        held = holdings.get((name, 0))
        page = "" if held is None else held.text
        if bare(value) != page:
            yield _differs(name, value or "", page, None, held)
    headings = holdings.get(("heading", 0))
    printed = "" if headings is None else headings.text
    for column in plan.columns:
        if bare(column.printed) not in printed:
            yield _differs("a column's heading", column.printed, printed, None, headings)


def check_field_texts(plan: Plan, holdings: Holdings) -> list[Finding]:
    """Find the fields that do not say what their glyphs say."""
    found = list(_plan(plan, holdings.plan))
    for at, section in enumerate(plan.sections, 1):
        found += _section(at, section, holdings.sections.get(at, {}))
    for measure in plan.measures:
        found += _measure(measure, holdings.measures.get(measure.seq, {}))
    seqs = {measure.seq for measure in plan.measures}
    for seq, entries in holdings.measures.items():
        if seq not in seqs:
            for held in entries.values():
                found.append(
                    _differs(f"measure {seq}, which is not there", "", held.text, None, held)
                )
    for at, entries in holdings.sections.items():
        if not 1 <= at <= len(plan.sections):
            for held in entries.values():
                found.append(
                    _differs(f"section {at}, which is not there", "", held.text, None, held)
                )
    return found
