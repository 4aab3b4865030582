"""What the documentation says is what the program does."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from planparse.cli.app import app
from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.model.problem import ProblemCode, Status

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-TW.md")
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


@pytest.mark.parametrize("name", READMES)
def test_links_of_the_readme_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)#:]+)\)", text(name)):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_rules_of_the_readme_can_be_loaded(name, tmp_path):
    from planparse.lexicon.stage_rules import load_rules

    (block,) = re.findall(r"```toml\n(.*?)```", text(name), re.DOTALL)
    rules = tmp_path / "rules.toml"
    rules.write_text(block, encoding="utf-8")
    assert any(rule.pattern.fullmatch("辦理季別") for rule in load_rules(rules).columns)


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
