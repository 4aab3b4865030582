"""A plan with everything that the stages made of it, so that a test can spoil any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planparse.audit.audit_plan import Audit, audit_plan
from planparse.audit.findings import Check
from planparse.lexicon.load_rules import load_rules
from planparse.model.page import SourceDocument
from planparse.model.plan import Measure, Plan
from planparse.model.provenance import Claim
from planparse.model.table import Cell, Layout, Table, TextLine
from planparse.plans.segment_plan import segment_plan
from planparse.read_document import read_document
from planparse.tables.build_layout import build_layout


@dataclass(frozen=True)
class Staged:
    """What the stages handed on."""

    document: SourceDocument
    layout: Layout
    plan: Plan
    claims: tuple[Claim, ...]

    def audit(self) -> Audit:
        return audit_plan(self.document, self.layout, self.plan, self.claims)

    def checks(self) -> set[Check]:
        """Return the names of what the audit finds."""
        return {finding.check for finding in self.audit().findings}

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.layout.blocks if isinstance(block, Table)]

    def body_cells(self, lines: int = 1) -> list[Cell]:
        """Return the cells below the headings that have so many lines."""
        return [cell for cell in self.tables[0].cells if cell.row > 1 and len(cell.lines) >= lines]

    def with_cells(self, changed: dict[int, Cell | None]) -> Staged:
        """Return the plan as it is segmented with other cells, by the id of the old one."""

        def spoiled(block: TextLine | Table) -> TextLine | Table:
            if isinstance(block, TextLine):
                return block
            cells = [changed.get(id(cell), cell) for cell in block.cells]
            return replace(block, cells=tuple(cell for cell in cells if cell is not None))

        blocks = tuple(spoiled(block) for block in self.layout.blocks)
        return staged(self.document, replace(self.layout, blocks=blocks))

    def with_lines(self, cell: Cell, lines: tuple[TextLine, ...]) -> Staged:
        return self.with_cells({id(cell): replace(cell, lines=lines)})

    def with_measure(self, seq: int, **update: Any) -> Staged:
        """Return the plan with another value in a measure; claims stay."""
        measures = [
            measure.model_copy(update=update) if measure.seq == seq else measure
            for measure in self.plan.measures
        ]
        return replace(self, plan=self.plan.model_copy(update={"measures": tuple(measures)}))

    def measure(self, seq: int) -> Measure:
        return self.plan.measures[seq - 1]


def staged(document: SourceDocument, layout: Layout) -> Staged:
    segmented = segment_plan(document, layout, load_rules(), "test")
    assert segmented.plan is not None
    return Staged(document, layout, segmented.plan, segmented.provenance)


def stage_file(path: Path) -> Staged:
    document = read_document(path)
    return staged(document, build_layout(document))


def moved(plan: Staged, name: str, index: int, source: int, target: int) -> Staged:
    """Move one entry of a list field to the end of another measure's, with boxes and claims."""
    giver, taker = plan.measure(source), plan.measure(target)
    entries = getattr(giver, name)
    at = len(getattr(taker, name))

    def leaves(entry: Any) -> bool:
        return bool(entry.field == name and entry.index == index)

    def closed(entry: Any) -> Any:
        if entry.field != name or entry.index < index:
            return entry
        return entry.model_copy(update={"index": entry.index - 1})

    gone = [entry for entry in giver.where if leaves(entry)]
    spoiled = plan.with_measure(
        source,
        **{name: entries[:index] + entries[index + 1 :]},
        where=tuple(closed(entry) for entry in giver.where if not leaves(entry)),
    ).with_measure(
        target,
        **{name: (*getattr(taker, name), entries[index])},
        where=(*taker.where, *[entry.model_copy(update={"index": at}) for entry in gone]),
    )

    def given(claim: Claim) -> Claim:
        if claim.field != name or claim.owner != source or claim.index < index:
            return claim
        if claim.index == index:
            return replace(claim, owner=target, index=at)
        return replace(claim, index=claim.index - 1)

    return replace(spoiled, claims=tuple(given(claim) for claim in plan.claims))
