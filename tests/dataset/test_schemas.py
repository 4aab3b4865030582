"""One definition: records, Arrow, JSON Schema, list of columns and the files in schemas/."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest

from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import read_table
from planparse.dataset.publish import write_plan
from planparse.dataset.schema import (
    arrow_schema,
    arrow_type,
    columns_csv,
    json_schema,
    schema_files,
    split_optional,
)
from planparse.dataset.tables import PLAN_TABLES, TABLES
from planparse.model.plan import Measure, Plan, Record, Section
from tests.dataset.made import made_problem, made_repair, made_result

SCHEMAS = Path(__file__).parents[2] / "schemas"


def fields(kind: Any):
    for field in kind:
        yield field
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(inner):
            yield from fields(inner)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_says_what_it_means(table):
    for field in fields(arrow_schema(table, partitions=True)):
        assert field.metadata[b"description"].strip(), field.name
        assert field.metadata[b"zh"].strip(), field.name


def test_the_issue_asked_for_these_columns():
    measures = (
        "plan_id source_file seq aspect_no aspect strategy_no strategy task_no task measure_no"
        " text points departments period extras page_first page_last boxes problem_codes"
        " roc_year district"
    ).split()
    assert set(measures) <= set(arrow_schema("measures", partitions=True).names)
    plans = (
        "plan_id source_file sha256 title district_printed year issued issued_date columns"
        " page_count measure_count extractor planparse_version status"
    ).split()
    assert set(plans) <= set(arrow_schema("plans").names)


def test_no_field_of_a_record_is_forgotten():
    assert set(Measure.model_fields) <= set(TABLES["measures"].columns)
    assert set(Section.model_fields) <= set(TABLES["sections"].columns)
    own_tables = {"measures", "sections"}
    assert set(Plan.model_fields) - own_tables <= set(TABLES["plans"].all_columns)


def test_partition_columns_are_no_columns_of_the_files():
    for table in PLAN_TABLES:
        assert not {"roc_year", "district"} & set(arrow_schema(table).names)


def test_nullable_is_what_the_record_allows():
    for record in (Measure, Section):
        table = {Measure: "measures", Section: "sections"}[record]
        for name, field in record.model_fields.items():
            optional = split_optional(field.annotation)[1]
            assert arrow_schema(table).field(name).nullable == optional, name


def test_a_type_without_arrow_counterpart_is_refused():
    class Odd(Record):
        where: complex

    with pytest.raises(TypeError, match="no Arrow type"):
        arrow_type(complex, Odd.model_fields["where"])


def test_rows_of_the_data_set_fulfil_the_json_schema(tmp_path):
    result = made_result(problems=[made_problem()], repairs=[made_repair()])
    write_plan(result, OutputFolder(tmp_path), "0.1.0")
    for table in PLAN_TABLES:
        rows = read_table(tmp_path, table).to_pylist()
        assert rows
        for row in json.loads(json.dumps(rows, default=str)):
            jsonschema.validate(row, json_schema(table))
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**row, "unknown": 1}, json_schema(table))


def test_schema_files_have_not_drifted():
    wanted = schema_files()
    assert {path.name for path in SCHEMAS.iterdir()} == set(wanted)
    for name, text in wanted.items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, f"{name}: run `make schemas`"


def test_list_of_columns_names_parts_of_structures():
    lines = columns_csv().splitlines()
    assert lines[0] == "table,column,zh,type,null,description"
    assert any(line.startswith("measures,departments[].name,名稱,string,no,") for line in lines)
