"""python -m bench.scale [--documents 1000 2000 4000] [--same 10]: the cost of a growing data set.

The parser is replaced by one that gives the same plan of a hundred measures at once, so what is
measured is all the rest: finding the files, publishing, the manifest, reading, compaction. What
parsing itself costs is measured by ``make soak`` and ``make bench``. ``--same`` puts so many plans
into each year and district; 1 is what the offices publish.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from planparse import load, parse_plan
from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.writing import compact_folder
from planparse.lexicon.load_rules import load_rules
from planparse.model.plan import Plan
from planparse.model.result import ParseResult

ROOT = Path(__file__).parents[2]
OFFICES = sorted(set(load_rules(None).districts.names.values()))


@cache
def _plan() -> tuple[ParseResult, Plan]:
    """Parse one known plan, once."""
    found = parse_plan(ROOT / "raw_pdfs" / "xinying-111.pdf")
    if found.plan is None:
        raise SystemExit("the plan that stands for all was not read; see `make check`")
    return found, found.plan


def parse(path: Path, **_: Any) -> ParseResult:
    """Give that plan as one of another office and year, as the file's text says."""
    content = path.read_text(encoding="utf-8")
    digest = hashlib.sha256(content.encode()).hexdigest()
    office, year, _number = content.split()
    made, plan = _plan()
    changes = {"plan_id": digest[:16], "sha256": digest, "source_file": path.name}
    own = plan.model_copy(update={**changes, "district": office, "roc_year": int(year)})
    return replace(made, source_file=path.name, sha256=digest, plan=own)


def write_inputs(folder: Path, count: int, same: int) -> None:
    """Write files that name an office and a year; ``same`` of them name the same."""
    folder.mkdir(parents=True)
    for number in range(count):
        group = number // same
        office, year = OFFICES[group % len(OFFICES)], 1 + group // len(OFFICES)
        path = folder / f"{number:06}.pdf"
        path.write_text(f"{office} {year} {number}", encoding="utf-8")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _files(out: Path) -> list[Path]:
    return [path for path in out.rglob("*") if path.is_file()]


def measure(work: Path, count: int, same: int) -> dict[str, float]:
    """Measure a data set of ``count`` plans."""
    source, out = work / "in", work / "out"
    write_inputs(source, count, same)
    settings = RunSettings(isolate=False, parse=parse)

    def run() -> None:
        parse_folder(source, out, settings)

    found = {"documents": float(count), "first run, s": _seconds(run)}
    found["measures"] = float(len(load(out, "measures")))
    found["nothing new, s"] = _seconds(run)
    office, year, _ = (source / "000000.pdf").read_text(encoding="utf-8").split()
    (source / "000000.pdf").write_text(f"{office} {year} {count}", encoding="utf-8")
    found["one changed, s"] = _seconds(run)
    found["files"] = float(len(_files(out)))
    found["MiB"] = sum(path.stat().st_size for path in _files(out)) / 2**20
    found["manifest, MiB"] = sum(f.stat().st_size for f in (out / "documents").rglob("*")) / 2**20
    found["all measures read, s"] = _seconds(lambda: load(out, "measures"))
    found["compact, s"] = _seconds(lambda: compact_folder(out))
    found["files after"] = float(len(_files(out)))
    found["MiB after"] = sum(path.stat().st_size for path in _files(out)) / 2**20
    found["all measures read after, s"] = _seconds(lambda: load(out, "measures"))
    found["nothing new after, s"] = _seconds(run)
    found["resident memory, MiB"] = psutil.Process().memory_info().rss / 2**20
    return found


def main() -> None:
    """Measure data sets of several sizes and print them side by side."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale")
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 2000, 4000])
    parser.add_argument("--same", type=int, default=1)
    options = parser.parse_args()
    _plan()
    columns: list[dict[str, float]] = []
    for count in options.documents:
        with tempfile.TemporaryDirectory(prefix="planparse-scale-") as work:
            columns.append(measure(Path(work), count, options.same))
    table = Table(title=f"{options.same} plans a year and district", box=None)
    table.add_column("")
    for _ in columns:
        table.add_column(justify="right")
    for name in columns[0]:
        table.add_row(name, *(f"{column[name]:,.4g}" for column in columns))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
