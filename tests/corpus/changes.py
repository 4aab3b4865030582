"""Changes between two readings of the corpus: two dumps, or two commits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planparse.model.record_differences import compare_records, plan_record

from .documents import ROOT, documents, read_json
from .tally import COLUMNS, tally


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return one line per changed field, problem or status, document by document."""
    lines = []
    for key in dict.fromkeys([*before, *after]):
        if key not in before or key not in after:
            lines.append(f"{key}: only {'after' if key in after else 'before'}")
        elif before[key] != after[key]:
            lines += [f"{key}: {one}" for one in _changed(before[key], after[key])]
    return lines


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if before["status"] != after["status"]:
        yield f"status {before['status']} → {after['status']}"
    old, new = _codes(before), _codes(after)
    for sign, only in (("-", old - new), ("+", new - old)):
        for (code, measure), count in sorted(only.items(), key=str):
            place = "plan" if measure is None else f"row {measure}"
            yield f"{sign} problem {code} on {place}" + (f" × {count}" if count > 1 else "")
    yield from _record_changes(before["plan"], after["plan"])
    if before["ledger"] != after["ledger"]:
        yield f"ledger {before['ledger']} → {after['ledger']}"


def _codes(result: Mapping[str, Any]) -> Counter[tuple[str, int | None]]:
    return Counter((one["code"], one["measure"]) for one in result["problems"])


def _record_changes(before: Any, after: Any) -> Iterator[str]:
    if before is None or after is None:
        if before is not after:
            yield f"plan {'found' if before is None else 'lost'}"
        return
    old, new = (plan_record(one, one["sections"], one["measures"]) for one in (before, after))
    found = compare_records(old, new)
    for difference in found.differences:
        yield str(difference)
    for sign, rows in (("-", found.missing), ("+", found.extra)):
        for row in rows:
            yield f"{sign} row {row['seq']} {row['measure_no'] or ''}{row['text'][:40]}"
    if found.same:
        names = sorted(_unequal(before, after))
        if names:
            yield f"values {', '.join(names)}"


def _unequal(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Return the names of all other values that differ: schedules, figures, boxes …"""
    found = {name for name in before if name != "measures" and before[name] != after.get(name)}
    for one, other in zip(before["measures"], after["measures"], strict=True):
        found |= {f"measures.{name}" for name in one if one[name] != other.get(name)}
    return found


def changes_of_commits(base: str, head: str, kinds: tuple[str, ...]) -> int:
    """Print what changed between two commits, and the counts of both; 1 if anything did."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        dumps = [
            _dump_of(commit, Path(folder) / str(at), kinds)
            for at, commit in enumerate((base, head))
        ]
    lines = changes(*dumps)
    print("\n".join(lines) or "nothing changed")
    for commit, dumped in zip((base, head), dumps, strict=True):
        counts: Counter[str] = Counter()
        for one in documents(kinds):
            counts += tally(one, dumped[one.key])
        print(commit[:12], *(f"{name} {counts[name]}" for name in COLUMNS))
    return int(bool(lines))


def _dump_of(commit: str, folder: Path, kinds: tuple[str, ...]) -> Any:
    """Read the corpus of this tree with the source of a commit; ``.``: of this tree."""
    source = ROOT / "src"
    if commit != ".":
        source = folder / "src"
        source.mkdir(parents=True)
        packed = subprocess.run(
            ["git", "archive", commit, "src"], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
    file = folder.with_suffix(".json.gz")
    code = "from tests.corpus.read import main; main()"
    path = os.pathsep.join([str(source), str(ROOT)])
    subprocess.run(
        [sys.executable, "-c", code, str(file), *kinds],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
        cwd=ROOT,
    )
    return read_json(file)
