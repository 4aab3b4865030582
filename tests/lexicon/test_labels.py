"""The examples of labels.toml."""

import pytest

from planparse.lexicon.labels import find_named_label, is_aside, is_total, role_at_end
from planparse.lexicon.rule_files import package_tables

TABLES = package_tables("labels.toml")
READERS = [
    ("named", find_named_label),
    ("at_end", role_at_end),
    ("aside", is_aside),
    ("total", is_total),
]


@pytest.mark.parametrize(("table", "read"), READERS)
def test_examples(table, read):
    assert [text for text in TABLES[table]["examples"] if not read(text)] == []
    assert [text for text in TABLES[table]["rejects"] if read(text)] == []


def test_the_number_of_a_named_label():
    found = find_named_label("【構面2】服務遞送")
    assert found is not None
    assert (found.role, found.printed, found.value) == ("aspect", "【構面2】", 2)
