"""The dataset in DuckDB: one view per table, out of reach of everything else on the machine."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.dataset.editions import Editions, EditionsWarning, choose_editions
from planparse.dataset.load import load_tables
from planparse.errors import InputError, QueryTimeoutError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

# The tables are read before these hold, so DuckDB itself needs no file at all. With
# allowed_directories instead, COPY could write into the dataset and links could lead out of it.
_CONFINED = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    # Secrets are files in the home directory.
    "SET allow_persistent_secrets = false",
    # A name in a query must not be looked up among the variables of the calling program.
    "SET python_enable_replacements = false",
    # A sort that outgrows the memory fails; it does not write into the current folder.
    "SET temp_directory = ''",
    "SET enable_external_access = false",
    # Last: after it no SET, RESET or PRAGMA changes any of these.
    "SET lock_configuration = true",
)

# Seconds between two interrupts. DuckDB forgets one that comes before a query has begun.
_BETWEEN_INTERRUPTS = 0.2

# Interrupts after which a query counts as stuck, 5 s. DuckDB looks for one between blocks of rows;
# unnesting a single list of 100 million numbers went on for 23 s.
_INTERRUPTS = 25


def connect(
    path: str | Path = "output", *, unsafe: bool = False, editions: Editions | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection in memory with one view per table of the dataset.

    The views hold what the folder held when they were made, with the partition columns, and null
    for a year or district that is not known. SQL on the connection reaches no file, network,
    extension or Python variable and cannot lift that; ``unsafe=True`` leaves DuckDB as it is.
    ``editions`` chooses and warns as in ``load``. InputError if there is no dataset.
    """
    import duckdb

    tables = load_tables(path)
    chosen, note = choose_editions(tables, editions, lambda: tables["plans"])
    if note:
        warnings.warn(note, EditionsWarning, stacklevel=2)
    connection = duckdb.connect()
    for name, rows in chosen.items():
        connection.register(name, rows)
    if not unsafe:
        for setting in _CONFINED:
            connection.execute(setting)
    return connection


def run_query(
    path: str | Path,
    sql: str,
    *,
    timeout: float | None = None,
    editions: Editions | None = None,
    on_stuck: Callable[[], None] | None = None,
) -> pa.Table:
    """Return what one SELECT on the dataset's tables finds, each column under a name of its own.

    ``timeout`` is the number of seconds that the query may run, reading the dataset not counted;
    None sets no limit. ``on_stuck`` is called for a query that has not ended some seconds after it
    was interrupted. InputError if the query is not exactly one SELECT or
    DuckDB refuses it, QueryTimeoutError if it took too long.
    """
    import duckdb

    connection = connect(path, editions=editions)
    try:
        statement = _only_select(connection, sql)
        found = _run_within(connection, statement, timeout, on_stuck)
    except duckdb.PermissionException as error:
        reason = f"a query reaches the dataset's tables alone ({_on_one_line(error)})"
        raise InputError(f"the query cannot be run: {reason}") from error
    except duckdb.Error as error:
        raise InputError(f"the query cannot be run: {_on_one_line(error)}") from error
    return found.rename_columns(distinct_names(found.column_names))


def distinct_names(names: Sequence[str]) -> list[str]:
    """Return the names with _1, _2 … behind those that occurred before: a, a becomes a, a_1."""
    taken = set(names)
    seen: set[str] = set()
    distinct = []
    for name in names:
        new, number = name, 0
        while new in seen or (number and new in taken):
            number += 1
            new = f"{name}_{number}"
        seen.add(new)
        distinct.append(new)
    return distinct


def _only_select(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Return the query's one statement; InputError if there are several, or it is no SELECT."""
    import duckdb

    if any("\ud800" <= char <= "\udfff" for char in sql):
        raise InputError("the query holds bytes that are no UTF-8")
    # On the confined connection: DuckDB reads files while it parses IMPORT DATABASE.
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise InputError(f"the query holds {len(statements)} statements; write one SELECT")
    kind = statements[0].type
    if kind == duckdb.StatementType.MULTI:
        raise InputError("the query is a PIVOT without values; name them: PIVOT … ON x IN (…)")
    if kind != duckdb.StatementType.SELECT:
        raise InputError(f"the query is of type {kind.name}; only SELECT is run")
    return statements[0]


def _run_within(
    connection: duckdb.DuckDBPyConnection,
    statement: duckdb.Statement,
    seconds: float | None,
    on_stuck: Callable[[], None] | None,
) -> pa.Table:
    """Run the statement; interrupt it when the time is over, or when Ctrl-C is pressed.

    It runs on another thread: DuckDB would not let this one see Ctrl-C.
    """

    def run() -> pa.Table:
        relation = connection.sql(statement)
        if relation is None:
            raise InputError("the query returns no rows; write one SELECT")
        return relation.to_arrow_table()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        try:
            done, _ = wait([running], seconds)
            if done:
                return running.result()
        except KeyboardInterrupt:
            _interrupt(connection, running, on_stuck)
            raise
        _interrupt(connection, running, on_stuck)
    raise QueryTimeoutError(f"the query took longer than {seconds or 0:g} s")


def _interrupt(
    connection: duckdb.DuckDBPyConnection,
    running: Future[pa.Table],
    on_stuck: Callable[[], None] | None,
) -> None:
    for _ in range(_INTERRUPTS):
        connection.interrupt()
        if wait([running], _BETWEEN_INTERRUPTS).done:
            return
    if on_stuck is not None:
        on_stuck()


def _on_one_line(error: duckdb.Error) -> str:
    """Return DuckDB's message without its drawing of the place, on one line."""
    return " ".join(str(error).split("\n\nLINE ")[0].split())
