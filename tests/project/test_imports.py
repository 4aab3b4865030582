"""Who may import whom: cli → batch → pipeline → stages → datamodel."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "planparse"
STAGES = {"extract", "grid", "segment", "values", "ledger", "store"}
# What each package may import of planparse, beside itself. `planparse` is the version.
ALLOWED = {
    "datamodel": set(),
    "errors": {"datamodel"},
    "extract": {"datamodel", "errors", "garbage"},
    # What is known about words; every stage may ask it, and it asks none.
    "lexicon": {"datamodel", "errors"},
    # Puts Python's collector to rest while a file is read: knows nothing of the project.
    "garbage": set(),
    "grid": {"datamodel", "errors", "lexicon"},
    "segment": {"datamodel", "errors", "lexicon"},
    "values": {"datamodel", "errors", "lexicon"},
    "store": {"datamodel", "errors", "planparse"},
    "ledger": {"datamodel", "errors", "lexicon"},
    "second_opinion": {"datamodel", "errors"},
    # It weighs what the ledger found, and where the ledger saw each field stand.
    "confidence": {"datamodel", "errors", "ledger"},
    "pipeline": {
        "garbage",
        *("datamodel", "errors", "planparse", "lexicon"),
        *("extract", "grid", "segment", "values", "ledger", "second_opinion", "confidence"),
    },
    # A run ends with the descriptions of what it published.
    "batch": {"datamodel", "errors", "planparse", "pipeline", "store", "publish"},
    # On the finished data set: study and publish read it through the store.
    "study": {"datamodel", "errors", "store"},
    "publish": {"datamodel", "errors", "planparse", "store", "study"},
    "review": {"datamodel", "errors", "pipeline", "store"},
    "cli": {
        *("datamodel", "errors", "planparse", "pipeline", "store", "batch"),
        *("study", "publish", "review"),
    },
    "__init__": {"datamodel", "pipeline", "study"},
    "__main__": {"cli"},
}
# Too heavy to be loaded before they are needed.
HEAVY = {"pymupdf", "pyarrow", "pandas", "pdfplumber", "duckdb", "opencc", "numpy", "cv2"}
HEAVY |= {"onnxruntime", "rapidocr", "polars", "fsspec", "pebble", "distributed"}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def package_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path):
    """Give the full names of everything that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield f"{node.module}"
            if node.module == "planparse":
                yield from (f"planparse.{name.name}" for name in node.names)


def own_imports(path):
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "planparse" and len(parts) > 1:
            yield "planparse" if parts[1] == "__version__" else parts[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_directions(path):
    package = package_of(path)
    assert package in ALLOWED, f"say in ALLOWED what {package} may import"
    assert set(own_imports(path)) <= ALLOWED[package] | {package}


def test_stages_do_not_import_each_other():
    for stage in STAGES:
        assert not ALLOWED[stage] & STAGES


def test_datamodel_imports_only_pydantic_and_the_standard_library():
    for path in (SOURCE / "datamodel").glob("*.py"):
        for name in imports(path):
            top = name.split(".")[0]
            assert top in {"pydantic", "planparse"} or top in sys.stdlib_module_names, name


def test_no_cycle_of_modules():
    graph = {}
    for path in modules():
        name = ".".join(("planparse", *path.relative_to(SOURCE).with_suffix("").parts))
        graph[name.removesuffix(".__init__")] = {n for n in imports(path) if "planparse." in n}
    done: set[str] = set()
    on_the_way: list[str] = []

    def visit(name):
        assert name not in on_the_way, " → ".join([*on_the_way, name])
        if name in done or name not in graph:
            return
        on_the_way.append(name)
        for other in graph[name]:
            visit(other)
        on_the_way.pop()
        done.add(name)

    # The package's own __init__ names the pipeline for a first use, not at import.
    graph.pop("planparse")
    for name in list(graph):
        visit(name)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    code = (
        "import sys; from planparse.cli import main\n"
        f"sys.argv = ['planparse', *{arguments!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('loaded', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = done.stderr.split("loaded ")[-1].split()
    assert "planparse.cli.app" in loaded
    assert not HEAVY & {name.split(".")[0] for name in loaded}
    assert "rich.console" not in loaded
