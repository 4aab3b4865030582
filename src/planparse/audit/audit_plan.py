"""The door of the audit: prove a plan against the pages, or name what does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.audit.cells_in_place import check_cells
from planparse.audit.conservation import conserve
from planparse.audit.dropped_glyphs import check_dropped
from planparse.audit.field_places import check_field_places
from planparse.audit.field_sources import sort_claims
from planparse.audit.field_texts import check_field_texts, check_unnamed
from planparse.audit.findings import Finding
from planparse.audit.page_glyphs import glyphs_by_page
from planparse.audit.rows_in_place import PlacedMeasure, check_labels, check_rows, place_measures
from planparse.audit.side_cells_in_place import check_beside
from planparse.model.page import SourceDocument
from planparse.model.plan import Plan
from planparse.model.problem import Problem
from planparse.model.provenance import Claim, Ledger
from planparse.model.table import Layout


@dataclass(frozen=True, slots=True)
class Audit:
    """The account of all glyphs, what does not hold, and where each measure stands."""

    ledger: Ledger
    findings: tuple[Finding, ...]
    measures: tuple[PlacedMeasure, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The findings as problems."""
        return tuple(finding.problem for finding in self.findings)


def audit_plan(
    document: SourceDocument, layout: Layout, plan: Plan, claims: Sequence[Claim]
) -> Audit:
    """Return the account of every glyph, and every field that the page does not bear out.

    Nothing here trusts the stages before it: texts are those of the extracted pages, by ordinal.
    """
    pages = glyphs_by_page(document)
    ledger, findings = conserve(pages, claims, layout.dropped)
    sources, unknown = sort_claims(pages, claims, layout)
    measures = place_measures(sources)
    findings += unknown
    findings += check_dropped(pages, layout, claims)
    findings += check_field_texts(plan, sources)
    findings += check_field_places(plan, sources)
    findings += check_unnamed(pages, sources)
    findings += check_cells(layout)
    findings += check_rows(measures, plan.columns)
    findings += check_labels(measures)
    findings += check_beside(measures)
    return Audit(ledger, tuple(findings), tuple(measures))
