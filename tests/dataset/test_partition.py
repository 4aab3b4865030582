"""A name from a PDF never becomes a path as it stands."""

from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.dataset.tables import UNKNOWN_DISTRICT, partition_folder, safe_part


@pytest.mark.parametrize(
    ("year", "district", "folder"),
    [
        (112, "台北市", "roc_year=112/district=台北市"),
        (107, "屏東", "roc_year=107/district=屏東"),
        (None, None, "roc_year=0/district=不明"),
        (112, "", "roc_year=112/district=不明"),
        (112, "../../etc", "roc_year=112/district=%2E%2E%2F%2E%2E%2Fetc"),
        (112, "__HIVE_DEFAULT_PARTITION__", "roc_year=112/district=不明"),
        (112, "某\u202e區\x00處", "roc_year=112/district=某%E2%80%AE區%00處"),
        (112, "某=區", "roc_year=112/district=某%3D區"),
        (112, "CON.", "roc_year=112/district=CON%2E"),
    ],
)
def test_folder(year, district, folder):
    assert partition_folder(year, district) == folder


@given(st.text(max_size=300))
def test_any_text_is_one_safe_part(text):
    part = safe_part(text)
    assert part
    assert len(f"district={part}".encode()) <= 255
    assert PurePosixPath(part).parts == (part,)
    assert part not in {".", ".."}
    assert all(char.isalnum() or char in "%-" for char in part)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_readers_get_the_name_back(text):
    import unicodedata

    expected = unicodedata.normalize("NFC", text.strip())
    assert unquote(safe_part(text)) == (expected or UNKNOWN_DISTRICT)
