"""What must not stand in the repository, and what must."""

import csv
import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Split, so that this file does not name what it looks for.
FORBIDDEN = {
    "path of a machine": r"(?<![\w./])/(?:"
    + "|".join(["ro" + "ot", "ho" + "me", "wo" + "rk"])
    + ")/",
    "address of a package index": r"py" + r"pi\.(?:org|python)|file" + "s.pythonhosted",
    "known plan named in the code": "feng" + "shan|hua" + "lien-|ping" + "tung-|xin" + "ying-",
}
TEXT = {".py", ".toml", ".md", ".lock", ".yaml", ".json", ".csv", ".ipynb", ".txt", ""}


def tracked():
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("no git repository")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def hits(pattern, paths):
    for path in paths:
        if path.suffix in TEXT and path.is_file():
            text = path.read_text(encoding="utf-8")
            if found := re.search(pattern, text):
                yield f"{path.relative_to(ROOT)}: {found.group()}"


@pytest.mark.parametrize("what", ["path of a machine", "address of a package index"])
def test_nothing_of_this_machine(what):
    assert not list(hits(FORBIDDEN[what], tracked()))


def test_code_names_no_known_plan():
    code = [path for path in tracked() if "src" in path.parts]
    assert not list(hits(FORBIDDEN["known plan named in the code"], code))


def test_the_patterns_find_what_they_look_for():
    for what, sample in (
        ("path of a machine", " /ro" + "ot/x"),
        ("address of a package index", "https://py" + "pi.org/simple"),
        ("known plan named in the code", "raw_pdfs/feng" + "shan-112.pdf"),
    ):
        assert re.search(FORBIDDEN[what], sample), what


def test_locks_pin_every_package_by_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pin = r"^[a-z0-9._-]+==[^\n]*?\\\n +--hash=sha256:[0-9a-f]{64}"
        pinned = re.findall(pin, text, re.MULTILINE)
        named = re.findall(r"^[a-zA-Z0-9]", text, re.MULTILINE)
        assert len(pinned) == len(named) > 30
        assert "://" not in text


def test_locks_hold_every_dependency_that_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *extras["ocr"], *groups["build"]]
    every = [*run, *(name for extra in extras.values() for name in extra), *groups["dev"]]
    for lock, names in (("requirements.lock", run), ("requirements-dev.lock", every)):
        pinned = re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
        wanted = {re.split(r"[\[<>=~! ]", name)[0].lower().replace("_", "-") for name in names}
        assert wanted <= set(pinned), f"{lock}: run `make lock`"


def test_the_manifest_tells_what_lies_in_raw_pdfs():
    with (ROOT / "raw_pdfs" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == sorted(p.name for p in ROOT.glob("raw_pdfs/*.pdf"))
    for row in rows:
        content = (ROOT / "raw_pdfs" / row["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], row["file"]
        assert row["what"]


def test_ci_calls_make_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
    assert [line for line in lines if line.startswith(("make", "exec"))] == ["exec make test"]
    assert "entry: make unit" in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
