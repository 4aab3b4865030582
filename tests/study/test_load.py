import pandas as pd
import pyarrow as pa
import pytest

import planparse
from planparse.dataset.load import chinese_labels
from planparse.dataset.tables import TABLES
from planparse.errors import InputError
from tests.study.known_dataset import write_known_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("output"))


def test_one_line_gives_the_measures_of_a_plan(root):
    frame = planparse.load(root, "measures", roc_year=112, district="台北市區營業處", labels="zh")
    assert len(frame) == 97
    assert list(frame["序號"]) == list(range(1, 98))
    assert frame["面向"].iloc[0] == "基礎服務"
    assert {"執行策略", "承辦部門", "執行期間", "期程"} <= set(frame.columns)


def test_all_types_are_arrows(root):
    frame = planparse.load(str(root), "measures")
    assert all(isinstance(kind, pd.ArrowDtype) for kind in frame.dtypes)
    assert frame["seq"].dtype == pd.ArrowDtype(pa.int32())


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        ({}, 406),
        ({"roc_year": 112}, 181),
        ({"roc_year": [107, 114]}, 124),
        ({"roc_year": range(107, 112)}, 190),
        ({"district": ["花蓮區營業處", "新營區處"]}, 136),
        ({"roc_year": 107, "district": "花蓮區營業處"}, 0),
        ({"roc_year": 99}, 0),
    ],
)
def test_years_and_districts_choose_plans(root, choice, rows):
    assert len(planparse.load(root, **choice)) == rows


def test_what_is_not_there_is_said(root, tmp_path):
    with pytest.raises(InputError, match="no table 'measure'; there are plans, sections"):
        planparse.load(root, "measure")
    with pytest.raises(InputError, match="holds no dataset"):
        planparse.load(tmp_path)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_chinese_name_of_its_own(table):
    assert list(chinese_labels(table)) == list(TABLES[table].all_columns)
