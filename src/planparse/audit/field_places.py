"""Every field's boxes hold its glyphs, and no box is empty of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planparse.audit.field_sources import SECTION, Held, Holdings, Key
from planparse.audit.findings import Check, Finding, shown
from planparse.model.page import Run
from planparse.model.plan import FieldPlace, Measure, PageBox, Plan, Section

# Boxes are rounded to hundredths of a point.
_SLACK = 0.02
_OWN = ("measure_no", "text", "points")

Spot = tuple[int, float, float, float, float]


def _spots(places: Iterable[FieldPlace | PageBox]) -> list[Spot]:
    return [
        (
            place.page,
            place.left - _SLACK,
            place.top - _SLACK,
            place.right + _SLACK,
            place.bottom + _SLACK,
        )
        for place in places
    ]


def _holds(spot: Spot, run: Run) -> bool:
    """Tell whether a run stands inside a spot as a whole."""
    page, left, top, right, bottom = spot
    return (
        page == run.page
        and left <= run.lefts[0]
        and run.rights[-1] <= right
        and top <= run.top
        and run.bottom <= bottom
    )


def _compare(
    what: str, runs: Sequence[Run], spots: Sequence[Spot], measure: int | None
) -> Iterator[Finding]:
    used: set[int] = set()
    for run in runs:
        inside = [at for at, spot in enumerate(spots) if _holds(spot, run)]
        used.update(inside)
        if not inside:
            message = f"no box of {what} holds {shown(run.text)}"
            yield Finding(Check.BOX_WITHOUT_TEXT, message, run.page, run.box, measure)
    for at, spot in enumerate(spots):
        if at not in used:
            message = f"a box of {what} holds none of its glyphs"
            yield Finding(Check.BOX_WITHOUT_TEXT, message, spot[0], None, measure)


def _by_entry(places: Sequence[FieldPlace]) -> dict[Key, list[FieldPlace]]:
    found: dict[Key, list[FieldPlace]] = {}
    for place in places:
        key = (place.field, place.index)
        if key in found:
            found[key].append(place)
        else:
            found[key] = [place]
    return found


def _holds_all(place: FieldPlace | PageBox, runs: Sequence[Run]) -> bool:
    """Tell whether one box holds every run: nearly every entry has one box."""
    page, left, top = place.page, place.left - _SLACK, place.top - _SLACK
    right, bottom = place.right + _SLACK, place.bottom + _SLACK
    for run in runs:
        if run.page != page or run.lefts[0] < left or run.rights[-1] > right:
            return False
        if run.top < top or run.bottom > bottom:
            return False
    return True


def _same(places: Sequence[FieldPlace], others: Sequence[FieldPlace]) -> bool:
    """Tell whether two fields have the very same boxes: those of one merged cell."""
    return len(places) == len(others) and all(
        one is other for one, other in zip(places, others, strict=True)
    )


def _record(
    what: str, held: Mapping[Key, Held], places: Sequence[FieldPlace], measure: int | None
) -> Iterator[Finding]:
    by_entry = _by_entry(places)
    for key, entry in held.items():
        found = entry.places = by_entry.pop(key, [])
        if entry.twin is not None and _same(found, entry.twin.places):
            continue
        if len(found) == 1 and _holds_all(found[0], entry.runs):
            continue
        name = f"{key[0]} {key[1] + 1} of {what}"
        yield from _compare(name, entry.runs, _spots(found), measure)
    for (field, index), found in by_entry.items():
        message = f"{field} {index + 1} of {what} has a box and no glyphs"
        yield Finding(Check.BOX_WITHOUT_TEXT, message, found[0].page, None, measure)


def _measure(measure: Measure, held: Mapping[Key, Held]) -> Iterator[Finding]:
    what = f"measure {measure.seq}"
    yield from _record(what, held, measure.where, measure.seq)
    own = [run for (name, _), entry in held.items() if name in _OWN for run in entry.runs]
    if own:
        if len(measure.boxes) != 1 or not _holds_all(measure.boxes[0], own):
            yield from _compare(what, own, _spots(measure.boxes), measure.seq)
        pages = {run.page for run in own}
        if (measure.page_first, measure.page_last) != (min(pages), max(pages)):
            message = f"{what} stands on other pages than {measure.page_first}–{measure.page_last}"
            yield Finding(Check.BOX_WITHOUT_TEXT, message, min(pages), None, measure.seq)


def _section(at: int, section: Section, held: Mapping[Key, Held]) -> Iterator[Finding]:
    spots = _by_entry(section.where)
    for (name, index), entry in held.items():
        if name != SECTION:
            continue
        keys = [("paragraphs", index - 1)] if index else [("no", 0), ("heading", 0)]
        found = [place for key in keys for place in spots.pop(key, [])]
        yield from _compare(f"part {index} of section {at}", entry.runs, _spots(found), None)
    for field, index in spots:
        message = f"{field} {index + 1} of section {at} has a box and no glyphs"
        yield Finding(Check.BOX_WITHOUT_TEXT, message, spots[field, index][0].page)


def check_field_places(plan: Plan, holdings: Holdings) -> list[Finding]:
    """Find boxes that do not hold their field's glyphs, and glyphs outside their field's boxes."""
    placed = {place.field for place in plan.where} | {"title", "issued"}
    own = {key: held for key, held in holdings.plan.items() if key[0] in placed}
    found = list(_record("the plan", own, plan.where, None))
    for at, section in enumerate(plan.sections, 1):
        found += _section(at, section, holdings.sections.get(at, {}))
    for measure in plan.measures:
        found += _measure(measure, holdings.measures.get(measure.seq, {}))
    return found
