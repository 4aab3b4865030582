import pytest

import planparse
from planparse.dataset.queries import run_query
from planparse.dataset.tables import TABLES
from planparse.errors import InputError
from tests.study.known_dataset import write_known_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("output with [signs] 與 '空格'"))


def test_every_table_is_a_view(root):
    connection = planparse.connect(root)
    names = {name for (name,) in connection.sql("SHOW TABLES").fetchall()}
    assert names == set(TABLES)
    assert connection.sql("SELECT count(*) FROM measures").fetchall() == [(406,)]
    assert connection.sql("SELECT count(*) FROM repairs").fetchall() == [(0,)]


def test_lists_can_be_counted(root):
    found = run_query(
        root,
        """
        SELECT s.kind, count(*) AS n FROM measures, unnest(schedule) AS t(s)
        WHERE roc_year = 111 GROUP BY ALL ORDER BY n DESC
        """,
    )
    assert found.to_pylist() == [{"kind": "as_needed", "n": 94}, {"kind": "recurring", "n": 8}]


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT nothing FROM measures", "SELECT 1/'a'", ""])
def test_a_query_that_cannot_be_run_is_said_in_one_error(root, sql):
    with pytest.raises(InputError, match="the query"):
        run_query(root, sql)
