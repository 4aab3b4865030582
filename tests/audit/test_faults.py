"""The audit can fail: every fault put in on purpose is caught, by its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planparse.audit.findings import Check
from planparse.model.page import DroppedRun, DropReason, Run
from planparse.model.plan import FieldPlace
from planparse.model.problem import ProblemCode, Severity
from planparse.model.table import Cell
from planparse.tables.build_layout import build_layout
from tests.audit.staged import Staged, moved, staged


def said(plan: Staged, check: Check) -> str:
    return " ".join(one.message for one in plan.audit().findings if one.check is check)


def test_what_the_stages_give_is_whole(every_known):
    audit = every_known.audit()
    assert audit.findings == ()
    assert audit.ledger.balanced
    total = sum(audit.ledger.placed.values()) + sum(audit.ledger.dropped.values())
    assert (
        total == audit.ledger.glyphs == sum(page.glyph_count for page in every_known.document.pages)
    )


# --- a line is taken out ------------------------------------------------------------------------


def test_a_line_taken_out_in_the_grid_is_missing(known):
    cells = known.body_cells(lines=2)
    for cell in cells[:: len(cells) // 5 or 1]:
        line = cell.lines[-1]
        spoiled = known.with_lines(cell, cell.lines[:-1])
        assert line.glyphs[:20] in said(spoiled, Check.GLYPH_MISSING)
        problems = [one for one in spoiled.audit().problems if line.glyphs[:20] in one.message]
        assert {one.code for one in problems} == {ProblemCode.GLYPHS_UNACCOUNTED}
        assert {one.severity for one in problems} == {Severity.REFUSED}
        assert problems[0].page == line.page


def test_a_single_glyph_taken_out_is_missing(known):
    cell = known.body_cells()[5]
    line, _ = cell.lines[-1].split(len(cell.lines[-1].glyphs) - 1)
    assert line is not None
    spoiled = known.with_lines(cell, (*cell.lines[:-1], line))
    missing = spoiled.audit().ledger.missing
    assert missing == ((cell.lines[-1].page, missing[0][1]),)


def test_a_line_taken_out_of_a_field_differs(known):
    measure = next(one for one in known.plan.measures if len(one.text) > 60)
    spoiled = known.with_measure(measure.seq, text=measure.text[:30] + measure.text[50:])
    assert f"text 1 of measure {measure.seq} is" in said(spoiled, Check.TEXT_DIFFERS)


def test_an_empty_field_differs(known):
    measure = next(one for one in known.plan.measures if one.measure_no and one.strategy)
    for name in ("text", "strategy", "measure_no"):
        spoiled = known.with_measure(measure.seq, **{name: "" if name == "text" else None})
        assert f"{name} 1 of measure {measure.seq} is" in said(spoiled, Check.TEXT_DIFFERS)


# --- something is put into a wrong row ----------------------------------------------------------


def test_a_department_in_the_wrong_row(with_departments):
    """In its own place in the grid's cell, but given to a measure of other rows."""
    plan = with_departments
    target = plan.measure(len(plan.plan.measures))
    for source in plan.plan.measures[: -len(plan.plan.measures) // 2 : 7]:
        if source.departments:
            spoiled = moved(plan, "departments", 0, source.seq, target.seq)
            text = said(spoiled, Check.WRONG_ROW)
            assert f"of measure {target.seq}" in text
            assert source.departments[0].printed.strip("（）、") in text


def test_a_department_beside_another_measure_of_the_same_cell(with_departments):
    """Every move to the measure before or after is seen where that measure is two lines away."""
    plan = with_departments
    caught = tried = 0
    for source in plan.plan.measures[:-1]:
        merged = {claim.runs[0].first for claim in plan.claims if claim.again}
        own = [
            claim
            for claim in plan.claims
            if claim.owner == source.seq and claim.field == "departments" and claim.index == 0
        ]
        if not own or own[0].runs[0].first in merged:
            continue
        tried += 1
        spoiled = moved(plan, "departments", 0, source.seq, source.seq + 1)
        caught += bool(spoiled.checks() & {Check.WRONG_MEASURE, Check.WRONG_ROW})
    assert tried > 20
    assert caught / tried > 0.9


def test_a_department_put_into_another_cell_by_the_grid(with_departments):
    plan = with_departments
    column = max(cell.column for cell in plan.body_cells()) - 1
    first, second = [cell for cell in plan.body_cells() if cell.column == column][:2]
    spoiled = plan.with_cells(
        {
            id(first): replace(first, lines=first.lines[:-1]),
            id(second): replace(second, lines=(first.lines[-1], *second.lines)),
        }
    )
    assert first.lines[-1].glyphs in said(spoiled, Check.OUT_OF_CELL)


# --- cells are swapped --------------------------------------------------------------------------


def practice_cells(plan: Staged) -> list[Cell]:
    widths: dict[int, int] = {}
    for cell in plan.body_cells():
        widths[cell.column] = widths.get(cell.column, 0) + len(cell.text)
    column = max(widths, key=lambda at: widths[at])
    return [cell for cell in plan.body_cells() if cell.column == column]


def test_two_cells_swapped_by_their_text(known):
    first, second = practice_cells(known)[1:3]
    spoiled = known.with_cells(
        {
            id(first): replace(first, lines=second.lines),
            id(second): replace(second, lines=first.lines),
        }
    )
    assert first.lines[0].glyphs[:20] in said(spoiled, Check.OUT_OF_CELL)
    assert second.lines[0].glyphs[:20] in said(spoiled, Check.OUT_OF_CELL)


def test_two_cells_swapped_with_their_boxes(known):
    first, second = practice_cells(known)[1:3]
    spoiled = known.with_cells(
        {
            id(first): replace(first, lines=second.lines, boxes=second.boxes),
            id(second): replace(second, lines=first.lines, boxes=first.boxes),
        }
    )
    assert "stands above the row before" in said(spoiled, Check.CELL_OUT_OF_PLACE)
    assert "which comes before it" in said(spoiled, Check.OUT_OF_ORDER)


def test_two_cells_of_a_row_swapped(with_departments):
    """A period becomes a department and the other way round."""
    plan = with_departments
    row = {cell.column: cell for cell in plan.body_cells() if cell.row == plan.body_cells()[9].row}
    left, right = (row[at] for at in sorted(row)[-2:])
    spoiled = plan.with_cells(
        {
            id(left): replace(left, lines=right.lines),
            id(right): replace(right, lines=left.lines),
        }
    )
    assert Check.OUT_OF_CELL in spoiled.checks()


def test_two_fields_swapped_in_the_plan(known):
    one, other = [measure for measure in known.plan.measures if measure.text][:2]
    spoiled = known.with_measure(one.seq, text=other.text).with_measure(other.seq, text=one.text)
    text = said(spoiled, Check.TEXT_DIFFERS)
    assert f"text 1 of measure {one.seq}" in text
    assert f"text 1 of measure {other.seq}" in text


def test_two_measures_out_of_order(known):
    """Text, claims and boxes of two measures change places together."""
    one, other = [measure for measure in known.plan.measures if measure.text][1:3]
    own = {"measure_no", "text", "points"}
    swap = {one.seq: other.seq, other.seq: one.seq}
    claims = tuple(
        replace(claim, owner=swap[claim.owner])
        if claim.field in own and claim.owner in swap
        else claim
        for claim in known.claims
    )
    assert Check.OUT_OF_ORDER in replace(known, claims=claims).checks()


def test_lines_swapped_inside_a_cell(known):
    cell = next(cell for cell in practice_cells(known) if len(cell.lines) > 2)
    lines = (cell.lines[1], cell.lines[0], *cell.lines[2:])
    assert cell.lines[0].glyphs[:20] in said(known.with_lines(cell, lines), Check.OUT_OF_ORDER)


# --- rows are duplicated ------------------------------------------------------------------------


def test_a_duplicated_row_of_a_page(known):
    table = known.tables[0]
    row = next(cell.row for cell in practice_cells(known)[1:] if cell.row_span == 1)
    again = [
        replace(cell, row=cell.row + (cell.row > row))
        for cell in table.cells
        if cell.row != row or cell.row_span == 1
    ]
    again += [replace(cell, row=row + 1) for cell in table.cells if cell.row == row]
    again.sort(key=lambda cell: (cell.row, cell.column))
    blocks = tuple(
        replace(table, cells=tuple(again), row_count=table.row_count + 1)
        if block is table
        else block
        for block in known.layout.blocks
    )
    spoiled = staged(known.document, replace(known.layout, blocks=blocks))
    text = next(cell for cell in practice_cells(known) if cell.row == row).lines[0].glyphs
    assert spoiled.audit().ledger.doubled
    assert text[-6:] in said(spoiled, Check.GLYPH_DOUBLED)


def test_a_duplicated_record(known):
    last = known.plan.measures[-1]
    copy = last.model_copy(update={"seq": last.seq + 1})
    plan = known.plan.model_copy(update={"measures": (*known.plan.measures, copy)})
    spoiled = replace(known, plan=plan)
    assert f"of measure {copy.seq} is" in said(spoiled, Check.TEXT_DIFFERS)


def test_a_record_left_out(known):
    plan = known.plan.model_copy(update={"measures": known.plan.measures[:-1]})
    text = said(replace(known, plan=plan), Check.TEXT_DIFFERS)
    assert f"measure {len(known.plan.measures)}, which is not there" in text


# --- glyphs hide behind a reason ----------------------------------------------------------------


def hidden(known: Staged, cell: Cell, reason: DropReason) -> Staged:
    drops = tuple(DroppedRun(run, reason) for run in cell.lines[-1].runs)
    layout = replace(known.layout, dropped=(*known.layout.dropped, *drops))
    return replace(known, layout=layout).with_lines(cell, cell.lines[:-1])


@pytest.mark.parametrize("reason", list(DropReason))
def test_a_line_hidden_in_a_dropped_class(known, reason):
    for cell in known.body_cells(lines=2)[::20]:
        spoiled = hidden(known, cell, reason)
        assert spoiled.audit().ledger.balanced  # the account alone would not tell
        text = said(spoiled, Check.DROPPED_WITHOUT_REASON)
        assert cell.lines[-1].glyphs[:20] in text
        assert f"dropped as {reason}" in text


def test_a_number_of_a_measure_hidden_as_a_page_number(known):
    for cell in practice_cells(known)[::5]:
        number, rest = cell.lines[0].split(1)
        if number is None or rest is None or not number.glyphs.isdigit():
            continue
        drops = tuple(DroppedRun(run, DropReason.PAGE_NUMBER) for run in number.runs)
        layout = replace(known.layout, dropped=(*known.layout.dropped, *drops))
        spoiled = replace(known, layout=layout).with_lines(cell, (rest, *cell.lines[1:]))
        assert "stands among the text" in said(spoiled, Check.DROPPED_WITHOUT_REASON)


def test_a_body_line_among_repeated_headings(known):
    """Also where its glyphs are those of a heading: they stand at another place."""
    heads = [
        drop.run for drop in known.layout.dropped if drop.reason is DropReason.REPEATED_HEADING
    ]
    letters = {char for run in heads for char in run.text}
    for cell in known.body_cells():
        for line in cell.lines:
            for run in line.runs:
                at = next((at for at, char in enumerate(run.text) if char in letters), None)
                if at is not None:
                    assert_glyph_cannot_hide(known, run.slice(at, at + 1))
                    return
    pytest.fail("no glyph of a heading in the body")


def assert_glyph_cannot_hide(known: Staged, glyph: Run) -> None:
    drop = DroppedRun(glyph, DropReason.REPEATED_HEADING)
    layout = replace(known.layout, dropped=(*known.layout.dropped, drop))
    assert glyph.text in said(replace(known, layout=layout), Check.DROPPED_WITHOUT_REASON)


def test_a_glyph_that_extraction_calls_off_page(known):
    page = known.document.pages[0]
    run = page.runs[-1]
    dropped = (*page.dropped, DroppedRun(run, DropReason.OFF_PAGE))
    pages = (replace(page, runs=page.runs[:-1], dropped=dropped), *known.document.pages[1:])
    layout = replace(
        known.layout, dropped=(*known.layout.dropped, DroppedRun(run, DropReason.OFF_PAGE))
    )
    spoiled = replace(known, document=replace(known.document, pages=pages), layout=layout)
    assert "it stands on the page" in said(spoiled, Check.DROPPED_WITHOUT_REASON)


def test_a_glyph_that_extraction_calls_cut(known):
    page = known.document.pages[0]
    run = page.runs[-1]
    drop = DroppedRun(run, DropReason.CUT_PRINT)
    pages = (
        replace(page, runs=page.runs[:-1], dropped=(*page.dropped, drop)),
        *known.document.pages[1:],
    )
    layout = replace(known.layout, dropped=(*known.layout.dropped, drop))
    spoiled = replace(known, document=replace(known.document, pages=pages), layout=layout)
    assert "no page beside prints it" in said(spoiled, Check.DROPPED_WITHOUT_REASON)


# --- provenance and labels ----------------------------------------------------------------------


def test_a_box_that_is_off(known):
    measure = known.plan.measures[3]
    place = measure.where[-1]
    off = place.model_copy(update={"top": place.top + 30, "bottom": place.bottom + 30})
    spoiled = known.with_measure(measure.seq, where=(*measure.where[:-1], off))
    assert f"of measure {measure.seq} holds" in said(spoiled, Check.BOX_WITHOUT_TEXT)


def test_a_box_without_a_field(known):
    measure = known.plan.measures[3]
    more = FieldPlace(field="task", index=7, page=1, left=0, top=0, right=9, bottom=9)
    spoiled = known.with_measure(measure.seq, where=(*measure.where, more))
    assert "has a box and no glyphs" in said(spoiled, Check.BOX_WITHOUT_TEXT)


def test_a_label_carried_too_far(known):
    """The first measure of a strategy keeps the strategy before it, claims and boxes as well."""
    pairs = zip(known.plan.measures, known.plan.measures[1:], strict=False)
    before, first = next(p for p in pairs if p[0].strategy != p[1].strategy)
    mine = [c for c in known.claims if c.owner == first.seq and c.field.startswith("strategy")]
    theirs = [c for c in known.claims if c.owner == before.seq and c.field.startswith("strategy")]
    kept = [claim for claim in known.claims if claim not in mine]
    claims = (*kept, *[replace(claim, owner=first.seq, again=True) for claim in theirs])
    spoiled = replace(known, claims=claims)
    assert f"strategy of measure {first.seq}" in said(spoiled, Check.WRONG_LABEL)


def test_a_label_left_out(known):
    measure = next(one for one in known.plan.measures[1:] if one.strategy)
    claims = tuple(
        claim
        for claim in known.claims
        if claim.owner != measure.seq or not claim.field.startswith("strategy")
    )
    spoiled = replace(known, claims=claims).with_measure(
        measure.seq,
        strategy=None,
        strategy_no=None,
        where=tuple(one for one in measure.where if not one.field.startswith("strategy")),
    )
    assert f"strategy of measure {measure.seq} is missing" in said(spoiled, Check.WRONG_LABEL)


def test_a_period_that_becomes_a_department(with_departments):
    plan = with_departments
    measure = next(one for one in plan.plan.measures[5:] if one.period and one.departments)
    at = len(measure.departments)
    claims = tuple(
        replace(claim, field="departments", index=at)
        if claim.owner == measure.seq and claim.field == "period"
        else claim
        for claim in plan.claims
    )
    text = said(replace(plan, claims=claims), Check.WRONG_COLUMN)
    assert f"departments {at + 1} of measure {measure.seq}" in text
    assert "column of period" in text


def test_a_run_that_no_page_printed(known):
    claim = known.claims[40]
    run = claim.runs[0]
    other = replace(run, text="X" * len(run.text))
    spoiled = replace(claim, runs=(other, *claim.runs[1:]))
    claims = (*known.claims[:40], spoiled, *known.claims[41:])
    assert "is not what extraction read" in said(replace(known, claims=claims), Check.GLYPH_UNKNOWN)


@pytest.mark.parametrize("char", ["\ufffd", "\ue123", "\U000f0001"])
def test_characters_that_no_font_names(known, char):
    """The text is what the page gives; that the page gives nothing is told."""
    page = known.document.pages[1]
    at = next(i for i, run in enumerate(page.runs) if len(run.text) > 6)
    run = page.runs[at]
    blind = replace(run, text=run.text[:2] + char + run.text[3:])
    pages = list(known.document.pages)
    pages[1] = replace(page, runs=(*page.runs[:at], blind, *page.runs[at + 1 :]))
    spoiled = replace(known.document, pages=tuple(pages))
    audit = staged(spoiled, build_layout(spoiled)).audit()
    problems = [one for one in audit.problems if one.code is ProblemCode.UNMAPPED_GLYPHS]
    assert problems
    assert all(one.message.startswith("unnamed_glyph: 1 characters of ") for one in problems)
    assert {one.severity for one in audit.problems} == {Severity.WARNING}
