"""The account of every published plan's characters, checked against what is published of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planparse.dataset.load import read_tables
from planparse.dataset.records import LedgerKind
from planparse.dataset.rows import Row
from planparse.model.problem import Status

_TABLES = ("documents", "plans", "measures", "ledger")
_PUBLISHED = frozenset({str(Status.PARSED), str(Status.PARSED_WITH_PROBLEMS)})


@dataclass(slots=True)
class Account:
    """Where the characters of one plan went, white space not counted.

    ``faults`` says in words what does not add up; empty where all does.
    """

    plan_id: str
    source_file: str
    read: int = 0
    placed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def unaccounted(self) -> int:
        """Characters that are in no field without a reason, or in two."""
        return self.missing + self.doubled


def _add(account: Account, row: Row) -> None:
    kind, count = row["kind"], row["glyphs"]
    if kind == LedgerKind.READ:
        account.read = count
    elif kind == LedgerKind.PLACED:
        account.placed[row["name"]] += count
    elif kind == LedgerKind.DROPPED:
        account.dropped[row["name"]] += count
    elif kind == LedgerKind.MISSING:
        account.missing = count
    else:
        account.doubled = count


def _bare_length(text: str | None) -> int:
    return len("".join((text or "").split()))


def _check(account: Account, plan: Row, measures: Iterable[Row]) -> None:
    """Compare the account with itself, and with the texts that are published."""
    went = account.placed.total() + account.dropped.total()
    if went + account.missing - account.doubled != account.read:
        account.faults.append(f"{account.read} characters read, {went} accounted for")
    if account.missing:
        account.faults.append(f"{account.missing} characters in no field")
    if account.doubled:
        account.faults.append(f"{account.doubled} characters in two fields")
    if plan["status"] not in _PUBLISHED:
        return
    published = {
        "title": _bare_length(plan["title"]),
        "text": sum(_bare_length(row["text"]) for row in measures),
    }
    for name, count in published.items():
        if count != account.placed[name]:
            account.faults.append(
                f"{account.placed[name]} characters of {name} in the account, {count} published"
            )


def _by_plan(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["plan_id"], []).append(row)
    return found


def _accounts(tables: Mapping[str, list[Row]]) -> list[Account]:
    ledgers, measures = _by_plan(tables["ledger"]), _by_plan(tables["measures"])
    found: list[Account] = []
    for plan in tables["plans"]:
        account = Account(plan["plan_id"], plan["source_file"])
        for row in ledgers.get(account.plan_id, []):
            _add(account, row)
        if account.plan_id in ledgers:
            _check(account, plan, measures.get(account.plan_id, []))
        else:
            account.faults.append("no account")
        found.append(account)
    return sorted(found, key=lambda account: (account.source_file, account.plan_id))


def read_accounts(where: str | Path) -> tuple[list[Account], list[str]]:
    """Return the account of every plan of a dataset, and the files that gave no plan."""
    columns = {
        "plans": ["plan_id", "source_file", "status", "title"],
        "measures": ["plan_id", "text"],
        "ledger": ["plan_id", "kind", "name", "glyphs"],
        "documents": ["source", "plans"],
    }
    tables = {
        name: table.select(columns[name]).to_pylist()
        for name, table in read_tables(where, _TABLES).items()
    }
    without = [row["source"] for row in tables["documents"] if not row["plans"]]
    return _accounts(tables), sorted(without)
