"""Set known texts anew and count: ``python -m tests.typesettings``."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.corpus.documents import Document, scratch
from tests.corpus.dump import read
from tests.corpus.tally import compare, table

from . import html_table, office_tables, reportlab_table, typst_table
from .table import PlanTable, Style, known_names, plan_table

Writer = Callable[[PlanTable, Style], bytes]

#: By producer: what writes, and the program or module that it needs.
PRODUCERS: dict[str, tuple[Writer, str]] = {
    "reportlab": (reportlab_table.write, "reportlab"),
    "story": (html_table.write_story, "pymupdf"),
    "writer": (office_tables.write_docx, "libreoffice-writer"),
    "calc": (office_tables.write_calc, "soffice"),
    "weasyprint": (html_table.write_weasyprint, "weasyprint"),
    "typst": (typst_table.write, "typst"),
}
STYLES = (
    Style(),
    Style(landscape=True, size=12.0, heading=False),
    Style(size=14.0, grouped=True),
    Style(landscape=True, size=13.0, grouped=True, heading=False),
)


def is_available(needs: str) -> bool:
    """Return True if a program or a module is there; a part of LibreOffice by its library."""
    office = shutil.which("soffice")
    if needs.startswith("libreoffice"):
        library = "libswlo.so"
        return office is not None and (Path(office).resolve().parent / library).exists()
    return shutil.which(needs) is not None or importlib.util.find_spec(needs) is not None


def typesettings(producer: str, folder: Path, only: str = "") -> Iterator[Document]:
    """Yield the typesettings of a producer, written into ``folder`` with their truth."""
    import json

    write, _ = PRODUCERS[producer]
    for style in STYLES:
        for plan in known_names():
            name = f"{plan}-{style.name}"
            if only not in f"{producer}/{name}":
                continue
            made = plan_table(plan, grouped=style.grouped)
            file = folder / f"{producer}-{name}.pdf"
            if not file.exists():
                file.write_bytes(write(made, style))
            truth = file.with_suffix(".json")
            truth.write_text(json.dumps(made.truth, ensure_ascii=False), encoding="utf-8")
            yield Document(producer, name, file, truth, forgive=("MARKS",))


def _list(documents: list[Document], dumped: dict[str, Any]) -> None:
    for one in documents:
        found = compare(one, dumped[one.key])
        for difference in () if found is None else found.differences:
            print(f"{one.key}: {difference}")
        for row in () if found is None else found.missing:
            print(f"{one.key}: missing row {row['seq']} {row['text'][:40]}")
        for row in () if found is None else found.extra:
            print(f"{one.key}: extra row {row['seq']} {row['text'][:40]}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 unless a producer is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.typesettings", description=__doc__)
    parser.add_argument("producers", nargs="*", default=list(PRODUCERS))
    parser.add_argument("--only", default="", help="typesettings whose name contains this")
    parser.add_argument("--keep", type=Path, help="folder for the files; made ones are not remade")
    parser.add_argument("--list", action="store_true", help="print every difference")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    missing = [one for one in options.producers if not is_available(PRODUCERS[one][1])]
    for one in missing:
        print(f"SKIPPED: {one} needs {PRODUCERS[one][1]}, which is not installed")
    with scratch() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for producer in options.producers:
            if producer in missing:
                continue
            documents = list(typesettings(producer, folder, options.only))
            dumped = {one.key: read(one) for one in documents}
            if options.list:
                _list(documents, dumped)
            print(table(documents, dumped))
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
