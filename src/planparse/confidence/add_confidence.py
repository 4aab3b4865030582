"""The door: a plan whose measures say how likely it is that all of their fields are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planparse.confidence.components import components_of
from planparse.confidence.model import Model, load_model
from planparse.datamodel.layout import Layout
from planparse.datamodel.plan import Plan
from planparse.datamodel.problem import Problem
from planparse.ledger.rows_in_place import Standing

# What two extractors read differently is as likely wrong as right.
_DISPUTED = 0.5


def add_confidence(
    plan: Plan,
    standings: Sequence[Standing],
    layout: Layout,
    problems: Iterable[Problem],
    model: Model | None = None,
) -> Plan:
    """Give every measure its confidence; ``problems`` are all that were found about the plan."""
    model = model or load_model()
    components = components_of(plan, standings, layout, problems)
    measures = tuple(
        measure.model_copy(update={"confidence": model.probability(components[measure.seq])})
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


def doubt_measures(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Lower the confidence of measures that a second opinion reads differently."""
    disputed = {problem.measure for problem in problems} - {None}
    measures = tuple(
        measure.model_copy(update={"confidence": min(measure.confidence, _DISPUTED)})
        if measure.seq in disputed and measure.confidence is not None
        else measure
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})
