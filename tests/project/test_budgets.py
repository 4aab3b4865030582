"""Modules and functions stay short enough to be read at once."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src").rglob("*.py"))
LINES_OF_A_MODULE = 300
LINES_OF_A_FUNCTION = 40
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_length(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES_OF_A_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LINES_OF_A_FUNCTION, f"{node.name}: {length} lines"


def test_names_of_modules_say_something():
    assert not VAGUE_NAMES & {path.stem for path in MODULES}


def test_one_broad_except_in_the_whole_program():
    broad = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                if caught in {"everything", "Exception", "BaseException"}:
                    broad.append(path.relative_to(ROOT).as_posix())
    assert broad == ["src/planparse/batch/parse_file.py"]
