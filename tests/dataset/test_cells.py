import datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.dataset.export import csv_bytes, flat, guard, workbook_bytes
from tests.dataset.read_back import read_csv, read_workbook, unflat, unguard

# What XML and UTF-8 cannot hold at all stays out: lone surrogates.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "'", "''", "", "-", "+886", "@x", "_x0041_", "a\nb", "\ta", "\r\n", '"', ",", "\x0b"]
)
SCHEMA = pa.schema(
    [
        pa.field("id", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("maybe", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("flag", pa.bool_()),
        pa.field("place", pa.float64()),
        pa.field(
            "things",
            pa.list_(
                pa.struct(
                    [
                        pa.field("name", pa.string(), nullable=False),
                        pa.field("value", pa.decimal128(24, 6)),
                        pa.field("end", pa.date32()),
                    ]
                )
            ),
        ),
    ]
)
DAYS = st.dates(datetime.date(1912, 1, 1), datetime.date(2199, 12, 31))
THINGS = st.lists(
    st.fixed_dictionaries(
        {
            "name": TEXTS,
            "value": st.none() | st.decimals(0, 10**17, places=6),
            "end": st.none() | DAYS,
        }
    ),
    max_size=2,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(-(2**31), 2**31 - 1),
            "text": TEXTS,
            "maybe": st.none() | TEXTS,
            "day": st.none() | DAYS,
            "flag": st.none() | st.booleans(),
            "place": st.none() | st.floats(-1000, 1000).map(lambda number: round(number, 2)),
            "things": st.none() | THINGS,
        }
    ),
    max_size=4,
)


@given(TEXTS)
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    guarded = guard(text)
    assert guarded
    assert guarded[0] not in "=+-@\t\r\n＝＋－＠"
    assert unguard(guarded) == text


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert guard(text) == "'" + text


def test_common_texts_stay_as_they_are():
    assert guard("業務組") == "業務組"
    assert guard("", nullable=False) == ""


@given(ROWS)
def test_csv_comes_back(rows):
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    content = csv_bytes(table)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content, SCHEMA).equals(table)


@given(ROWS)
def test_a_workbook_comes_back(rows):
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    assert read_workbook(workbook_bytes(table, "rows"), SCHEMA).equals(table)


def test_decimals_in_json_keep_their_digits():
    things = [{"name": "戶", "value": Decimal("1840000.100000"), "end": None}]
    row = {"id": 1, "text": "", "things": things}
    table = flat(pa.Table.from_pylist([row], schema=SCHEMA))
    assert '"value": "1840000.1"' in table.column("things")[0].as_py()
    assert unflat(table, SCHEMA).to_pylist()[0]["things"] == things
