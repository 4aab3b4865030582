"""Run planparse over mutated plans and faults, and tell what did not go as it must."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planparse.batch.job import RunSettings
from planparse.batch.outcome import FileOutcome
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_tables
from planparse.model.problem import Status
from planparse.model.result import ParseResult
from planparse.pipeline import parse_plan
from tests.batch.faults import FAULTS
from tests.fuzz.mutate import mutate
from tests.unseen.plan import draw_plan

ROOT = Path(__file__).parents[2]
_FAULT = b"%PDF-1.7 fault "
_DRAWN = 6
#: Exceeding a limit by so much is too much.
_TOO_MUCH = 1.1


def parse(path: Path, **options: Any) -> ParseResult:
    """Parse a file, or fail as its first line says."""
    with path.open("rb") as file:
        line = file.readline(100)
    if line.startswith(_FAULT):
        FAULTS[line.removeprefix(_FAULT).split()[0].decode()]()
    return parse_plan(path, **options)


def bases() -> list[bytes]:
    """Give whole files: known plans with a text layer, and some drawn ones."""
    known = sorted((ROOT / "raw_pdfs").glob("*.pdf"), key=lambda path: path.stat().st_size)
    return [path.read_bytes() for path in known[:3]] + [
        draw_plan(seed).pdf for seed in range(_DRAWN)
    ]


@dataclass(slots=True)
class Findings:
    """What came out: ``broken`` are sentences, ``crashes`` reasons by file."""

    inputs: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    crashes: dict[str, str] = field(default_factory=dict)
    slowest: float = 0.0
    largest: int = 0


def _write(folder: Path, seeds: range, whole: list[bytes], faults: bool) -> dict[str, str]:
    """Write the files of one round; give the status that is expected of each fault."""
    folder.mkdir()
    for seed in seeds:
        names, content = mutate(seed, whole)
        (folder / f"{seed:06}-{names}.pdf").write_bytes(content)
    if not faults:
        return {}
    for name in FAULTS:
        (folder / f"fault-{name}-{seeds.start}.pdf").write_bytes(
            _FAULT + name.encode() + b"\n%d" % seeds.start
        )
    return {f"fault-{name}-{seeds.start}.pdf": name for name in FAULTS}


def _check(one: FileOutcome, settings: RunSettings, fault: str | None) -> Iterator[str]:
    peak = one.timing["peak_mebibytes"] or 0
    if one.seconds > _TOO_MUCH * settings.timeout:
        yield f"{one.source}: {one.seconds:.2f} s of {settings.timeout:g}"
    if peak > _TOO_MUCH * settings.memory:
        yield f"{one.source}: {peak} MiB of {settings.memory}"
    if one.status == Status.TIMED_OUT and one.seconds < 0.9 * settings.timeout:
        yield f"{one.source}: timed out after {one.seconds:.2f} s"
    if fault is not None and one.status not in ("timed_out", "out_of_memory", "crashed"):
        yield f"{one.source}: {one.status}"
    if not one.status.startswith("parsed") and not (one.reason and one.rows["problems"]):
        yield f"{one.source}: {one.status} without a reason or a problem"


def _check_tables(out: Path, findings: Findings) -> None:
    tables = read_tables(out, ("documents", "plans", "measures"))
    documents = tables["documents"].to_pylist()
    measures = Counter(tables["measures"].column("plan_id").to_pylist())
    plans = {row["plan_id"]: row for row in tables["plans"].to_pylist()}
    for row in documents:
        own = row["status"] != Status.DUPLICATE
        if own and measures[row["plan_id"]] != row["measures"]:
            findings.broken.append(f"{row['source']}: {row['measures']} measures are not there")
        if own and row["plans"] and plans[row["plan_id"]]["measure_count"] != row["measures"]:
            findings.broken.append(f"{row['source']}: its plan counts other measures")
    if set(measures) - set(plans):
        findings.broken.append("measures without a plan")


def fuzz(
    work: Path, seeds: range, settings: RunSettings, *, faults: bool = True, each: int = 250
) -> Findings:
    """Run rounds of ``each`` mutated plans, faults among them; keep nothing but the findings."""
    findings = Findings()
    whole = bases()
    for start in range(seeds.start, seeds.stop, each):
        source, out = work / f"in-{start}", work / f"out-{start}"
        some = range(start, min(start + each, seeds.stop))
        expected = _write(source, some, whole, faults)
        began = time.perf_counter()
        report = parse_folder(source, out, settings)
        for one in report.outcomes:
            fault = expected.get(one.source)
            findings.statuses[one.status] += 1
            if one.status == Status.DUPLICATE:
                continue
            findings.broken += _check(one, settings, fault)
            findings.slowest = max(findings.slowest, one.seconds)
            findings.largest = max(findings.largest, one.timing["peak_mebibytes"] or 0)
            if fault is None and one.status == Status.CRASHED:
                findings.crashes[one.source] = str(one.reason)
        rows = len(report.outcomes)
        if rows != len(list(source.iterdir())):
            findings.broken.append(f"{rows} rows for {len(list(source.iterdir()))} inputs")
        findings.inputs += rows
        _check_tables(out, findings)
        print(f"{some}: {time.perf_counter() - began:.0f} s", flush=True) if each > 100 else None
        shutil.rmtree(source)
        shutil.rmtree(out)
    return findings
