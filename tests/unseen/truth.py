"""The exact truth about a drawn plan, in the form of the expected files of the known plans."""

from __future__ import annotations

from typing import Any

from .content import Entry, MeasureContent, PlanContent, SectionContent
from .pages import Setter, pages_of


def truth_of(content: PlanContent, setter: Setter) -> dict[str, Any]:
    """Write down what the plan says and on which pages each measure stands.

    Beside the fields of the known plans: ``extra_columns``, and a measure's ``co`` (how many of
    its last departments are co-departments), ``extras``, ``page_first`` and ``page_last``.
    """
    titles = setter.table.title_of
    roles = [column.role for column in setter.table.columns if column.role in titles]
    return {
        "title": content.title,
        "district": content.district,
        "roc_year": content.roc_year,
        "issued": content.issued or None,
        "columns": {role: titles[role] for role in roles if not role.startswith("extra:")},
        "extra_columns": [titles[role] for role in roles if role.startswith("extra:")],
        "sections": [_section(one) for one in [*content.before, *content.after]],
        "measures": _measures(content, setter),
    }


def _section(section: SectionContent) -> dict[str, Any]:
    return {
        "no": section.no,
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "has_table": section.has_table,
    }


def _named(prefix: str, entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {f"{prefix}_no": None, prefix: None}
    return {f"{prefix}_no": entry.no, prefix: entry.text}


def _measures(content: PlanContent, setter: Setter) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    placed = {id(measure): (lines, row) for measure, lines, row in setter.table.lines_of}
    for aspect in content.aspects:
        for strategy in aspect.strategies:
            for task in strategy.tasks:
                for measure in task.measures:
                    lines, row = placed[id(measure)]
                    first, last = pages_of(lines, setter.row_page.get(row, 0))
                    rows.append(
                        {
                            "seq": len(rows) + 1,
                            **_named("aspect", aspect.entry if setter.style.has_aspect else None),
                            **_named("strategy", strategy.entry),
                            **_named("task", task.entry),
                            **_measure(measure),
                            "page_first": first,
                            "page_last": last,
                        }
                    )
    return rows


def _measure(measure: MeasureContent) -> dict[str, Any]:
    return {
        "measure_no": measure.entry.no,
        "text": measure.entry.text,
        "points": [{"no": one.no, "text": one.text} for one in measure.points],
        "departments": measure.leads + measure.cos,
        "co": len(measure.cos),
        "period": "".join(measure.periods) or None,
        "extras": [{"column": name, "text": text} for name, text in measure.extras.items()],
    }
