"""What the documentation says is what the program does."""

import ast
import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.main import get_command

from planparse.cli.app import app
from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.model.problem import ProblemCode, Status

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-TW.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))
)
PACKAGES = {path.parent.name for path in ROOT.glob("src/planparse/*/__init__.py")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def table_cells(name):
    for line in text(name).splitlines():
        if line.startswith("| ") and "---" not in line:
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_every_problem_code_is_explained_once():
    listed = [cells[0].strip("`") for cells in table_cells("docs/problems.md")][1:]
    assert sorted(listed) == sorted(str(code) for code in ProblemCode)


def test_every_exit_code_is_explained_once():
    listed = [(int(c[0]), c[1].strip("`")) for c in list(table_cells("docs/exit-codes.md"))[1:]]
    assert listed == [(int(code), code.name) for code in ExitCode]


def test_every_status_has_an_exit_code():
    good = {Status.DUPLICATE, Status.SKIPPED_UNCHANGED}
    for status in Status:
        assert (of_statuses([status]) is ExitCode.OK) == (
            status.startswith("parsed") or status in good
        )


def commands_in(name):
    """Yield the lines of a page's shell blocks that call planparse or make."""
    for block in re.findall(r"```(?:sh|console|bash)\n(.*?)```", text(name), re.DOTALL):
        for line in block.splitlines():
            words = line.removeprefix("$ ").split("#")[0].split()
            if words and words[0] in {"planparse", "make"}:
                yield words


@pytest.mark.parametrize("name", READMES)
def test_commands_of_the_readme_exist(name):
    found = list(commands_in(name))
    assert ["make", "run"] in found
    assert ["make", "test"] in found
    known = get_command(app).commands  # type: ignore[attr-defined]
    for tool, command, *rest in found:
        if tool == "make":
            assert re.search(rf"^{command}:", MAKEFILE, re.MULTILINE), command
            continue
        options = {option for parameter in known[command].params for option in parameter.opts}
        for word in rest:
            assert not word.startswith("-") or word in options, f"{command} {word}"


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text(name)):
        assert (folder / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_paths_named_on_a_page_exist(name):
    for path in re.findall(r"`((?:src|tests|docs|schemas|bench)/[\w./-]+)", text(name)):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", PAGES)
def test_a_dataset_is_one_word(name):
    assert not re.search(r"\bdata\s+sets?\b", text(name), re.IGNORECASE)


@pytest.mark.parametrize("name", READMES)
def test_rules_of_the_readme_can_be_loaded(name, tmp_path):
    from planparse.lexicon.load_rules import load_rules

    (block,) = re.findall(r"```toml\n(.*?)```", text(name), re.DOTALL)
    rules = tmp_path / "rules.toml"
    rules.write_text(block, encoding="utf-8")
    assert any(rule.pattern.fullmatch("辦理季別") for rule in load_rules(rules).headings.columns)


@pytest.mark.parametrize("name", READMES)
def test_library_example_of_the_readme_runs(name, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (block,) = [
        b for b in re.findall(r"```python\n(.*?)```", text(name), re.DOTALL) if "parse_plan" in b
    ]
    exec(block, {})
    assert capsys.readouterr().out.count("\n") > 30


def test_both_readmes_show_the_same_commands():
    assert list(commands_in(READMES[0])) == list(commands_in(READMES[1]))


def test_make_help_lists_every_target_that_has_a_text():
    for target in ("run", "test", "lint", "types", "check", "bench", "schemas", "clean"):
        assert re.search(rf"^{target}:.*## ", MAKEFILE, re.MULTILINE), target


def test_targets_and_budgets_of_contributing_exist():
    page = text("CONTRIBUTING.md")
    targets = set(re.findall(r"`make ([a-z-]+)", page))
    assert targets >= {"help", "unit", "test", "check", "corpus-changes", "census", "accept"}
    for target in targets:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_rules_of_contributing_can_be_used(tmp_path):
    from planparse import parse_plan

    rules = tmp_path / "rules.toml"
    blocks = re.findall(r"```toml\n(.*?)```", text("CONTRIBUTING.md"), re.DOTALL)
    rules.write_text("\n".join(blocks), encoding="utf-8")
    plan = min(ROOT.glob("raw_pdfs/*.pdf"), key=lambda path: path.stat().st_size)
    assert parse_plan(plan, rules=rules).plan is not None


def test_architecture_names_every_package():
    picture = ElementTree.parse(ROOT / "docs" / "architecture.svg")
    drawn = " ".join(picture.getroot().itertext())
    for package in PACKAGES:
        assert f"`{package}`" in text("docs/architecture.md"), package
        assert re.search(rf"\b{package}\b", drawn), package


def glossary():
    """Yield the Chinese terms and the carriers of every entry of the glossary."""
    for cells in table_cells("docs/glossary.md"):
        if cells[0] != "English":
            yield cells[1].split("、"), re.findall(r"`([^`]+)`", cells[3])


def columns():
    with (ROOT / "schemas" / "columns.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['table']}.{row['column']}": row["zh"] for row in csv.DictReader(file)}


def test_every_column_of_the_glossary_exists_under_its_chinese_name():
    known = columns()
    tables = {name.split(".")[0] for name in known}
    found = 0
    for terms, carriers in glossary():
        for name in carriers:
            if name.split(".")[0] in tables and "." in name:
                assert known[name] in terms, name
                found += 1
    assert found > 50


def test_every_class_and_package_of_the_glossary_exists():
    classes = set()
    for path in (ROOT / "src").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for _, carriers in glossary():
        for name in carriers:
            if re.fullmatch(r"[A-Z][A-Za-z]+", name):
                assert name in classes, name
            elif name.endswith("/"):
                assert name[:-1] in PACKAGES, name


def test_a_word_stands_once_in_the_glossary():
    words = [cells[0] for cells in table_cells("docs/glossary.md") if cells[0] != "English"]
    assert sorted(set(words)) == sorted(words)
