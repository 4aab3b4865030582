"""Who may import whom: cli → batch → pipeline → stages → lexicon → model."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "planparse"
STAGES = {"pdf", "ocr", "tables", "plans", "audit", "certainty"}
# What each package may import of planparse, beside itself. `planparse` is the version.
ALLOWED = {
    "model": set(),
    "errors": {"model"},
    # The garbage collector and the processors: knows nothing of the project.
    "process": set(),
    # What is known about words; every stage may ask it, and it asks none.
    "lexicon": {"model", "errors"},
    "ocr": {"model", "errors", "process", "lexicon"},
    "pdf": {"model", "errors", "lexicon"},
    # A page is read by its text layer or by OCR: the one place that knows both.
    "read_document": {"model", "errors", "process", "pdf", "ocr"},
    "tables": {"model", "errors", "lexicon"},
    "plans": {"model", "errors", "lexicon"},
    "audit": {"model", "errors", "lexicon"},
    # It weighs what the audit found, and where the audit saw each field stand: the one exception.
    "certainty": {"model", "errors", "lexicon", "audit"},
    "pipeline": {
        *("model", "errors", "planparse", "process", "lexicon"),
        *("read_document", "pdf", "tables", "plans", "audit", "certainty"),
    },
    "dataset": {"model", "errors", "planparse"},
    "batch": {"model", "errors", "planparse", "process", "pipeline", "dataset"},
    "study": {"model", "errors", "dataset"},
    "cli": {"model", "errors", "planparse", "pipeline", "dataset", "batch", "study"},
    "__init__": {"model", "pipeline", "dataset"},
    "__main__": {"cli"},
}
DOOR_OF_READERS = "planparse.dataset.reading"
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
        assert not ALLOWED[stage] & STAGES - ({"audit"} if stage == "certainty" else set())


def test_the_dataset_has_two_doors():
    """One for whoever writes it, one for whoever reads it; outside nobody knows what is behind."""
    doors = {DOOR_OF_READERS, "planparse.dataset.writing"}
    for path in modules():
        used = {name for name in imports(path) if name.startswith("planparse.dataset")}
        assert package_of(path) == "dataset" or used <= doors, f"{path}: {used - doors}"


def test_batch_writes_and_only_its_check_reads():
    batch = SOURCE / "batch"
    readers = [path.name for path in sorted(batch.glob("*.py")) if DOOR_OF_READERS in imports(path)]
    assert readers == ["check_folder.py"]


def test_model_imports_only_pydantic_and_the_standard_library():
    for path in (SOURCE / "model").glob("*.py"):
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
