"""The documents of the corpus, each with its truth and with what a comparison forgives."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unseen.compare import expected_record
from tests.unseen.plan import draw_plan

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
KINDS = ("known", "producers", "hard", "scans", "seeds")
# Half of the first 500 seeds were looked at while the program was made, half were not. The last
# three merge 編號 over a page break in columns that are never blank; no other plan has this.
SEEDS = (*range(250), *range(17000, 17250), 16016, 16204, 16302)


@dataclass(frozen=True, slots=True)
class Document:
    """One document: ``kind/name``, the file (None: the plan of ``seed``), its expected record.

    ``answers``: folder of the recorded OCR answers, None for a document with a text layer.
    ``forgive``: names of ``record_differences.Forgive``.
    """

    kind: str
    name: str
    file: Path | None
    expected: Path | None = None
    answers: Path | None = None
    forgive: tuple[str, ...] = ()
    seed: int = 0

    @property
    def key(self) -> str:
        """Name in dumps and tables."""
        return f"{self.kind}/{self.name}"

    def truth(self) -> dict[str, Any]:
        """Return the expected record."""
        if self.expected is None:
            return expected_record(draw_plan(self.seed).truth)
        record: dict[str, Any] = json.loads(self.expected.read_text(encoding="utf-8"))
        return expected_record(record) if self.kind == "producers" else _one_form(record)

    def on_disk(self, folder: Path) -> Path:
        """Return a path of the file; a drawn plan is written into ``folder``."""
        if self.file is not None:
            return self.file
        path = folder / f"{self.name}.pdf"
        path.write_bytes(draw_plan(self.seed).pdf)
        return path


def _one_form(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record whose further columns are one text per row, as printed."""
    for row in record["measures"]:
        if "remark" in row:
            row["extras"] = row.pop("remark")
        accept = row.get("accept", {})
        for reading in (accept, *accept.get("_alt", ())):
            if "remark" in reading:
                reading["extras"] = reading.pop("remark")
    return record


def documents(kinds: tuple[str, ...] = KINDS) -> Iterator[Document]:
    """Yield the documents of the kinds, in a fixed order."""
    for kind in kinds:
        yield from _OF_KIND[kind]()


def _known() -> Iterator[Document]:
    answers = ROOT / "tests" / "ocr_answers"
    for path in sorted((ROOT / "tests" / "known_plans").glob("*.json")):
        recorded = answers if (answers / f"{path.stem}.json.gz").exists() else None
        file = ROOT / "raw_pdfs" / f"{path.stem}.pdf"
        yield Document("known", path.stem, file, path, recorded)


def _producers() -> Iterator[Document]:
    for path in sorted((ROOT / "tests" / "producers").glob("*.json")):
        yield Document("producers", path.stem, path.with_suffix(".pdf"), path)


def _hard() -> Iterator[Document]:
    for path in sorted((HERE / "hard").glob("*.pdf")):
        expected = HERE / "hard" / "expected" / f"{path.stem}.json"
        yield Document("hard", path.stem, path, expected, forgive=("MARKS",))


def _scans() -> Iterator[Document]:
    for path in sorted((HERE / "scans").glob("*.pdf")):
        text = path.stem.rpartition("-")[2]
        expected = HERE / "scans" / "expected" / f"{text}.json"
        answers = HERE / "scans" / "answers" / path.stem
        yield Document("scans", path.stem, path, expected, answers, ("MARKS",))


def _seeds() -> Iterator[Document]:
    for seed in SEEDS:
        yield Document("seeds", str(seed), None, seed=seed)


_OF_KIND = {
    "known": _known,
    "producers": _producers,
    "hard": _hard,
    "scans": _scans,
    "seeds": _seeds,
}


def write_json(file: Path, content: Any) -> None:
    """Write compressed JSON; the same content gives the same bytes."""
    data = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    file.write_bytes(gzip.compress(data.encode(), 9, mtime=0))


def read_json(file: Path) -> Any:
    """Read what ``write_json`` wrote."""
    return json.loads(gzip.decompress(file.read_bytes()))


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for drawn plans, removed when it is closed."""
    return tempfile.TemporaryDirectory(prefix="corpus-")
