"""Exit codes: the one place where errors and statuses become numbers. See docs/exit-codes.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from planparse.datamodel.problem import ProblemCode, Status
from planparse.errors import (
    DocumentError,
    InputError,
    OutputError,
    PlanparseError,
    RulesError,
    SchemaDriftError,
)


class ExitCode(IntEnum):
    """A stable interface: a number is never given another meaning."""

    OK = 0
    FAULT = 1
    USAGE = 2
    NOT_A_PDF = 3
    DAMAGED = 4
    NEEDS_PASSWORD = 5
    NO_PLAN_TABLE = 6
    REFUSED = 7
    CRASHED = 8
    SEVERAL = 9
    BAD_INPUT = 10
    BAD_OUTPUT = 11
    BAD_RULES = 12
    SCHEMA_DRIFT = 13
    INTERRUPTED = 130


_BY_STATUS: Mapping[str, ExitCode] = {
    Status.PARSED: ExitCode.OK,
    Status.PARSED_WITH_PROBLEMS: ExitCode.OK,
    "duplicate": ExitCode.OK,
    Status.REFUSED: ExitCode.REFUSED,
    Status.NEEDS_PASSWORD: ExitCode.NEEDS_PASSWORD,
    Status.NOT_A_PDF: ExitCode.NOT_A_PDF,
    Status.DAMAGED: ExitCode.DAMAGED,
    Status.NO_PLAN_TABLE: ExitCode.NO_PLAN_TABLE,
    Status.CRASHED: ExitCode.CRASHED,
}

_BY_PROBLEM: Mapping[ProblemCode, ExitCode] = {
    ProblemCode.NOT_A_PDF: ExitCode.NOT_A_PDF,
    ProblemCode.DAMAGED: ExitCode.DAMAGED,
    ProblemCode.NEEDS_PASSWORD: ExitCode.NEEDS_PASSWORD,
    ProblemCode.NO_PLAN_TABLE: ExitCode.NO_PLAN_TABLE,
    ProblemCode.CRASHED: ExitCode.CRASHED,
}

_BY_ERROR: Mapping[type[PlanparseError], ExitCode] = {
    InputError: ExitCode.BAD_INPUT,
    OutputError: ExitCode.BAD_OUTPUT,
    RulesError: ExitCode.BAD_RULES,
    SchemaDriftError: ExitCode.SCHEMA_DRIFT,
}


def of_statuses(statuses: Iterable[str]) -> ExitCode:
    """Give the code of a run: that of its failures if they are all of one kind, else SEVERAL."""
    failures = {_BY_STATUS[status] for status in statuses} - {ExitCode.OK}
    if len(failures) > 1:
        return ExitCode.SEVERAL
    return failures.pop() if failures else ExitCode.OK


def of_error(error: PlanparseError) -> ExitCode:
    """Give the code of an error."""
    if isinstance(error, DocumentError):
        return _BY_PROBLEM.get(error.code, ExitCode.REFUSED)
    return _BY_ERROR.get(type(error), ExitCode.FAULT)
