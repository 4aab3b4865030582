"""Add a plan to the known plans, or accept what is read of it now: ``make accept PLAN=…``."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.corpus.documents import ROOT

RAW = ROOT / "raw_pdfs"
MANIFEST = RAW / "manifest.csv"
EXPECTED = ROOT / "tests" / "known_plans"


def main(plan: str) -> int:
    """Copy the plan into raw_pdfs/, write its expected file after asking, list it."""
    file = Path(plan)
    if file.suffix.lower() != ".pdf" or not file.is_file():
        sys.exit(f"{plan!r} is no PDF; use: make accept PLAN=path/of/plan.pdf")
    command = [sys.executable, "-m", "planparse", "accept", str(file)]
    code = subprocess.run([*command, "--expected", str(EXPECTED)], check=False).returncode
    expected = EXPECTED / f"{file.stem}.json"
    if code or not expected.exists():
        return code
    if file.resolve().parent != RAW:
        shutil.copyfile(file, RAW / file.name)
    _list(RAW / file.name, json.loads(expected.read_text(encoding="utf-8"))["title"])
    return 0


def _list(file: Path, title: str | None) -> None:
    """Write the file's line of the manifest; a line that is there keeps its words."""
    with MANIFEST.open(encoding="utf-8", newline="") as opened:
        rows = {row["file"]: row for row in csv.DictReader(opened)}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    what = rows.get(file.name, {}).get("what") or title or file.stem
    rows[file.name] = {"file": file.name, "sha256": digest, "what": what}
    with MANIFEST.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, ("file", "sha256", "what"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name] for name in sorted(rows))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
