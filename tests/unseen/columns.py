"""Choose a table's columns: which there are, their headings, their order and their widths."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .content import PlanContent
from .style import Style

# Headings of columns that count the rows.
SERIALS = ("編號", "項次", "序號")


@dataclass(slots=True)
class ColumnSpec:
    """A column: role, or ``extra:heading``; width in ems."""

    role: str
    heading: str
    width: float


def draw_columns(rng: Random, style: Style, content: PlanContent) -> list[ColumnSpec]:
    """Choose the columns, their order and their widths in ems; the practice gets width 0."""
    pick = rng.uniform
    found = []
    if style.has_aspect:
        found.append(ColumnSpec("aspect", style.aspect_heading, pick(*_aspect_width(style))))
    found.append(ColumnSpec("strategy", style.strategy_heading, pick(4.2, 6.2)))
    practice = []
    if style.split == "own_heading":
        practice.append(ColumnSpec("task", style.task_heading, pick(4.2, 6.5)))
    elif style.split in ("column", "some"):
        practice.append(ColumnSpec("task", "", pick(4.2, 6.5)))
    practice.append(ColumnSpec("practice", style.practice_heading, 0.0))
    beside = []
    if style.has_department:
        heading = style.department_heading
        if style.co in ("bracket", "wide_bracket"):
            joint = style.joint_heading
            heading = joint or rng.choice((f"{heading}（{style.co_heading}）", "主（協）辦單位"))
        beside.append(ColumnSpec("department", heading, pick(4.2, 5.6)))
    if style.co == "column":
        beside.append(ColumnSpec("co_department", style.co_heading, pick(4.2, 5.6)))
    if style.has_period:
        beside.append(ColumnSpec("period", style.period_heading, pick(4.3, 5.6)))
    extra = [
        ColumnSpec("extra:" + name, name, 2.6 if name in SERIALS else pick(4.0, 5.5))
        for name in content.extra_columns
    ]
    return _ordered(rng, style, found, practice, beside, extra)


def _aspect_width(style: Style) -> tuple[float, float]:
    """Give the range of the aspect's width in ems: so narrow that it reads downwards, or usual."""
    return (1.3, 2.2) if style.narrow_aspect else (3.1, 4.6)


def _ordered(
    rng: Random,
    style: Style,
    labels: list[ColumnSpec],
    practice: list[ColumnSpec],
    beside: list[ColumnSpec],
    extra: list[ColumnSpec],
) -> list[ColumnSpec]:
    serial = [one for one in extra if one.heading in SERIALS]
    remarks = [one for one in extra if one.heading not in SERIALS]
    if style.order == "department_first":
        return serial + labels + beside + practice + remarks
    if style.order == "period_first":
        return serial + labels + practice + beside[::-1] + remarks
    if style.order == "practice_last":
        return serial + beside + labels + remarks + practice
    if style.order == "any":
        blocks = [practice] + [[one] for one in beside + extra]
        rng.shuffle(blocks)
        at = rng.randint(0, len(blocks))
        before = [one for block in blocks[:at] for one in block]
        after = [one for block in blocks[at:] for one in block]
        if practice[-1] in before:
            return labels + before + after
        return before + labels + after
    return serial + labels + practice + beside + remarks
