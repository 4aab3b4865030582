"""The data dictionary: every column with Chinese name, type, meaning and an example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_args, get_origin

from planparse.dataset.example import example_rows
from planparse.dataset.export import as_json
from planparse.dataset.schema import arrow_field, split_optional
from planparse.dataset.tables import TABLES, chinese_name
from planparse.model.plan import Record

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_HEAD = """\
# Data dictionary

Made by `make schemas` from the records' definition (`src/planparse/model/plan.py` and
`src/planparse/dataset/records.py`); `make test` fails where the two differ. The examples are made
up.

Every table is a folder of Parquet files, `<table>/roc_year=…/district=…/<plan_id>.parquet`; only
`documents` is one file.
**null** says whether a value may be missing: missing is always "not printed" or "no rule knows
it", never zero and never an empty text. What is as printed keeps the plan's own wording.
"""
_LONGEST_EXAMPLE = 60


def dictionary_page() -> str:
    """Return the page as Markdown."""
    rows = example_rows()
    parts = [_HEAD, *(f"- [`{table.name}`](#{table.name}) {table.zh}" for table in TABLES.values())]
    records: dict[str, type[Record]] = {}
    for table in TABLES.values():
        example = {**rows[table.name][0], "roc_year": 113, "district": "某"}
        parts += ["", f"## {table.name}", "", f"{table.zh}: {table.description}.", "", *_heading()]
        parts += [_line(name, field, example[name]) for name, field in table.all_columns.items()]
        for field in table.all_columns.values():
            records |= {record.__name__: record for record in _records_in(field.annotation)}
    parts += ["", "## Records inside columns"]
    examples = dict(_examples_of_records(rows))
    for name, record in sorted(records.items()):
        parts += ["", f"### {name}", "", _summary(record), "", *_heading()]
        parts += [
            _line(field_name, field, examples[name].get(field_name))
            for field_name, field in record.model_fields.items()
        ]
    parts += ["", "## Words that columns use", *_vocabularies()]
    return "\n".join(parts) + "\n"


def _heading() -> list[str]:
    return ["| column | 中文 | type | null | meaning | example |", "|---|---|---|---|---|---|"]


def _line(name: str, field: FieldInfo, example: Any) -> str:
    arrow = arrow_field(name, field)
    cells = [
        f"`{name}`",
        chinese_name(field),
        type_name(field.annotation, str(arrow.type)),
        "yes" if arrow.nullable else "",
        field.description or "",
        _shown(example),
    ]
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def type_name(annotation: Any, arrow: str) -> str:
    """Name a type for people: ``list of Department``, ``date``, the vocabulary's name."""
    kind, _ = split_optional(annotation)
    if get_origin(kind) is tuple:
        return f"list of {type_name(get_args(kind)[0], 'string')}"
    if isinstance(kind, type) and issubclass(kind, Record):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"string, a [{kind.__name__}](#{kind.__name__.lower()})"
    return {"date32[day]": "date", "double": "float64"}.get(arrow, arrow)


def _shown(example: Any) -> str:
    if example is None:
        return ""
    if isinstance(example, list | dict):
        text = json.dumps(example, ensure_ascii=False, default=as_json)
    else:
        text = str(example)
    if len(text) > _LONGEST_EXAMPLE:
        text = text[: _LONGEST_EXAMPLE - 1] + "…"
    return f"`{text}`" if text else ""


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    kind, _ = split_optional(annotation)
    if get_origin(kind) is tuple:
        yield from _records_in(get_args(kind)[0])
    elif isinstance(kind, type) and issubclass(kind, Record):
        yield kind
        for field in kind.model_fields.values():
            yield from _records_in(field.annotation)


def _examples_of_records(rows: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, Any]]:
    """Return the values of each record's first example; a later one fills what the first lacks."""
    for table in TABLES.values():
        for name, field in table.columns.items():
            for record in _records_in(field.annotation):
                merged: dict[str, Any] = {}
                for entry in reversed(rows[table.name][0][name]):
                    merged |= {key: value for key, value in entry.items() if value is not None}
                yield record.__name__, merged


def _summary(record: type[Record]) -> str:
    return (record.__doc__ or "").strip().splitlines()[0]


def _vocabularies() -> Iterator[str]:
    """List the words of every closed vocabulary."""
    found: dict[str, type[StrEnum]] = {}
    for table in TABLES.values():
        for field in table.all_columns.values():
            fields = [field]
            for record in _records_in(field.annotation):
                fields += record.model_fields.values()
            for one in fields:
                kind, _ = split_optional(one.annotation)
                if isinstance(kind, type) and issubclass(kind, StrEnum):
                    found[kind.__name__] = kind
    for name, kind in sorted(found.items()):
        yield from ("", f"### {name}", "", (kind.__doc__ or "").strip().splitlines()[0], "")
        yield ", ".join(f"`{member.value}`" for member in kind)
