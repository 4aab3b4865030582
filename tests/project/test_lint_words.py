"""The rule that words stand in lexicon/ alone: what it finds, and that the source keeps it."""

import tomllib

import pytest

from tests.project.lint_words import ALLOWED, check_words, words_in


def test_the_source_keeps_the_rule():
    broken, _ = check_words()
    assert broken == []


def test_what_is_allowed_has_a_reason():
    for entry in tomllib.loads(ALLOWED.read_text("utf-8"))["allowed"]:
        assert len(entry["reason"]) > 10


@pytest.mark.parametrize(
    "code",
    [
        "_DATE = re.compile(r'[0-9]{2}年')",
        r"re.sub(r'\d+', '#', text)",
        "re.match(f'{start}頁', text)",
        "ENDS = frozenset('。是')",
        "text.rstrip('年月')",
        "text.startswith('第')",
        "'計畫' in text",
        "text[0] in '①②'",
        "text[0] in '0123'",
        "text == '目錄'",
        "{'甲': 1}",
        "_WORDS = ('主辦', '協辦')",
        "for mark in ('續', '（續）'): pass",
        "str.maketrans({'臺': '台'})",
        "_DIGITS = set('0123')",
    ],
)
def test_words_that_decide_are_found(code):
    assert words_in(code)


@pytest.mark.parametrize(
    "code",
    [
        "'''第一頁'''",
        "title = described('page', '頁')",
        "message = f'「{text}」 is no heading (具體作法)'",
        r"re.compile(r'[\x00-\x1f]{2,3}')",
        "text.rstrip('。，')",
        "raise ValueError('年')",
        "name.startswith('utf8')",
    ],
)
def test_other_text_is_left_alone(code):
    assert not words_in(code)
