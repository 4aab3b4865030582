"""Worlds: which options each choice of a style has.

World 1 is what ``Style`` lists and never changes. World 2 has the rule files' own examples too.
"""

from __future__ import annotations

import functools
from dataclasses import fields
from typing import Any

from . import rule_examples
from .numbering import RULE_KINDS
from .style import Style

WORLDS = (1, 2)
# Options, and how often each is drawn in proportion; None: all alike.
Options = tuple[tuple[Any, ...], tuple[int, ...] | None]
_TIMES = 60
_ISSUED = (
    *("{y}年{m}月{d}日修正", "{y}/{m:02}/{d:02}", "{y}-{m:02}-{d:02}", "{y:03}{m:02}{d:02}訂定"),
    *("民國{y}年{m:02}月{d:02}日核定", "中華民國 {y} 年 {m} 月 {d} 日", "{y}.{m}.{d}修訂"),
    "中華民國{year_words}年{month_words}月{day_words}日訂定",
    *(
        "民國{year_digits}年{month_words}月{day_words}日",
        "{year_digits}年{month_words}月{day_words}日訂定",
    ),
)


@functools.cache
def options_of(world: int) -> dict[str, Options]:
    """Return every choice of a world with its options; the first is the plainest."""
    found: dict[str, Options] = {
        one.name: (one.metadata["options"], one.metadata["weights"]) for one in fields(Style)
    }
    return found | _world_2(found) if world == 2 else found


def _world_2(plain: dict[str, Options]) -> dict[str, Options]:
    made: dict[str, Options] = {
        "aspect_no": _numbers(plain["aspect_no"][0], 1, 4),
        "strategy_no": _numbers(plain["strategy_no"][0], 2, 5),
        "task_no": _numbers(plain["task_no"][0], 2, 6),
        "measure_no": _numbers(plain["measure_no"][0], 2, 7),
        "point_no": _numbers(plain["point_no"][0], 4, 7),
        "issued": ((*plain["issued"][0], *_ISSUED), None),
        "company": (("", *rule_examples.companies()), None),
        "office_form": (tuple(rule_examples.office_forms()), None),
        "page_number": (("{p}", "", *rule_examples.page_numbers()[1:]), None),
    }
    for role in ("aspect", "strategy", "task", "practice", "period"):
        made[f"{role}_heading"] = (tuple(rule_examples.headings(role)), None)
    departments = rule_examples.headings("department")
    # A heading that names co-departments too stands only over columns that mark them.
    joint = tuple(name for name in departments if "協" in name or "配合" in name)
    made["department_heading"] = (tuple(name for name in departments if name not in joint), None)
    made["joint_heading"] = (("", *joint), None)
    made["co_heading"] = (tuple(rule_examples.headings("co_department")), None)
    extras = tuple(rule_examples.headings("extra"))
    both = "編號+備註"
    made["extras"] = (("none", *extras, both), (len(extras), *(1 for _ in extras), 1))
    return made


def _numbers(plain: tuple[str, ...], low: int, high: int) -> Options:
    """Add the kinds of the ranks ``low`` to ``high``: each style of numbers as often as another."""
    groups = [list(plain)]
    groups += [names for (rank, _), names in RULE_KINDS.items() if low <= rank <= high]
    weights: dict[str, int] = {}
    for names in groups:
        for name in names:
            weights[name] = weights.get(name, 0) + max(1, _TIMES // len(names))
    return tuple(weights), tuple(weights.values())
