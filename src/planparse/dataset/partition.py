"""Folder names of the data set. A name from a PDF never becomes a path as it stands."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

# Hive's own mark for null makes pandas fail ("cannot unify dictionaries with nulls"), so what is
# not known gets values that no plan prints; `read_table` turns them into null.
UNKNOWN_YEAR = 0
UNKNOWN_DISTRICT = "不明"
_NULL_OF_HIVE = "__HIVE_DEFAULT_PARTITION__"

# A folder's name may have 255 bytes on most file systems; "district=" and a safety margin go off.
_LONGEST = 200


def _is_plain(char: str) -> bool:
    """Tell whether a character may stand in a path as it is: letters, figures, hyphen."""
    return char == "-" or unicodedata.category(char) in ("Lo", "Ll", "Lu", "Nd")


def safe_part(value: str) -> str:
    """Make a folder's name of a text: all but letters and figures percent-encoded.

    Readers of Hive folders decode it, so the column holds the text in Unicode's composed form.
    Too long a text is cut at a whole character.
    """
    value = unicodedata.normalize("NFC", value.strip())
    if value == _NULL_OF_HIVE:
        return UNKNOWN_DISTRICT
    parts: list[str] = []
    left = _LONGEST
    for char in value:
        part = char if _is_plain(char) else quote(char, safe="", errors="replace")
        part = part.replace(".", "%2E").replace("_", "%5F").replace("~", "%7E")
        left -= len(part.encode("utf-8", errors="replace"))
        if left < 0:
            break
        parts.append(part)
    return "".join(parts) or UNKNOWN_DISTRICT


def partition_folder(roc_year: int | None, district: str | None) -> str:
    """Give the folder of a plan, relative to its table's: ``roc_year=112/district=台北市``."""
    year = UNKNOWN_YEAR if roc_year is None else int(roc_year)
    name = UNKNOWN_DISTRICT if district is None else safe_part(district)
    return f"roc_year={year}/district={name}"
