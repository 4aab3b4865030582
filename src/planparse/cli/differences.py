"""Lines that show the differences between two records of a plan; ``check`` and ``accept``."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from planparse.datamodel.record_differences import Comparison, Difference, as_json

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
        (as_json(one.expected), "green"),
        "\n    read     ",
        (as_json(one.got), "red"),
    )
