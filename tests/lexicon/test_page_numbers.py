"""Every form in which plans print the number of a page, and what only looks like one."""

import pytest

from planparse.lexicon.page_numbers import read_page_number
from planparse.lexicon.rule_files import package_tables

FORMS = package_tables("page_numbers.toml")["form"]


@pytest.mark.parametrize(
    ("form", "text"), [(form["name"], text) for form in FORMS for text in form["examples"]]
)
def test_an_example_is_a_page_number_however_it_is_set(form, text):
    for spaces in (text, text.replace(" ", ""), text.replace(" ", "\u3000"), text.upper()):
        found = read_page_number(spaces)
        assert found is not None
        assert found.form == form or spaces != text


@pytest.mark.parametrize("text", [text for form in FORMS for text in form["rejects"]])
def test_another_short_text_is_none(text):
    assert read_page_number(text) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        *(("3", 3), ("- 12 -", 12), ("第 3 頁，共 9 頁", 3), ("共9頁第3頁", 3), ("Page 3 of 9", 3)),
        *(("審四 -2 頁", 2), ("1/4", 1), ("P.７", 7), ("iv", None), ("第三頁", None)),
        *(("附1-3頁", 3), ("頁次:1/4", 1)),
    ],
)
def test_the_page_that_it_names(text, page):
    found = read_page_number(text)
    assert found is not None
    assert found.page == page
