"""What the usual readers make of the data set without planparse."""

import duckdb
import pandas as pd
import polars as pl
import pytest

from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import read_table
from planparse.dataset.publish import write_plan
from planparse.dataset.tables import PLAN_TABLES
from tests.dataset.made import made_problem, made_repair, made_result

DISTRICTS = {"a.pdf": "台北市", "b.pdf": "屏東", "c.pdf": None, "d.pdf": "../某 處."}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    out = OutputFolder(tmp_path_factory.mktemp("output"))
    for at, (name, district) in enumerate(DISTRICTS.items()):
        year = None if district is None else 110 + at
        printed = None if district is None else f"{district}區處"
        result = made_result(
            name,
            problems=[made_problem()],
            repairs=[made_repair()],
            district=district,
            district_printed=printed,
            roc_year=year,
        )
        write_plan(result, out, "0.1.0")
    return out.root


@pytest.mark.parametrize("table", PLAN_TABLES)
def test_same_rows_for_every_reader(root, table):
    count = read_table(root, table).num_rows
    assert count >= len(DISTRICTS)
    glob = f"{root}/{table}/**/*.parquet"
    assert len(pd.read_parquet(root / table)) == count
    assert pl.read_parquet(glob, hive_partitioning=True).height == count
    query = f"SELECT count(*) FROM read_parquet('{glob}', hive_partitioning = true)"
    assert duckdb.execute(query).fetchall() == [(count,)]


def test_same_partitions_for_every_reader(root):
    wanted = {(0, "不明"), (110, "台北市"), (111, "屏東"), (113, "../某 處.")}
    glob = f"{root}/plans/**/*.parquet"
    frame = pd.read_parquet(root / "plans")
    assert set(zip(frame["roc_year"], frame["district"], strict=True)) == wanted
    assert (
        set(
            pl.read_parquet(glob, hive_partitioning=True).select("roc_year", "district").iter_rows()
        )
        == wanted
    )
    query = f"SELECT roc_year, district FROM read_parquet('{glob}', hive_partitioning = true)"
    assert set(duckdb.execute(query).fetchall()) == wanted


def test_our_reader_gives_null_for_what_is_not_known(root):
    rows = read_table(root, "plans").to_pylist()
    assert (None, None) in {(row["roc_year"], row["district"]) for row in rows}


def test_a_table_without_files_is_empty_with_its_columns(tmp_path):
    table = read_table(tmp_path, "measures")
    assert table.num_rows == 0
    assert "departments" in table.column_names
