"""Repairs: each rule by its own examples, nothing ambiguous, nothing silent."""

import tomllib
from importlib.resources import files

import pytest

from planparse.model.page import Page
from planparse.ocr.glyph_candidates import repairs_of, to_runs
from planparse.ocr.repair import load_repair_rules, repair_lines
from planparse.ocr.traditional import is_big5, traditional_forms
from tests.ocr.candidates_for_tests import line_of

RULES = tomllib.loads(
    (files("planparse.ocr") / "rules" / "repairs.toml").read_text(encoding="utf-8")
)
EXAMPLES = [
    pytest.param(rule, read, became, id=f"{rule['name']} {read}")
    for rule in RULES["context"]
    for read, became in rule["examples"]
]
REJECTS = [
    pytest.param(rule, text, id=f"{rule['name']} {text}")
    for rule in RULES["context"]
    for text in rule["rejects"]
]


def repaired(*lines):
    return [line.text for line in repair_lines(lines)]


@pytest.mark.parametrize(("rule", "read", "became"), EXAMPLES)
def test_an_example_becomes_what_it_says(rule, read, became):
    chance = min(rule.get("surest", 0.9), 0.9)
    alternatives = {
        at: [(two, 0.12)]
        for at, (one, two) in enumerate(zip(read, became, strict=True))
        if one != two
    }
    line = line_of(read, alternatives, chance=chance)
    assert repaired(line) == [became]
    names = {name for _, _, name in repair_lines([line])[0].repairs}
    assert rule["name"] in names


@pytest.mark.parametrize(("rule", "text"), REJECTS)
def test_a_reject_stays(rule, text):
    alternatives = {at: [(rule["became"], 0.05)] for at in range(len(text))}
    assert repaired(line_of(text, alternatives, chance=0.5)) == [text]


@pytest.mark.parametrize(
    ("read", "became"), [pair for rule in RULES["missing"] for pair in rule["examples"]]
)
def test_a_letter_missing_from_a_name_is_put_in_and_told(read, became):
    line = repair_lines([line_of(read)])[0]
    assert line.text == became
    (run,) = to_runs([line], 1, 0, 1.0)
    assert run.confidences is not None
    assert len(run.lefts) == len(run.rights) == len(run.confidences) == len(became)
    assert all(one <= two for one, two in zip(run.rights, run.lefts[1:], strict=False))
    ((_, now, name),) = line.repairs
    at = next(at for at, (one, two) in enumerate(zip(read, became, strict=False)) if one != two)
    assert now == became[at - 1 : at + 1]
    assert name.startswith("name-")
    assert run.confidences[at] <= 0.5


@pytest.mark.parametrize("text", [text for rule in RULES["missing"] for text in rule["rejects"]])
def test_a_name_that_has_its_letters_and_another_word_stay(text):
    assert repaired(line_of(text)) == [text]


def test_a_name_is_told_by_the_next_line_of_its_cell():
    assert repaired(line_of("運用AM"), line_of("智慧電表")) == ["運用AMI", "智慧電表"]
    assert repaired(line_of("運用AM"), line_of("智慧電表", region=2))[0] == "運用AM"


def test_a_context_rule_needs_the_rival_that_it_names():
    assert repaired(line_of("列人案件")) == ["列人案件"]
    assert repaired(line_of("列人案件", {1: [("入", 0.2)]})) == ["列入案件"]


def test_a_neighbouring_line_of_the_cell_is_seen_and_another_cells_is_not():
    assert repaired(line_of("建置單一窗"), line_of("□服務")) == ["建置單一窗", "口服務"]
    assert repaired(line_of("建置單一窗"), line_of("□服務", region=2))[1] == "□服務"


@pytest.mark.parametrize(
    ("read", "became"), [("组", "組"), ("费", "費"), ("随", "隨"), ("户", "戶")]
)
def test_a_simplified_form_becomes_the_one_traditional_form(read, became):
    assert repaired(line_of(f"電{read}理")) == [f"電{became}理"]


@pytest.mark.parametrize("char", "台里后只干面系制准并臺為")
def test_what_traditional_writing_has_is_never_touched(char):
    assert is_big5(char)
    assert traditional_forms(char) == frozenset()
    assert repaired(line_of(f"前{char}中")) == [f"前{char}中"]


def test_every_form_that_is_repaired_without_a_witness_has_one_traditional_form():
    for code in range(0x4E00, 0xA000):
        forms = traditional_forms(chr(code))
        assert all(is_big5(form) for form in forms)
        assert not forms or not is_big5(chr(code))


def test_an_ambiguous_form_is_settled_by_the_engine_or_left():
    assert traditional_forms("发") == {"發", "髮"}
    assert repaired(line_of("发展")) == ["发展"]
    assert repaired(line_of("发展", {0: [("發", 0.2)]})) == ["發展"]
    assert repaired(line_of("理发", {1: [("髮", 0.2), ("發", 0.1)]})) == ["理发"]


def test_the_engines_second_choice_is_believed_more_than_the_dictionary():
    assert repaired(line_of("表腾空", {1: [("謄", 0.3), ("騰", 0.02)]})) == ["表謄空"]


def test_a_rare_form_needs_its_rival():
    assert repaired(line_of("优質")) == ["优質"]
    assert repaired(line_of("优質", {0: [("優", 0.1)]})) == ["優質"]


def test_a_small_circle_is_a_full_stop_and_a_zero_is_none():
    small = line_of("0", widths={0: 0.3})
    low = small.glyphs[0].__class__(**{**_fields(small.glyphs[0]), "bottom": 9.0})
    assert repaired(type(small)((low,), (), 0.0, 30.0, 1)) == ["。"]
    assert repaired(line_of("0")) == ["0"]


def _fields(glyph):
    return {name: getattr(glyph, name) for name in glyph.__slots__}


def test_a_word_of_the_vocabulary_is_restored_only_with_evidence():
    assert repaired(line_of("持續辦埋", {3: [("理", 0.1)]})) == ["持續辦理"]
    assert repaired(line_of("持續辦埋")) == ["持續辦埋"]
    # 電務組 and 電費組 are both known: one is never turned into the other.
    assert repaired(line_of("電務組", {1: [("費", 0.3)]})) == ["電務組"]


def test_no_repair_is_silent():
    line = repair_lines([line_of("電费组随時辨理")])[0]
    runs = to_runs([line], 3, 100, 2.0)
    assert runs[0].text == "電費組隨時辦理"
    assert runs[0].printed == "電费组随時辨理"
    assert len(runs[0].printed) == len(runs[0].text) == len(runs[0].lefts)
    page = Page(3, 595, 842, runs, ())
    repairs = repairs_of(line, page, 2.0)
    assert [(one.read, one.became) for one in repairs] == [
        ("费", "費"),
        ("组", "組"),
        ("随", "隨"),
        ("辨", "辦"),
    ]
    assert {one.rule for one in repairs} == {"simplified-form", "word-ban4"}
    for one in repairs:
        assert one.page == 3
        assert one.box.left >= 0
        assert one.box.right <= runs[0].rights[-1] + 0.01


def test_the_vocabulary_has_no_two_entries_alike():
    words = load_repair_rules().vocabulary.words
    assert len(set(words)) == len(words)


def test_a_bracket_alone_in_a_narrow_cell_is_seen_with_the_lines_after_it():
    lines = [line_of(char) for char in ("C", "一", ")", "基", "礎")]
    assert "".join(line.text for line in repair_lines(lines)) == "（一）基礎"
    lines = [line_of(char, region=at) for at, char in enumerate(("C", "一", ")"))]
    assert repair_lines(lines)[0].text == "C"


def dotted(height, alternatives=()):
    line = line_of("維持·且", {2: alternatives}, widths={2: 0.17}, gaps={2: 0.4, 3: 0.5})
    dot = line.glyphs[2].__class__(**{**_fields(line.glyphs[2]), "top": 12.0})
    low = dot.__class__(**{**_fields(dot), "bottom": 12.0 + 30.0 * height})
    return type(line)((*line.glyphs[:2], low, line.glyphs[3]), (), 0.0, 30.0, 1)


def test_a_dot_as_high_as_a_comma_is_one():
    assert repaired(dotted(0.26)) == ["維持，且"]
    assert repaired(dotted(0.15)) == ["維持·且"]
    assert repaired(dotted(0.19)) == ["維持·且"]
    assert repaired(dotted(0.19, [("，", 0.1)])) == ["維持，且"]
    assert repaired(dotted(0.15, [("，", 0.1)])) == ["維持·且"]
