"""``make bench``: milliseconds a page of planparse, of MuPDF alone and of other table finders.

All of them read the same pages of the digital known plans in one process and one run; of each
several rounds are made, interleaved, and the fastest counts, for that is the one least disturbed.
``planparse`` is the way from the opened file to validated records; ``with its proof`` adds the
ledger's audit of every glyph and field and the confidence, which every run makes as well.
The time is the processor's for this process: other work on the machine does not count. Every round
opens each file anew and forgets the texts that were read before; nothing is kept from one round to
the next but the rules, which a run of many plans loads once as well.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import time
from pathlib import Path

import pdfplumber
import pymupdf
from rich.console import Console
from rich.table import Table

from planparse.lexicon.periods import is_period
from planparse.lexicon.text_keys import match_key, traditional_key
from planparse.model.page import SourceDocument
from planparse.pipeline import parse_document
from planparse.process import gc_paused
from planparse.read_document import read_pages

ROOT = Path(__file__).parent.parent
ROUNDS = 15
SLOW_ROUNDS = 2

Seconds = dict[str, float]


def mupdf_alone(content: bytes) -> float:
    """Read words and drawings of every page: nothing that reads a plan can do less."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        start = time.process_time()
        for page in document:
            page.get_text("words")
            page.get_drawings()
        return time.process_time() - start


def _forget_texts() -> None:
    """Empty what is kept of texts that were read: a plan that is new has none of it."""
    for kept in (match_key, traditional_key, is_period):
        kept.cache_clear()


def planparse(content: bytes, stages: Seconds) -> float:
    """From the opened file to the audited plan; ``stages`` gets the seconds of each stage."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        _forget_texts()
        start, began = time.process_time(), time.perf_counter()
        with gc_paused():  # as `parse_plan` has it
            pages, problems = read_pages(document)
            stages["extract"] = time.perf_counter() - began
            read = tuple(one.page for one in pages)
            source = SourceDocument("", "", read, "pymupdf", problems=tuple(problems))
            result = parse_document(source, seconds=stages)
        taken = time.process_time() - start
    if result.plan is None or not result.plan.measures:
        raise SystemExit("a digital plan gave no measures; see `make check`")
    return taken


def pdfplumber_tables(content: bytes) -> float:
    """Let pdfplumber extract the tables of every page."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        start = time.process_time()
        for page in document.pages:
            page.extract_tables()
        return time.process_time() - start


def pymupdf_tables(content: bytes) -> float:
    """Let PyMuPDF find the tables of every page."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        start = time.process_time()
        for page in document:
            for table in page.find_tables().tables:
                table.extract()
        return time.process_time() - start


def digital_plans() -> dict[str, bytes]:
    """Give the known plans that have a text layer, by name."""
    found: dict[str, bytes] = {}
    for path in sorted((ROOT / "raw_pdfs").glob("*.pdf")):
        with pymupdf.open(path) as document:
            if any(page.get_text().strip() for page in document):
                found[path.name] = path.read_bytes()
    return found


def page_counts(plans: dict[str, bytes]) -> dict[str, int]:
    """Count each plan's pages."""
    counts: dict[str, int] = {}
    for name, content in plans.items():
        with pymupdf.open(stream=content, filetype="pdf") as document:
            counts[name] = document.page_count
    return counts


def measure(plans: dict[str, bytes]) -> tuple[dict[str, Seconds], Seconds]:
    """Give the fastest seconds of every reader for every plan, and planparse's by stage."""
    best: dict[str, Seconds] = {name: {} for name in plans}
    stages: Seconds = {}

    def keep(name: str, reader: str, taken: float) -> None:
        best[name][reader] = min(taken, best[name].get(reader, taken))

    for turn in range(ROUNDS):
        by_stage: Seconds = {}
        for name, content in plans.items():
            # Each starts alike: what one leaves to the collector is not cleared up by the next.
            gc.collect()
            keep(name, "MuPDF alone", mupdf_alone(content))
            of_plan: Seconds = {}
            gc.collect()
            whole = planparse(content, of_plan)
            proof = (of_plan["ledger"] + of_plan["confidence"]) / sum(of_plan.values())
            keep(name, "planparse", whole * (1 - proof))
            keep(name, "with its proof", whole)
            for stage, taken in of_plan.items():
                by_stage[stage] = by_stage.get(stage, 0.0) + taken
            if turn < SLOW_ROUNDS:
                keep(name, "PyMuPDF find_tables", pymupdf_tables(content))
                keep(name, "pdfplumber", pdfplumber_tables(content))
        stages = {stage: min(taken, stages.get(stage, taken)) for stage, taken in by_stage.items()}
    return best, stages


def _report(best: dict[str, Seconds], counts: dict[str, int]) -> Table:
    readers = list(next(iter(best.values())))
    table = Table(title="milliseconds a page", box=None, pad_edge=False, title_justify="left")
    table.add_column("plan")
    table.add_column("pages", justify="right")
    for reader in readers:
        table.add_column(reader, justify="right")
    for name, taken in best.items():
        shown = (f"{taken[reader] / counts[name] * 1000:.2f}" for reader in readers)
        table.add_row(name, str(counts[name]), *shown)
    pages = sum(counts.values())
    totals = {reader: sum(taken[reader] for taken in best.values()) for reader in readers}
    table.add_row("all", str(pages), *(f"{totals[r] / pages * 1000:.2f}" for r in readers))
    floor = totals["MuPDF alone"]
    table.add_row("× MuPDF alone", "", *(f"{totals[r] / floor:.2f}" for r in readers))
    return table


def main() -> int:
    """Measure and print; ``--json`` prints the seconds instead."""
    pymupdf.no_recommend_layout()
    plans = digital_plans()
    counts = page_counts(plans)
    best, stages = measure(plans)
    if "--json" in sys.argv:
        print(json.dumps({"seconds": best, "stages": stages, "pages": counts}))
        return 0
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    console.print(_report(best, counts))
    pages = sum(counts.values())
    shown = ", ".join(f"{stage} {taken / pages * 1000:.2f}" for stage, taken in stages.items())
    console.print(f"planparse by stage, wall time: {shown} (PyMuPDF {pymupdf.__version__})")
    rest = sum(taken for stage, taken in stages.items() if stage != "ledger")
    console.print(f"the ledger's audit takes {stages['ledger'] / rest:.1%} of the rest")
    return 0


if __name__ == "__main__":
    sys.exit(main())
