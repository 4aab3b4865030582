"""What a PDF holds is shown by a terminal and never obeyed, whatever the command."""

import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planparse.cli import main, terminal
from planparse.model.printable import printable, printable_json
from tests.batch.cluster import environment
from tests.dataset.made import made_problem
from tests.pdf import made_pdf as made_pdf_module
from tests.pdf.made_pdf import line, made_pdf, text

# A colour, a title of the window, C1's own introducer, a line end of C1, an erased line, the signs
# that turn the direction of text, one that is not seen, and Unicode's own line end.
HOSTILE = "甲\x1b[31m乙\x1b]0;x\x07丙\x9b2J丁\x85戊\x7f己\u202e庚\u2066辛\u200b壬\u2028癸"
SEEN = "甲乙丙丁戊己庚辛壬癸"

SOURCE = Path(__file__).parents[2] / "src" / "planparse"


# The glyphs that stand for two characters each: of one character MuPDF makes U+FFFD, of two it does
# not.
_PAIRS = {
    chr(0xE001 + at): HOSTILE[at : at + 2]
    for at in range(len(HOSTILE) - 1)
    if unicodedata.category(HOSTILE[at]) in {"Cc", "Cf", "Zl"}
}


def _drawn(shown):
    """Return the glyphs that stand for a text."""
    for glyph, pair in _PAIRS.items():
        shown = shown.replace(pair, glyph)
    return shown


def hostile_pdf(monkeypatch):
    """Draw a plan of one page whose title, cells and department hold such characters.

    Reading makes U+FFFD of the control characters; the signs that turn the direction of text stay.
    """
    pairs = "".join(
        f"<{ord(glyph):04X}> <{pair.encode('utf-16-be').hex()}> " for glyph, pair in _PAIRS.items()
    )
    table = made_pdf_module._UNICODE.replace(
        b"endbfrange", f"endbfrange {len(_PAIRS)} beginbfchar {pairs} endbfchar".encode()
    )
    monkeypatch.setattr(made_pdf_module, "_UNICODE", table)
    edges_x, edges_y = (10, 60, 120, 220, 290), (50, 70, 130)
    rows = (
        ("面向", "執行策略", "具體作法", "承辦部門"),
        ("服務", "提升" + HOSTILE[:6], "1." + HOSTILE, HOSTILE[:6] + "組"),
    )
    drawn = [line(edges_x[0], y, edges_x[-1], y) for y in edges_y]
    drawn += [line(x, edges_y[0], x, edges_y[-1]) for x in edges_x]
    title = "台北市區營業處112年度提升服務效能執行計畫" + HOSTILE[:6]
    drawn.append(text(_drawn(title), 10, 30, size=6))
    # A page on which one glyph of twenty is a control would be read by OCR.
    filler = "各區營業處應依本計畫提升服務效能並定期檢討" * 4
    drawn += [text(filler, 10, 140 + 5 * at, size=3) for at in range(5)]
    for row, y in zip(rows, (64, 90), strict=True):
        for shown, x in zip(row, edges_x[:-1], strict=True):
            drawn.append(text(_drawn(shown), x + 2, y, size=3))
    return made_pdf(["\n".join(drawn)])


@pytest.fixture
def printed(monkeypatch, capfd):
    """Return a function that runs a command and returns what it wrote, as bytes decoded once."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["planparse", *map(str, arguments)])
        with pytest.raises(SystemExit):
            main()
        out, err = capfd.readouterr()
        return out, err

    return call


def unseen(shown):
    return {
        char
        for char in shown
        if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }


@pytest.fixture
def plan(tmp_path, monkeypatch):
    path = tmp_path / "in" / "hostile.pdf"
    path.parent.mkdir()
    path.write_bytes(hostile_pdf(monkeypatch))
    return path


@pytest.fixture
def dataset(plan, tmp_path, printed):
    printed("run", plan.parent, "--out", tmp_path / "out", "--publish-incomplete")
    return tmp_path / "out"


@pytest.mark.parametrize("command", ["show", "tables", "compare"])
def test_commands_on_a_file(printed, plan, command):
    out, err = printed(command, plan)
    assert not unseen(out + err)
    if command != "compare":
        assert r"\u202e" in out
        assert "乙" in out


def test_a_run_and_what_is_read_of_it(printed, plan, tmp_path):
    out, err = printed("run", plan.parent, "--out", tmp_path / "out", "--publish-incomplete")
    assert not unseen(out + err)
    out, err = printed("audit", tmp_path / "out")
    assert not unseen(out + err)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT text, departments, strategy FROM measures",
        "SELECT title FROM plans",
        "SELECT message FROM problems",
        "SELECT {'a': text} AS x, [text] AS y FROM measures",
        'SELECT 1 AS "a\x1b[31mb"',
        # DuckDB quotes the value in its message.
        "SELECT text::INT FROM measures",
        'SELECT "\x1b[31m\x9b\u202e" FROM measures',
    ],
)
def test_queries_and_their_errors(printed, dataset, sql):
    out, err = printed("query", sql, "--out", dataset)
    assert not unseen(out + err)
    assert out or err


def test_a_file_of_data_keeps_them(printed, dataset, tmp_path):
    printed("query", "SELECT text FROM measures", "--out", dataset, "--csv", tmp_path / "a.csv")
    assert "己\u202e庚" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_json_is_escaped_as_json(printed, plan, tmp_path):
    out, _ = printed("tables", plan, "--json")
    assert not unseen(out)
    (table,) = json.loads(out)
    texts = [cell["text"] for cell in table["cells"]]
    assert any("己\u202e庚" in one for one in texts)
    assert "執行策略" in out
    _, err = printed("run", plan.parent, "--out", tmp_path / "out", "--log-json")
    assert not unseen(err)
    assert all(json.loads(one)["event"] for one in err.splitlines())


def test_a_problem_is_one_line(capfd):
    from planparse.cli.show import problem_line

    terminal.console().print(problem_line(made_problem(message=f"a\nrefused {HOSTILE}")))
    out = capfd.readouterr().out
    assert out.count("\n") == 1
    assert r"a\nrefused" in out


def shown(renderable, **options):
    console = terminal.console()
    console.file = io.StringIO()
    console.print(renderable, **options)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [12, 160])
def test_every_way_to_the_terminal(width):
    table = Table(title=HOSTILE, caption=HOSTILE)
    table.add_column(HOSTILE)
    table.add_column(Text(HOSTILE))
    table.add_row(HOSTILE, Text(HOSTILE, style="red"))
    tree = Tree(HOSTILE)
    tree.add(Text("a").append(HOSTILE, style="cyan")).add(table)
    for one in (HOSTILE, Text(HOSTILE), table, tree):
        drawn = shown(one, width=width)
        assert not unseen(drawn)
        assert set(SEEN) <= set(drawn)


def test_styles_stay_where_they_are():
    line_of_two = Text("a\x1bb")
    line_of_two.append("c\x1bd", style="red")
    console = terminal.console()
    file = io.StringIO()
    console = type(console)(file=file, force_terminal=True, color_system="standard", width=80)
    console.print(line_of_two)
    assert file.getvalue() == "a\\x1bb\x1b[31mc\\x1bd\x1b[0m\n"


@given(st.text(st.characters(exclude_categories=[])))
def test_printable_text_and_json(anything):
    assert not unseen(printable(anything))
    assert "\n" not in printable(anything)
    escaped = printable_json(json.dumps(anything, ensure_ascii=False))
    assert not unseen(escaped)
    assert json.loads(escaped) == anything


def test_what_can_be_seen_stays():
    good = "臺灣電力公司 \t\n﨑①➢“”…（）　ａ"
    assert printable(good, keep="\n\t") == good
    assert printable_json('{"a": "臺灣\\n"}\n') == '{"a": "臺灣\\n"}\n'


def test_there_is_no_other_way_to_the_terminal():
    for path in SOURCE.rglob("*.py"):
        if path.name == "terminal.py":
            continue
        source = path.read_text(encoding="utf-8")
        assert "Console(" not in source, path
        assert "json.dumps" not in source or path.parent.name != "cli", path


def test_the_pipe_gets_the_same_bytes(plan):
    code = "from planparse.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "tables", str(plan)],
        env=environment(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert b"\x1b" not in done.stdout + done.stderr
    assert rb"\u202e" in done.stdout
