"""Every field's boxes hold its glyphs, and no box is empty of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planparse.audit.field_sources import SECTION, FieldSource, FieldSources, Key
from planparse.audit.findings import Check, Finding, about_run, shown
from planparse.audit.rows_in_place import OWN
from planparse.model.page import Run
from planparse.model.plan import FieldPlace, Measure, PageBox, Plan, Section

# Boxes are rounded to hundredths of a point.
_SLACK = 0.02


def _holds(place: FieldPlace | PageBox, run: Run) -> bool:
    """Return True if a run stands inside a box as a whole."""
    return (
        place.page == run.page
        and place.left - _SLACK <= run.lefts[0]
        and run.rights[-1] <= place.right + _SLACK
        and place.top - _SLACK <= run.top
        and run.bottom <= place.bottom + _SLACK
    )


def _compare(
    what: str, runs: Iterable[Run], places: Sequence[FieldPlace | PageBox], measure: int | None
) -> Iterator[Finding]:
    """Yield the runs that no box holds, and the boxes that hold no run."""
    empty = list(places)
    for run in runs:
        inside = [place for place in places if _holds(place, run)]
        if not inside:
            message = f"no box of {what} holds {shown(run.text)}"
            yield about_run(Check.BOX_WITHOUT_TEXT, run, message, measure)
        elif empty:
            empty = [place for place in empty if place not in inside]
    for place in empty:
        message = f"a box of {what} holds none of its glyphs"
        yield Finding(Check.BOX_WITHOUT_TEXT, message, place.page, None, measure)


def _by_entry(places: Sequence[FieldPlace]) -> dict[Key, list[FieldPlace]]:
    found: dict[Key, list[FieldPlace]] = {}
    for place in places:
        found.setdefault((place.field, place.index), []).append(place)
    return found


def _without_glyphs(
    what: str, places: Mapping[Key, Sequence[FieldPlace]], measure: int | None = None
) -> Iterator[Finding]:
    for (field, index), boxes in places.items():
        message = f"{field} {index + 1} of {what} has a box and no glyphs"
        yield Finding(Check.BOX_WITHOUT_TEXT, message, boxes[0].page, None, measure)


def _record(
    what: str,
    sources: Mapping[Key, FieldSource],
    places: Sequence[FieldPlace],
    measure: int | None = None,
) -> Iterator[Finding]:
    by_entry = _by_entry(places)
    for key, source in sources.items():
        name = f"{key[0]} {key[1] + 1} of {what}"
        yield from _compare(name, source.runs, by_entry.pop(key, []), measure)
    yield from _without_glyphs(what, by_entry, measure)


def _measure(measure: Measure, sources: Mapping[Key, FieldSource]) -> Iterator[Finding]:
    what = f"measure {measure.seq}"
    yield from _record(what, sources, measure.where, measure.seq)
    own = [run for (name, _), source in sources.items() if name in OWN for run in source.runs]
    if own:
        yield from _compare(what, own, measure.boxes, measure.seq)
        pages = {run.page for run in own}
        if (measure.page_first, measure.page_last) != (min(pages), max(pages)):
            message = f"{what} stands on other pages than {measure.page_first}–{measure.page_last}"
            yield Finding(Check.BOX_WITHOUT_TEXT, message, min(pages), None, measure.seq)


def _section(at: int, section: Section, sources: Mapping[Key, FieldSource]) -> Iterator[Finding]:
    by_entry = _by_entry(section.where)
    for (name, index), source in sources.items():
        if name == SECTION:
            keys = [("paragraphs", index - 1)] if index else [("no", 0), ("heading", 0)]
            places = [place for key in keys for place in by_entry.pop(key, [])]
            yield from _compare(f"part {index} of section {at}", source.runs, places, None)
    yield from _without_glyphs(f"section {at}", by_entry)


def check_field_places(plan: Plan, sources: FieldSources) -> list[Finding]:
    """Return boxes that do not hold their field's glyphs, and glyphs outside their boxes."""
    placed = {place.field for place in plan.where} | {"title", "issued"}
    own = {key: source for key, source in sources.plan.items() if key[0] in placed}
    found = list(_record("the plan", own, plan.where))
    for at, section in enumerate(plan.sections, 1):
        found += _section(at, section, sources.sections.get(at, {}))
    for measure in plan.measures:
        found += _measure(measure, sources.measures.get(measure.seq, {}))
    return found
