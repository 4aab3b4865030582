"""Every field has the text of its glyphs: no line taken out, changed, added or put elsewhere.

A claim covers all that is printed in a field's place; some fields keep less of it. What they may
leave out is spelled out here, character by character: the marks behind a number, the separators
and brackets around a department, the colon after a section's heading.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from planparse.audit.field_sources import SECTION, FieldSource, FieldSources, Key
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.page_glyphs import Pages
from planparse.lexicon.character_folds import count_unnamed
from planparse.lexicon.departments import role_bracket, role_word, without_separators
from planparse.lexicon.numbering import BEHIND_NUMBER, load_numbering
from planparse.lexicon.references import find_reference
from planparse.lexicon.sentences import COLONS
from planparse.model.plan import Department, Measure, Plan, Section

_SINGLE = (
    *("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task"),
    *("measure_no", "text", "period"),
)


def bare(text: str | None) -> str:
    """Return a text without white space; empty for None."""
    return "" if text is None else "".join(text.split())


def _is_numbered(number: str | None, text: str, claimed: str) -> bool:
    """Return True if a claimed text is a number, marks behind it, and a text, if any."""
    start, rest = bare(number), bare(text)
    if not claimed.startswith(start) or not claimed.endswith(rest):
        return False
    between = len(claimed) - len(start) - len(rest)
    marks = claimed[len(start) : len(start) + between]
    return between >= 0 and not marks.strip(BEHIND_NUMBER)


def _is_department(department: Department, claimed: str) -> bool:
    """Return True if a claimed text prints a department, once separators and brackets are off."""
    core = without_separators(claimed)
    if without_separators(bare(department.printed)) != core:
        return False
    name = without_separators(bare(department.name))
    if core.endswith(name) and len(core) - len(name) in (0, role_word(core)[1]):
        return True
    before, _, behind = claimed.partition(name)
    around = [without_separators(part) for part in (before, behind)]
    return all(not part or bool(role_bracket(f"({part})")) for part in around)


def _is_same(measure: Measure, source: FieldSource) -> bool:
    """Return True if a measure's field has the text of its glyphs."""
    name, index = source.field, source.index
    if name == "points":
        point = measure.points[index]
        return _is_numbered(point.no, point.text, source.text)
    if name == "departments":
        printed = (source.text, without_reference(source.text))
        return any(_is_department(measure.departments[index], text) for text in printed)
    if name == "extras":
        return bare(measure.extras[index].text) == source.text
    value: str | None = getattr(measure, name)
    if name.endswith("_no"):
        return _is_numbered(value, "", source.text)
    if name == "period" and value is not None and not source.text.startswith(bare(value)):
        return bare(value) == without_reference(source.text)
    return value == source.text or bare(value) == source.text


def without_reference(claimed: str) -> str:
    """Return a claimed text without the numbers that name its measure: (1)業務組."""
    reference = find_reference(load_numbering(), claimed)
    return claimed if reference is None else claimed[reference.width :]


def _entries(measure: Measure) -> dict[Key, str]:
    """Return the entries of a measure that hold text."""
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


def _differs(
    what: str, text: str, page: str, source: FieldSource | None, measure: int | None = None
) -> Finding:
    message = f"{what} is {shown(text)}, its glyphs are {shown(page)}"
    return about_run(Check.TEXT_DIFFERS, None if source is None else source.first, message, measure)


def _measure(measure: Measure, sources: Mapping[Key, FieldSource]) -> Iterator[Finding]:
    entries = _entries(measure)
    for key, source in sources.items():
        text = entries.pop(key, None)
        if text is None:
            same = not source.text and hasattr(measure, source.field)
        else:
            same = _is_same(measure, source)
        if not same:
            yield _differs(_name(measure, key), text or "", source.text, source, measure.seq)
    for key, text in entries.items():
        yield _differs(_name(measure, key), text, "", None, measure.seq)


def _name(measure: Measure, key: Key) -> str:
    return f"{key[0]} {key[1] + 1} of measure {measure.seq}"


def _section(at: int, section: Section, sources: Mapping[Key, FieldSource]) -> Iterator[Finding]:
    texts = dict(enumerate((section.no + section.heading, *section.paragraphs)))
    for index, text in texts.items():
        source = sources.get((SECTION, index))
        page = "" if source is None else source.text
        if index:
            same = bare(text) == page
        else:
            same = _is_numbered(section.no, section.heading, page.rstrip("".join(COLONS)))
        if not same:
            yield _differs(f"part {index} of section {at}", text, page, source)
    for (_, index), source in sources.items():
        if index not in texts:
            yield _differs(f"part {index} of section {at}", "", source.text, source)


def _plan(plan: Plan, sources: Mapping[Key, FieldSource]) -> Iterator[Finding]:
    for name in ("title", "issued"):
        value: str | None = getattr(plan, name)
        source = sources.get((name, 0))
        page = "" if source is None else source.text
        if bare(value) != page:
            yield _differs(name, value or "", page, source)
    headings = sources.get(("heading", 0))
    printed = "" if headings is None else headings.text
    for column in plan.columns:
        if bare(column.printed) not in printed:
            yield _differs("a column's heading", column.printed, printed, headings)


def _without_record(
    kind: str, known: Container[int], records: Mapping[int, Mapping[Key, FieldSource]]
) -> Iterator[Finding]:
    """Yield the entries of records that the plan does not have."""
    for number, entries in records.items():
        if number not in known:
            for source in entries.values():
                yield _differs(f"{kind} {number}, which is not there", "", source.text, source)


def check_field_texts(plan: Plan, sources: FieldSources) -> list[Finding]:
    """Return the fields whose text is not that of their glyphs."""
    found = list(_plan(plan, sources.plan))
    for at, section in enumerate(plan.sections, 1):
        found += _section(at, section, sources.sections.get(at, {}))
    for measure in plan.measures:
        found += _measure(measure, sources.measures.get(measure.seq, {}))
    found += _without_record(
        "measure", {measure.seq for measure in plan.measures}, sources.measures
    )
    found += _without_record("section", range(1, len(plan.sections) + 1), sources.sections)
    return found


def _labelled(sources: FieldSources) -> Iterator[tuple[str, int | None, FieldSource]]:
    for seq, record in sources.measures.items():
        for source in record.values():
            yield f"{source.field} {source.index + 1} of measure {seq}", seq, source
    for at, record in sources.sections.items():
        for source in record.values():
            yield f"part {source.index} of section {at}", None, source
    for source in sources.plan.values():
        yield f"{source.field} of the plan", None, source


def check_unnamed(pages: Pages, sources: FieldSources) -> list[Finding]:
    """Return the fields with characters that a font draws without naming them."""
    if not any(count_unnamed(glyphs.text) for glyphs in pages.values()):
        return []
    found: list[Finding] = []
    for what, measure, source in _labelled(sources):
        count = count_unnamed(source.text)
        if count:
            message = f"{count} characters of {what}, {shown(source.text)}, are named by no font"
            found.append(about_run(Check.UNNAMED_GLYPH, source.first, message, measure))
    return found
