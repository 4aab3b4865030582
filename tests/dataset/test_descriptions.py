import json
from pathlib import Path

import mlcroissant
import pytest
from frictionless import Package, validate

from planparse.dataset.descriptions import (
    croissant_metadata,
    describe,
    package_descriptor,
    table_schema,
)
from planparse.dataset.folder import OutputFolder
from planparse.dataset.load import load_arrow
from planparse.dataset.tables import TABLES
from tests.study.known_dataset import write_known_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("output"))


@pytest.mark.slow
def test_frictionless_finds_the_package_valid_and_all_its_rows(root):
    report = validate(str(root / "datapackage.json"))
    assert report.valid, report.flatten(["name", "message"])
    counts = dict.fromkeys(TABLES, 0)
    for task in report.tasks:
        counts[task.name.split("-")[0]] += task.stats["rows"]
    assert counts == {table: load_arrow(root, table).num_rows for table in TABLES}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "field", "change", "says"),
    [
        ("plans", "page_count", {"type": "date"}, "type-error"),
        ("plans", "status", {"constraints": {"enum": ["lost"]}}, "constraint-error"),
        ("measures", "text", {"name": "other"}, "incorrect-label"),
    ],
)
def test_frictionless_would_find_a_wrong_description(root, table, field, change, says):
    path = root / "table-schemas" / f"{table}.json"
    good = path.read_bytes()
    schema = json.loads(good)
    next(one for one in schema["fields"] if one["name"] == field).update(change)
    path.write_text(json.dumps(schema), encoding="utf-8")
    try:
        found = validate(str(root / "datapackage.json"))
        assert says in {error for (error,) in found.flatten(["type"])}
    finally:
        path.write_bytes(good)


def test_every_file_of_the_tables_is_a_resource_with_its_hash(root):
    descriptor = json.loads((root / "datapackage.json").read_text("utf-8"))
    paths = {resource["path"] for resource in descriptor["resources"]}
    files = {path.relative_to(root).as_posix() for path in root.rglob("*.parquet")}
    assert paths == files
    assert len({resource["name"] for resource in descriptor["resources"]}) == len(files)
    assert all(resource["hash"].startswith("sha256:") for resource in descriptor["resources"])
    assert Package(str(root / "datapackage.json")).resource_names


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_names_every_column_in_order(table):
    fields = table_schema(TABLES[table])["fields"]
    assert [field["name"] for field in fields] == list(TABLES[table].columns)
    assert all(field["title"] and field["description"] for field in fields)


def test_the_same_files_give_the_same_descriptions(root):
    assert package_descriptor(root) == package_descriptor(Path(str(root)))
    before = (root / "datapackage.json").read_bytes()
    describe(OutputFolder(root))
    assert (root / "datapackage.json").read_bytes() == before


def test_croissant_describes_every_column_and_part():
    sets = {one["@id"]: one for one in croissant_metadata()["recordSet"]}
    assert list(sets) == list(TABLES)
    for name, table in TABLES.items():
        assert [field["name"] for field in sets[name]["field"]] == list(table.columns)
    departments = next(f for f in sets["measures"]["field"] if f["name"] == "departments")
    assert departments["repeated"]
    assert [part["name"] for part in departments["subField"]][:2] == ["name", "role"]
    assert all(part["dataType"] == "sc:Text" for part in departments["subField"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # its own, of its libraries
def test_mlcroissant_reads_every_record_set(root):
    data = mlcroissant.Dataset(str(root / "croissant.json"))
    assert not data.metadata.issues.errors
    for table in ("plans", "sections", "measures"):
        assert len(list(data.records(record_set=table))) == load_arrow(root, table).num_rows
