"""SQL reaches the dataset's tables and nothing else: attacks on ``query`` and ``connect``."""

import os
import threading

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import planparse
from planparse.dataset.queries import distinct_names, run_query
from planparse.dataset.writing import compact_folder
from planparse.errors import InputError, QueryTimeoutError
from tests.study.editions_dataset import write_editions_dataset
from tests.study.known_dataset import write_known_dataset

SECRET = "planparse-secret-4711"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("dataset"))


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """A folder beside the dataset with files that no query may read; it is the current folder."""
    (tmp_path / "secret.csv").write_text(f"a\n{SECRET}\n")
    (tmp_path / "secret.json").write_text(f'{{"a": "{SECRET}"}}')
    pq.write_table(pa.table({"a": [SECRET]}), tmp_path / "secret.parquet")
    with duckdb.connect(str(tmp_path / "secret.db")) as database:
        database.execute(f"CREATE TABLE a AS SELECT '{SECRET}' AS a")
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "schema.sql").write_text(f"SELECT '{SECRET}' AS a;")
    (tmp_path / "database" / "load.sql").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


READS = [
    "SELECT * FROM read_csv('secret.csv')",
    "SELECT * FROM read_csv_auto('secret.csv')",
    "SELECT * FROM sniff_csv('secret.csv')",
    "SELECT * FROM read_text('secret.csv')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('secret.csv')",
    "SELECT * FROM read_json('secret.json')",
    "SELECT * FROM read_json_objects('secret.json')",
    "SELECT * FROM read_parquet('secret.parquet')",
    "SELECT * FROM parquet_schema('secret.parquet')",
    "SELECT * FROM parquet_metadata('secret.parquet')",
    "SELECT * FROM read_duckdb('secret.db')",
    "SELECT * FROM glob('*')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'secret.csv'",
    "SELECT * FROM 'secret.parquet'",
    "SELECT * FROM '/etc/passwd'",
    "FROM 'secret.json'",
    "SELECT (SELECT a FROM 'secret.csv')",
    "WITH x AS (SELECT * FROM 'secret.csv') SELECT * FROM x",
    "SELECT * FROM query('FROM read_text(''secret.csv'')')",
    "SELECT * FROM query_table('secret.csv')",
    "SELECT * FROM read_text('file:secret.csv')",
    "SELECT * FROM read_text('https://example.org/')",
    "SELECT * FROM read_parquet('s3://bucket/key')",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT getenv('PLANPARSE_SECRET')",
    "SELECT * FROM duckdb_extensions()",
    "SELECT * FROM read_text('{root}/link')",
    "SELECT * FROM read_text('{root}/run.json')",
    "IMPORT DATABASE 'database'",
    "ATTACH 'secret.db' AS s",
]
WRITES = [
    "COPY measures TO 'made.csv'",
    "COPY (SELECT 1) TO 'made.parquet'",
    "COPY (SELECT 1) TO '{root}/made.parquet'",
    "COPY (SELECT 1) TO '{root}' (FORMAT parquet, PARTITION_BY (a))",
    "EXPORT DATABASE 'made'",
    "ATTACH 'made.db' AS m",
    "SELECT * FROM enable_logging(storage_path = 'made')",
    "CALL enable_logging(storage_path = 'made')",
    "PRAGMA enable_profiling",
    "SET profiling_output = 'made.json'",
]
LOADS = ["INSTALL httpfs", "LOAD httpfs", "LOAD 'made.duckdb_extension'", "FORCE INSTALL spatial"]
SETTINGS = [
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET lock_configuration = false",
    "SET autoinstall_known_extensions = true",
    "SET autoload_known_extensions = true",
    "SET allow_persistent_secrets = true",
    "SET python_enable_replacements = true",
    "SET temp_directory = 'made'",
    "SET GLOBAL allowed_directories = ['/']",
    "SET memory_limit = '1MB'",
    "PRAGMA threads = 1",
]
OTHER_STATEMENTS = [
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY measures TO 'made.csv'",
    "",
    ";",
    "-- nothing",
    "INSERT INTO measures VALUES (1)",
    "DELETE FROM measures",
    "UPDATE measures SET text = ''",
    "DROP VIEW measures",
    "CREATE TABLE t AS SELECT 1",
    "CREATE OR REPLACE VIEW measures AS SELECT 1",
    "CREATE MACRO f() AS TABLE SELECT * FROM read_text('secret.csv')",
    "CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "EXPLAIN ANALYZE SELECT 1",
    "CALL pragma_version()",
    "CHECKPOINT",
    "VACUUM",
    "USE memory",
    "BEGIN",
    "PIVOT measures ON aspect",
    "SELECT ?",
    "SELECT $name",
    "WITH x AS (INSERT INTO measures BY NAME SELECT * FROM measures RETURNING seq) SELECT * FROM x",
]


def _link_out(root, outside):
    (root / "link").unlink(missing_ok=True)
    (root / "link").symlink_to(outside / "secret.csv")


def _files(folder):
    return sorted(str(path) for path in folder.rglob("*"))


@pytest.mark.parametrize("sql", READS + WRITES + LOADS + SETTINGS + OTHER_STATEMENTS)
def test_a_query_is_one_select_on_the_tables(root, outside, sql, monkeypatch):
    monkeypatch.setenv("PLANPARSE_SECRET", SECRET)
    _link_out(root, outside)
    before = _files(outside), _files(root)
    with pytest.raises(InputError, match=r"^the query") as refused:
        run_query(root, sql.replace("{root}", str(root)))
    assert SECRET not in refused.value.message
    assert "\n" not in refused.value.message
    assert (_files(outside), _files(root)) == before


@pytest.mark.parametrize("sql", READS + WRITES + LOADS + SETTINGS)
def test_a_connection_is_confined_too(root, outside, sql, monkeypatch):
    monkeypatch.setenv("PLANPARSE_SECRET", SECRET)
    _link_out(root, outside)
    before = _files(outside), _files(root)
    connection = planparse.connect(root)
    with pytest.raises(duckdb.Error) as refused:
        connection.execute(sql.replace("{root}", str(root))).fetchall()
    assert SECRET not in str(refused.value)
    assert (_files(outside), _files(root)) == before


def test_python_variables_are_no_tables(root):
    frame = pa.table({"a": [SECRET]})
    for run in (planparse.connect(root).sql, lambda sql: run_query(root, sql)):
        with pytest.raises((duckdb.Error, InputError), match="frame does not exist"):
            run("SELECT * FROM frame")
    assert frame.num_rows == 1


def test_a_cursor_is_confined_as_its_connection_is(root, outside):
    cursor = planparse.connect(root).cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute("SELECT * FROM 'secret.csv'").fetchall()


def test_a_sort_larger_than_the_memory_writes_nothing(root, outside):
    connection = planparse.connect(root)
    assert connection.sql("SELECT current_setting('temp_directory')").fetchall() == [("",)]


def test_unsafe_lifts_it(root, outside):
    connection = planparse.connect(root, unsafe=True)
    assert connection.sql("SELECT a FROM 'secret.csv'").fetchall() == [(SECRET,)]
    assert connection.sql("SELECT count(*) FROM measures").fetchall() == [(406,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) AS n FROM measures",
        "WITH m AS (FROM measures) SELECT count(*) AS n FROM m;",
        "SELECT count(*) AS n FROM measures JOIN plans USING (plan_id) -- all of them",
        "FROM (SELECT count(*) AS n FROM measures)",
    ],
)
def test_a_select_is_run(root, sql):
    assert run_query(root, sql).to_pylist() == [{"n": 406}]


@pytest.mark.parametrize("sql", ["SHOW TABLES", "DESCRIBE measures", "VALUES (1)"])
def test_what_duckdb_takes_for_a_select_is_run(root, sql):
    assert run_query(root, sql).num_rows > 0


def test_a_compacted_dataset_is_read(tmp_path):
    out = write_editions_dataset(tmp_path)
    compact_folder(out)
    rows = run_query(out, "SELECT count(*) AS n FROM measures", editions="all").to_pylist()
    assert rows == [{"n": 13}]


ENDLESS = [
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
    "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 3",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_an_endless_query_is_interrupted(root, sql):
    with pytest.raises(QueryTimeoutError, match=r"took longer than 0\.2 s"):
        run_query(root, sql, timeout=0.2)
    assert run_query(root, "SELECT 1 AS one", timeout=60).to_pylist() == [{"one": 1}]


def test_no_thread_is_left_behind(root):
    before = threading.active_count()
    run_query(root, "SELECT 1", timeout=600)
    assert threading.active_count() == before


def test_a_query_that_is_no_text_is_refused(root):
    with pytest.raises(InputError, match="no UTF-8"):
        run_query(root, os.fsdecode(b"SELECT '\xff'"))


@pytest.mark.parametrize(
    ("names", "distinct"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "b"], ["a", "a_1", "b"]),
        (["a", "a", "a"], ["a", "a_1", "a_2"]),
        # A name that is there already is not made a second time.
        (["a", "a", "a_1"], ["a", "a_2", "a_1"]),
        (["a", "a_1", "a", "a_1"], ["a", "a_1", "a_2", "a_1_1"]),
        ([], []),
    ],
)
def test_columns_that_share_a_name_get_names_of_their_own(names, distinct):
    assert distinct_names(names) == distinct


def test_each_value_stands_under_its_own_name(root):
    assert run_query(root, "SELECT 1 a, 2 a, 3 b").to_pylist() == [{"a": 1, "a_1": 2, "b": 3}]
