"""The door for whoever reads a dataset: the command line, notebooks, checks and other programs."""

from __future__ import annotations

from planparse.dataset.accounts import Account, read_accounts
from planparse.dataset.dictionary import dictionary_page
from planparse.dataset.editions import Editions, EditionsWarning, plan_labels
from planparse.dataset.export import ExportFormat, as_json, csv_bytes, export_tables
from planparse.dataset.load import choose, load, load_arrow, read_table, read_tables
from planparse.dataset.queries import connect, run_query
from planparse.dataset.schema import schema_files
