"""Parquet is read from Arrow's own memory: no thread of Arrow needs the interpreter at its end."""

import ast
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from planparse.dataset.folder import OutputFolder
from planparse.dataset.journal import read_state
from planparse.dataset.parquet import arrow_source, parquet_bytes, read_parquet
from planparse.dataset.publish import write_documents, write_plan
from tests.dataset.made import made_problem, made_result

SOURCE = Path(__file__).parents[2] / "src" / "planparse"
# What reads through Python's memory or hands Python's memory to Arrow's threads.
UNSAFE = {"read_table", "ParquetFile", "ParquetDataset", "read_csv", "BufferReader", "PythonFile"}
UNSAFE |= {"py_buffer", "input_stream", "dataset", "read_pandas"}
ARROW = {"pyarrow", "pyarrow.parquet", "pyarrow.csv", "pyarrow.dataset"}

# The interpreter is held up while it shuts down: an Arrow thread that still holds a buffer of
# Python's meets it there. Without the delay only a busy machine shows the fault.
_AT_THE_END = """
import sys, time
from planparse.cli.run import unread
from planparse.dataset.load import read_table
class Late:
    def __init__(self): self.sleep = time.sleep
    def __del__(self): self.sleep(0.05)
late = Late()
for _ in range(2):
    read_table(sys.argv[1], "documents")
    unread(sys.argv[1])
"""


@pytest.mark.slow
def test_a_process_that_has_read_a_table_ends_in_peace(tmp_path):
    out = OutputFolder(tmp_path)
    write_plan(made_result(problems=[made_problem()]), out, "0.1.0")
    write_documents(out, list(read_state(out).live.values()))
    command = [sys.executable, "-c", _AT_THE_END, str(tmp_path)]
    codes = [
        subprocess.run(command, check=False, capture_output=True, timeout=120).returncode
        for _ in range(15)
    ]
    assert codes == [0] * 15


def test_the_bytes_are_copied_into_memory_of_arrow():
    content = parquet_bytes("problems", [], {})
    mine = pa.py_buffer(content)
    held = arrow_source(content).read_buffer()
    assert held.equals(mine)
    assert held.address != mine.address
    before = sys.getrefcount(content)
    source = arrow_source(content)
    assert sys.getrefcount(content) == before
    assert source.size() == len(content)


def test_rows_and_metadata_come_back():
    table = read_parquet(parquet_bytes("problems", [], {"schema_version": 1}))
    assert table.num_rows == 0
    assert table.schema.metadata == {b"planparse": b'{"schema_version": 1}'}


def _names_of_arrow(tree):
    """Yield the names under which a module knows packages of Arrow."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.asname or name.name for name in node.names if name.name in ARROW)


def _unsafe_calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    arrow = set(_names_of_arrow(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if node.func.attr in UNSAFE and isinstance(of, ast.Name) and of.id in arrow:
                argument = ast.unparse(node.args[0]) if node.args else ""
                if not argument.startswith("arrow_source("):
                    yield f"{path.name}:{node.lineno} {ast.unparse(node.func)}"


def test_one_module_alone_makes_sources_for_arrow():
    found = [
        call
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "parquet.py"
        for call in _unsafe_calls(path)
    ]
    assert found == []
