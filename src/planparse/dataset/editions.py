"""Editions: several published plans for one district and year, of which a count needs one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from planparse.model.printable import printable
from planparse.model.problem import Status

if TYPE_CHECKING:
    import pyarrow as pa

#: All editions, or of each district and year the one that was issued last.
Editions = Literal["all", "newest"]


class EditionsWarning(UserWarning):
    """A table holds several editions of a plan, or copies of a file, and nobody chose."""


_PUBLISHED = frozenset({str(Status.PARSED), str(Status.PARSED_WITH_PROBLEMS)})

# A folder of scans may hold hundreds of editions; a warning is one line.
_MOST_NAMED = 3

Row = Mapping[str, Any]
Groups = list[list[Row]]


def choose_editions(
    tables: Mapping[str, pa.Table],
    editions: Editions | None,
    read_plans: Callable[[], pa.Table],
) -> tuple[dict[str, pa.Table], str | None]:
    """Return the tables' rows of the chosen editions, and what a count over them must know.

    None for ``editions`` takes all, and then the second value names the editions and the copies;
    it is None where there are none, or where "all" was asked for. ``read_plans`` is asked for the
    table plans where two plans of a table may be editions.
    """
    found = dict(tables)
    if editions == "all":
        return found, None
    several = any(_may_hold_editions(rows) for rows in found.values())
    groups = _groups(read_plans()) if several else []
    if editions == "newest":
        older = [row["plan_id"] for group in groups for row in group[:-1]]
        return {name: _without(rows, older) for name, rows in found.items()}, _undecided(groups)
    return found, _facts(groups, sum(_copies(rows) for rows in found.values()))


def plan_labels(plans: pa.Table) -> dict[str, str]:
    """Return a name for each plan_id of a table, no two alike: 112 台北市.

    A question mark stands for a year or district that is not known. Plans that would share a name
    have their file's name behind it.
    """
    names = ("plan_id", "roc_year", "district", "source_file")
    rows = {row["plan_id"]: row for row in plans.select(names).to_pylist()}
    labels = {
        plan_id: f"{row['roc_year'] or '?'} {row['district'] or '?'}"
        for plan_id, row in rows.items()
    }
    for more in ("source_file", "plan_id"):
        taken = list(labels.values())
        labels = {
            plan_id: label if taken.count(label) == 1 else f"{label} {rows[plan_id][more]}"
            for plan_id, label in labels.items()
        }
    return labels


def _may_hold_editions(rows: pa.Table) -> bool:
    """Return True if plans share a year and district; whether both are published is not asked."""
    known = rows.select(["plan_id", "roc_year", "district"]).drop_null()
    plans = known.group_by(known.column_names).aggregate([])
    return bool(plans.num_rows > plans.group_by(["roc_year", "district"]).aggregate([]).num_rows)


def _groups(plans: pa.Table) -> Groups:
    """Return the published plans that share a year and district, each group oldest first."""
    by_key: dict[tuple[int, str], list[Row]] = {}
    names = ["plan_id", "roc_year", "district", "status", "issued_date", "source_file"]
    for row in plans.select(names).to_pylist():
        known = row["roc_year"] is not None and row["district"] is not None
        if known and row["status"] in _PUBLISHED:
            by_key.setdefault((row["roc_year"], row["district"]), []).append(row)
    return [sorted(by_key[key], key=_age) for key in sorted(by_key) if len(by_key[key]) > 1]


def _age(row: Row) -> tuple[datetime.date, str, str]:
    return row["issued_date"] or datetime.date.min, row["source_file"], row["plan_id"]


def _without(rows: pa.Table, older: list[str]) -> pa.Table:
    """Return the rows without those of older editions, and without the copies among documents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if _copies(rows):
        rows = rows.filter(pc.not_equal(rows.column("status"), str(Status.DUPLICATE)))
    return rows.filter(pc.invert(pc.is_in(rows.column("plan_id"), pa.array(older, pa.string()))))


def _copies(rows: pa.Table) -> int:
    """Return the number of files that have the content of another: only documents lists them."""
    import pyarrow.compute as pc

    if "status" not in rows.column_names:
        return 0
    return int(pc.sum(pc.equal(rows.column("status"), str(Status.DUPLICATE))).as_py() or 0)


def _named(groups: Groups) -> str:
    named = [
        f"{group[0]['district']} {group[0]['roc_year']}: "
        + ", ".join(row["source_file"] for row in group[:_MOST_NAMED])
        + (" …" if len(group) > _MOST_NAMED else "")
        for group in groups[:_MOST_NAMED]
    ]
    return printable("; ".join(named) + (" …" if len(groups) > _MOST_NAMED else ""))


def _facts(groups: Groups, copies: int) -> str | None:
    facts = []
    if groups:
        facts.append(
            f"several editions of one plan ({_named(groups)}): a count over them counts measures"
            " more than once"
        )
    if copies:
        facts.append(
            f"copies of files among the documents ({copies} with status duplicate): a join by"
            " plan_id repeats rows"
        )
    if not facts:
        return None
    return f"{'; '.join(facts)}. Choose with the option editions: newest, or all as they are"


def _undecided(groups: Groups) -> str | None:
    """Return a sentence on the groups whose issue dates do not show the newest edition."""
    unclear = [
        group
        for group in groups
        if any(row["issued_date"] is None for row in group)
        or group[-1]["issued_date"] == group[-2]["issued_date"]
    ]
    if not unclear:
        return None
    taken = ", ".join(row["source_file"] for *_, row in unclear[:_MOST_NAMED])
    return (
        "the dates of issue do not show which edition is the newest"
        f" ({_named(unclear)}); taken: {printable(taken)}. To take another, choose by plan_id"
    )
