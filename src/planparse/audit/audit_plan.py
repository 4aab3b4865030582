"""The door of the ledger: prove a plan against the pages, or say by name what does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.audit.cell_index import CellIndex
from planparse.audit.cells_in_place import check_cells
from planparse.audit.conservation import conserve
from planparse.audit.dropped_glyphs import check_dropped
from planparse.audit.field_places import check_field_places
from planparse.audit.field_sources import sort_claims
from planparse.audit.field_texts import check_field_texts
from planparse.audit.findings import Finding
from planparse.audit.page_glyphs import glyphs_by_page
from planparse.audit.rows_in_place import Standing, check_labels, check_rows, standings
from planparse.audit.side_cells_in_place import check_beside
from planparse.audit.unnamed_glyphs import check_unnamed
from planparse.model.page import SourceDocument
from planparse.model.plan import Plan
from planparse.model.problem import Problem
from planparse.model.provenance import Claim, Ledger
from planparse.model.table import Layout


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit gives: the account of all glyphs, and what does not hold, by name.

    ``standings`` say where each measure and each of its fields stands in the tables.
    """

    ledger: Ledger
    findings: tuple[Finding, ...]
    standings: tuple[Standing, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The findings as problems."""
        return tuple(finding.problem for finding in self.findings)


def audit_plan(
    document: SourceDocument, layout: Layout, plan: Plan, claims: Sequence[Claim]
) -> Audit:
    """Account for every glyph and check every field against the page that it was read from.

    Nothing here trusts the stages before it: texts are those of the extracted pages, by ordinal.
    """
    claims = tuple(claims)
    pages = glyphs_by_page(document)
    ledger, findings = conserve(pages, claims, layout.dropped)
    holdings, unknown = sort_claims(pages, claims, CellIndex(layout))
    findings += unknown
    findings += check_dropped(pages, layout, claims)
    findings += check_field_texts(plan, holdings)
    findings += check_field_places(plan, holdings)
    findings += check_unnamed(pages, holdings)
    findings += check_cells(layout)
    measures = standings(holdings)
    findings += check_rows(measures, plan.columns)
    findings += check_labels(measures)
    findings += check_beside(measures)
    return Audit(ledger, tuple(findings), tuple(measures))
