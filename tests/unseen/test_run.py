"""The command that finds failures finds them, and its documentation is true."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import planparse.pipeline
from planparse.model.result import ParseResult
from tests.unseen import Style, draw_plan
from tests.unseen.__main__ import _options, main
from tests.unseen.breaking import width_of
from tests.unseen.draw_content import draw_content
from tests.unseen.pages import Setter
from tests.unseen.plan import style_of
from tests.unseen.report import by_dpi, by_field, smallest
from tests.unseen.run import explain, read_plan, save
from tests.unseen.worlds import WORLDS
from tests.unseen.writers import width_in

PAGE = (Path(__file__).parents[2] / "docs" / "unseen.md").read_text(encoding="utf-8")
PLAIN = draw_plan(5, Style())


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make planparse lose the last measure of every plan, without a word."""
    honest = planparse.pipeline.parse_plan

    def parse_plan(path: Path) -> ParseResult:
        result = honest(path)
        assert result.plan is not None
        shorter = result.plan.model_copy(update={"measures": result.plan.measures[:-1]})
        return replace(result, plan=shorter, problems=())

    monkeypatch.setattr(planparse.pipeline, "parse_plan", parse_plan)


def test_the_plainest_plan_is_read_exactly() -> None:
    outcome = read_plan(PLAIN)
    assert outcome.exact
    assert outcome.wrong_rows == 0


@pytest.mark.usefixtures("forgetful")
def test_a_lost_measure_is_a_silent_failure(tmp_path: Path) -> None:
    outcome = read_plan(PLAIN)
    assert not outcome.exact
    assert outcome.fields == {"row_missing"}
    assert outcome.wrong_rows == 1
    assert outcome.silent
    assert "row_missing" in by_field([outcome])
    assert "the plainest style" in smallest([outcome], 1, None)
    save(outcome, tmp_path)
    assert (tmp_path / "5.pdf").read_bytes() == PLAIN.pdf
    assert "row_missing" in (tmp_path / "5.txt").read_text(encoding="utf-8")


def test_a_crash_is_reported_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse_plan(path: Path) -> ParseResult:
        raise ZeroDivisionError(path.name)

    monkeypatch.setattr(planparse.pipeline, "parse_plan", parse_plan)
    outcome = read_plan(PLAIN)
    assert outcome.crash
    assert "ZeroDivisionError: unseen-5.pdf" in outcome.crash
    assert outcome.wrong_rows == outcome.rows
    scanned = read_plan(PLAIN, 72)
    assert scanned.errors == scanned.characters > 0
    assert "100.00%" in by_dpi({72: [scanned]})


def test_explain_keeps_only_what_the_failure_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = planparse.pipeline.parse_plan

    def parse_plan(path: Path) -> ParseResult:
        result = honest(path)
        assert result.plan is not None
        if b"/Rotate 90" not in path.read_bytes():
            return result
        return replace(result, plan=result.plan.model_copy(update={"title": None}))

    monkeypatch.setattr(planparse.pipeline, "parse_plan", parse_plan)
    style = Style(page_form="rotated", paper="B4", bold=True, justify=True)
    outcome = read_plan(draw_plan(5, style))
    assert explain(outcome, "title") == {"page_form": "rotated"}


def test_the_command_ends_with_the_right_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--seeds", "5", "--set", "writer=raw", "--explain", "0"]) in (0, 1)
    assert "plans exact" in capsys.readouterr().out

    def parse_plan(path: Path) -> ParseResult:
        raise ZeroDivisionError

    monkeypatch.setattr(planparse.pipeline, "parse_plan", parse_plan)
    assert main(["--seeds", "5", "--explain", "0"]) == 1
    with pytest.raises(SystemExit):
        main(["--seeds", "5", "--set", "row=column"])


def test_the_commands_of_the_page_exist() -> None:
    commands = re.findall(r"python -m tests\.unseen ([^#`\n]*)", PAGE)
    assert len(commands) >= 5
    for command in commands:
        _options(command.split())


def test_the_code_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "docs/unseen.md", "exec"), {})


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", range(60, 80))
def test_no_text_overlaps_another_or_leaves_the_page(seed: int, world: int) -> None:
    style = style_of(seed, world)
    width = width_in(style.writer)
    content = draw_content(Random(f"{seed}/0/content"), style, world)
    setter = Setter(Random(f"{seed}/0/layout"), style, content, width)
    for parts in setter.set():
        boxes = []
        for text in parts.page.texts:
            spread = text.spacing * (len(text.text) - 1)
            right = text.x + width_of(text.text, width) * text.size + spread
            assert 0 <= text.x < right <= parts.page.width, text.text
            assert 0 < text.y < parts.page.height, text.text
            boxes.append((text.x, text.y - text.size * 0.8, right, text.y, text.text))
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                beside = one[2] - 0.5 <= other[0] or other[2] - 0.5 <= one[0]
                apart = one[3] <= other[1] or other[3] <= one[1]
                assert beside or apart, (one[4], other[4])
