"""Every example and counter-example of a rule file, put to everything that reads its concept."""

import re

import pytest

from planparse.audit.field_texts import _is_department
from planparse.lexicon.calendar import find_roc_date, is_weekday
from planparse.lexicon.departments import classify_department, is_known
from planparse.lexicon.districts import canonical_district, office_in
from planparse.lexicon.headings import role_of_heading, without_continued
from planparse.lexicon.legal_bases import read_legal_bases
from planparse.lexicon.load_rules import EXAMPLE_YEAR, load_rules
from planparse.lexicon.numbering import bare_number, find_label, is_counter, is_unknown_number
from planparse.lexicon.page_numbers import is_contents_entry, read_page_number, without_page_number
from planparse.lexicon.periods import read_period
from planparse.lexicon.references import find_reference
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.sentences import ends_open, is_rest_of_sentence
from planparse.model.plan import ColumnRole, Department, DepartmentRole
from planparse.model.table import Table
from planparse.plans.column_roles import find_columns
from planparse.plans.departments import read_departments, read_entries
from planparse.plans.front_matter import read_front_matter
from planparse.plans.labels import read_titled
from planparse.tables.build_layout import build_layout
from planparse.tables.page_joins import counts_up, flows_on
from tests.audit.test_page_numbers import check, parsed
from tests.hand_made import PITCH, SIZE, Sheet, made_document, made_lines

RULES = load_rules()
COLUMNS = package_tables("headings.toml")["column"]
CONTINUED = package_tables("headings.toml")["continued"]
NUMBERING = package_tables("numbering.toml")
STYLES = NUMBERING["style"]
SENTENCES = package_tables("sentences.toml")
DEPARTMENTS = package_tables("departments.toml")
DISTRICTS = package_tables("districts.toml")
FORMS = package_tables("page_numbers.toml")["form"]
CONTENTS = package_tables("page_numbers.toml")["contents"]


def pairs(tables, name, key):
    return [(table[name], text) for table in tables for text in table[key]]


def test_every_rule_has_both_kinds_of_examples():
    sentences = [SENTENCES["open_end"], SENTENCES["rest"]]
    others = [NUMBERING[key] for key in ("bare", "counter", "unknown", "reference")]
    others += [CONTINUED, CONTENTS, DEPARTMENTS]
    for table in (*COLUMNS, *STYLES, *FORMS, *sentences, *others):
        assert table["examples"]
        assert table["rejects"]


# --- headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "examples"))
def test_a_heading_names_its_column(role, text):
    assert role_of_heading(RULES.headings, text) == role


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "examples"))
def test_a_table_has_the_column_that_its_heading_names(role, text):
    beside = "面向" if role == ColumnRole.PRACTICE else "具體作法"
    sheet = Sheet(width=500)
    sheet.grid([20, 220, 420], [60, 120, 180], [[text, beside], ["一、基礎", "1.受理申請。"]])
    (table,) = build_layout(made_document(sheet)).blocks
    assert isinstance(table, Table)
    columns = find_columns(RULES, table)
    assert columns is not None
    assert columns.roles[0] == role


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "rejects"))
def test_a_heading_of_another_column_does_not(role, text):
    assert role_of_heading(RULES.headings, text) != role


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "examples"))
def test_a_heading_set_with_spaces_or_in_simplified_forms_is_the_same(role, text):
    assert role_of_heading(RULES.headings, "　".join(text)) == role
    assert role_of_heading(RULES.headings, text.replace("辦", "办").replace("執", "执")) == role


@pytest.mark.parametrize("text", ["", "區處", "112年度", "本計畫依總管理處函示訂定", "合計"])
def test_what_is_no_heading_has_no_role(text):
    assert role_of_heading(RULES.headings, text) is None


@pytest.mark.parametrize("text", CONTINUED["examples"])
def test_a_caption_without_its_mark_is_the_first_one(text):
    assert without_continued(text) == "表1"


@pytest.mark.parametrize("text", CONTINUED["rejects"])
def test_a_caption_without_a_mark_stays(text):
    assert without_continued(text) == text


# --- numbers of lists ----------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "examples"))
def test_a_number_is_found_in_its_style(style, text):
    label = find_label(RULES.numbering, text)
    assert label is not None
    assert label.style.name == style
    assert text.startswith(label.printed)
    assert (label.value is None) == (label.style.values == "none")


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "rejects"))
def test_text_that_looks_like_a_number_is_none_of_its_style(style, text):
    label = find_label(RULES.numbering, text)
    assert label is None or label.style.name != style


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "examples"))
def test_tables_and_labels_know_the_number(style, text):
    before = made_lines(["並追蹤改善事項之辦理情形檢", "並追蹤改善事項之辦理"])
    assert not flows_on(before, made_lines([text], page=2))
    assert counts_up(made_lines([text, "情形", text]))
    label = find_label(RULES.numbering, text)
    titled = read_titled(RULES, made_lines([text]))
    assert label is not None
    assert titled.printed_number == label.printed
    assert "".join(line.glyphs for line in titled.lines) == text[label.width :]


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "examples"))
def test_a_number_before_a_period_or_a_legal_basis_changes_nothing(style, text):
    label = find_label(RULES.numbering, text)
    assert label is not None
    number = text[: label.width]
    reading = read_period(f"{number}每月辦理一次", EXAMPLE_YEAR, RULES.periods.rules)
    assert reading.unknown == []
    assert [one.rrule for one in reading.schedules] == ["FREQ=MONTHLY"]
    printed = "行政院106年1月9日院授發社字第1061300008號函頒「政府服務躍升方案」"
    found = read_legal_bases([number + printed], RULES.legal_bases)
    assert found.unknown == []
    assert [one.printed for one in found.bases] == [printed]


@pytest.mark.parametrize("text", NUMBERING["bare"]["examples"])
def test_a_bare_numeral(text):
    assert bare_number(text) == text


@pytest.mark.parametrize("text", NUMBERING["bare"]["rejects"])
def test_what_is_no_bare_numeral(text):
    assert bare_number(text) != text


@pytest.mark.parametrize("text", NUMBERING["counter"]["examples"])
def test_a_cell_that_counts_a_column(text):
    assert is_counter(text)


@pytest.mark.parametrize("text", NUMBERING["counter"]["rejects"])
def test_a_cell_that_counts_none(text):
    assert not is_counter(text)


@pytest.mark.parametrize("key", ["examples", "rejects"])
def test_what_looks_like_a_number(key):
    for text in NUMBERING["unknown"][key]:
        assert is_unknown_number(text) is (key == "examples"), text
        assert find_label(RULES.numbering, text) is None, text


@pytest.mark.parametrize("key", ["examples", "rejects"])
def test_numbers_that_name_measures(key):
    for text in NUMBERING["reference"][key]:
        found = find_reference(RULES.numbering, text)
        assert (found is not None) is (key == "examples"), text


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["examples", "rejects"])
def test_a_line_that_no_item_ends_with(key):
    for text in SENTENCES["open_end"][key]:
        assert ends_open(text) is (key == "examples"), text


@pytest.mark.parametrize("key", ["examples", "rejects"])
def test_what_follows_a_number_in_a_sentence(key):
    for text in SENTENCES["rest"][key]:
        assert is_rest_of_sentence(text) is (key == "examples"), text


# --- departments ---------------------------------------------------------------------------------

NAMES = [
    *DEPARTMENTS["examples"],
    *[text for rule in DEPARTMENTS["rule"] for text in rule["matches"]],
]


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_known_to_cells_and_values(text):
    assert is_known(RULES.departments, text)
    assert is_known(RULES.departments, "　".join(text.replace(" ", "")))
    assert classify_department(text, RULES.departments) is not None


@pytest.mark.parametrize("text", [name for name in NAMES if not set(name) & set(" ()")])
def test_a_cell_with_a_name_is_that_department(text):
    lines = made_lines([text, "電務段"])
    entries = read_entries(RULES.departments, lines, 20 * SIZE, 1.35 * PITCH)
    assert ["".join(line.glyphs for line in one) for one in entries] == [text, "電務段"]
    listed = made_lines([f"{text}、電務段"])
    builders = read_departments(RULES.departments, listed, DepartmentRole.LEAD)
    assert [builder.name for builder in builders] == [text, "電務段"]
    department = Department(name=text, role=DepartmentRole.LEAD, printed=text)
    for printed in (text, f"{text}、", f"（{text}）", f"主辦：{text}", f"主辦單位：{text}"):
        assert _is_department(department.model_copy(update={"printed": printed}), printed)


@pytest.mark.parametrize("text", DEPARTMENTS["rejects"])
def test_what_is_no_name_is_none_to_cells_and_values(text):
    assert not is_known(RULES.departments, text)
    assert classify_department(text, RULES.departments) is None


# --- page numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [text for form in FORMS if form.get("named") for text in form["examples"]]
)
def test_a_footer_that_names_the_page_is_dropped_and_audited(text):
    footers = [text.replace(" ", "_")] * 3
    check(parsed(footers), footers)


@pytest.mark.parametrize(
    "text", [text for form in FORMS if form.get("within") for text in form["examples"]]
)
def test_a_title_row_is_compared_without_its_page_number(text):
    assert re.fullmatch("執行計畫#+", without_page_number(f"執行計畫{text}"))


@pytest.mark.parametrize("text", CONTENTS["examples"])
def test_an_entry_of_a_table_of_contents(text):
    assert is_contents_entry(text)
    assert read_page_number(text) is None


@pytest.mark.parametrize("text", CONTENTS["rejects"])
def test_a_line_that_is_no_entry(text):
    assert not is_contents_entry(text)


# --- dates ---------------------------------------------------------------------------------------

CALENDAR = package_tables("calendar.toml")
DATES = [pair for form in CALENDAR["date"] for pair in form["matches"].items()]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_a_date_is_one_to_all_that_read_dates(text, date):
    assert find_roc_date(f"{text}訂定") == date
    assert read_front_matter(made_lines([f"{text}訂定"])).issued != []
    (base,) = read_legal_bases([f"依經濟部{text}函頒「實施計畫」"], RULES.legal_bases).bases
    assert base.date == date
    period = read_period(f"{text}前", EXAMPLE_YEAR, RULES.periods.rules)
    assert period.unknown == []
    assert [one.end for one in period.schedules] == [date]


@pytest.mark.parametrize("text", [text for form in CALENDAR["date"] for text in form["rejects"]])
def test_what_is_no_date_is_none(text):
    assert find_roc_date(text) is None


@pytest.mark.parametrize("key", ["matches", "rejects"])
def test_a_weekday_behind_a_date(key):
    for text in CALENDAR["weekday"][key]:
        at = next(at for at, char in enumerate(text) if char in "(（㈤五")
        assert is_weekday(text[:at], text[at:]) is (key == "matches"), text


# --- offices -------------------------------------------------------------------------------------


def test_there_are_24_districts():
    assert len(DISTRICTS["names"]) == 24


@pytest.mark.parametrize("canonical", DISTRICTS["names"])
@pytest.mark.parametrize("ending", DISTRICTS["endings"])
@pytest.mark.parametrize("company", ["", *DISTRICTS["companies"]])
def test_a_district_by_every_name_of_its_office(canonical, ending, company):
    for taiwan in "台臺":
        title = f"{company}{canonical}{ending}".replace("台", taiwan)
        office = office_in(RULES.districts, f"{title}112年度提升服務效能執行計畫")
        assert office is not None
        assert office.replace("臺", "台") == f"{canonical}{ending}"
        assert canonical_district(RULES.districts, office) == canonical
        assert canonical_district(RULES.districts, title) == canonical


@pytest.mark.parametrize("canonical", DISTRICTS["names"])
def test_a_district_named_behind_the_year(canonical):
    office = office_in(RULES.districts, f"112年度台電{canonical}區營業處提升服務效能執行計畫")
    assert office == f"{canonical}區營業處"
    assert canonical_district(RULES.districts, office) == canonical


def test_an_office_that_no_rule_knows():
    assert office_in(RULES.districts, "台灣電力公司公眾服務處112年度計畫") == "公眾服務處"
    assert canonical_district(RULES.districts, "公眾服務處") is None
    assert office_in(RULES.districts, "112年度提升服務效能執行計畫") is None
