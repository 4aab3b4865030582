"""World 1 never changes, and world 2 draws what the rule files print as their examples."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.unseen import draw_plan, rule_examples
from tests.unseen.numbering import family, number
from tests.unseen.numerals import PageNumber
from tests.unseen.worlds import options_of

# seed: (SHA-256 of the PDF, SHA-256 of the truth), written down before there was a second world.
# With the locked versions of the writers; a new version may write other bytes for the same page.
DIGESTS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("world_1.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("seed", DIGESTS)
def test_world_1_is_what_it_was(seed: str) -> None:
    plan = draw_plan(int(seed))
    truth = json.dumps(plan.truth, ensure_ascii=False, sort_keys=True).encode()
    assert [hashlib.sha256(one).hexdigest() for one in (plan.pdf, truth)] == DIGESTS[seed]


def test_worlds_differ_and_repeat() -> None:
    one, two = draw_plan(3, world=1), draw_plan(3, world=2)
    assert one.pdf == draw_plan(3).pdf
    assert two.pdf == draw_plan(3, world=2).pdf
    assert one.pdf != two.pdf
    assert (one.world, two.world) == (1, 2)


@pytest.mark.parametrize(
    ("printed", "year", "moved"),
    [
        ("112年6月底前", 99, "99年6月底前"),
        ("111年6月及12月各1次", 105, "104年6月及12月各1次"),
        ("112-114年", 99, "99-101年"),
        ("於112/11/30前完成", 118, "於118/11/30前完成"),
        ("1120630", 99, "0990630"),
        ("１１２年６月", 104, "１０４年６月"),
        ("民國一一二年一月至六月", 105, "民國一〇五年一月至六月"),
        ("一百一十二年十一月底之前", 105, "一百零五年十一月底之前"),
        ("每年3、6、9、12月各1次", 105, "每年3、6、9、12月各1次"),
    ],
)
def test_a_phrase_moves_to_the_year_of_its_plan(printed: str, year: int, moved: str) -> None:
    assert rule_examples.in_year(printed, year) == moved


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("第{p:han}頁，共{n:han}頁", "第三頁，共十二頁"),
        ("共{n}頁第{p}頁", "共12頁第3頁"),
        ("{p:wide}／{n:wide}", "３／１２"),
        ("{p:ROMAN}", "III"),
        ("{p:ⅰ}", "ⅲ"),
        ("第{p:capital}頁", "第參頁"),
        ("附件一-{p}頁", "附件一-3頁"),
        ("Page {p:roman}", "Page iii"),
        ("{p} | P a g e", "3 | P a g e"),
        ("https://example.org/plan.html {p}/{n}", "https://example.org/plan.html 3/12"),
    ],
)
def test_an_example_becomes_a_template(template: str, printed: str) -> None:
    assert template in rule_examples.page_numbers()
    assert template.format(p=PageNumber(3), n=PageNumber(12)) == printed


def test_every_page_number_counts() -> None:
    assert all("{p" in template for template in rule_examples.page_numbers())


@pytest.mark.parametrize(
    ("kind", "mark", "no"),
    [
        ("壹、", "參、", "參"),
        ("(一）", "(三）", "(三）"),
        ("㈠", "㈢", "㈢"),
        ("❶", "❸", "❸"),
        ("(甲)", "(丙)", "(丙)"),
        ("a)", "c)", "c)"),
        ("➢", "➢", "➢"),
    ],
)
def test_an_example_becomes_a_kind_of_numbers(kind: str, mark: str, no: str) -> None:
    assert number(kind, 3) == (mark, no)
    known = {option for name in ("aspect_no", "measure_no") for option in options_of(2)[name][0]}
    assert kind in known


@pytest.mark.parametrize(
    ("one", "other"), [("㈠", "(一)"), ("⑴", "1)"), ("●", "•"), ("a)", "(a)"), ("▪", "■")]
)
def test_what_looks_alike_is_one_family(one: str, other: str) -> None:
    assert family(one) == family(other)
