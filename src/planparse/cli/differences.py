"""Lines that show the differences between two records of a plan; ``check`` and ``accept``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from planparse.datamodel.record_differences import Comparison, Difference

# Characters of a row that is missing or extra: enough to find it on the page.
_SHOWN = 60


def difference_lines(found: Comparison) -> Iterator[Text]:
    """Yield the fields that differ, and the rows that are missing or extra."""
    for word, rows in (("missing", found.missing), ("extra", found.extra)):
        for row in rows:
            text = f"{row.get('measure_no') or ''}{row['text']}"[:_SHOWN]
            yield Text(f"  {word} row {row['seq']}: {text}")
    for one in found.differences:
        yield _line(one)


def _line(one: Difference) -> Text:
    place = "plan" if one.row is None else f"row {one.row}"
    return Text.assemble(
        f"  {place} {one.field}\n    expected ",
        (_shown(one.expected), "green"),
        "\n    read     ",
        (_shown(one.got), "red"),
    )


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
