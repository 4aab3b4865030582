"""Exit codes: the one place that maps errors and statuses to numbers. See docs/exit-codes.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum

from planparse.errors import (
    BusyError,
    DocumentError,
    InputError,
    OutputError,
    PlanparseError,
    QueryTimeoutError,
    RulesError,
    SchemaDriftError,
)
from planparse.model.problem import Status


class ExitCode(IntEnum):
    """A stable interface: a number never changes its meaning."""

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
    TIMED_OUT = 14
    OUT_OF_MEMORY = 15
    PROBLEMS = 16
    BUSY = 17
    UNACCOUNTED = 18
    DISAGREEMENT = 19
    INTERRUPTED = 130


class FailOn(StrEnum):
    """What makes a run fail, apart from errors that end the whole run."""

    PROBLEMS = "problems"
    REFUSED = "refused"
    NEVER = "never"


# A status without a code of its name is a success. Problem codes that end a file are statuses too.
_BY_STATUS: Mapping[str, ExitCode] = {
    status: ExitCode.__members__.get(status.name, ExitCode.OK) for status in Status
}

_BY_ERROR: Mapping[type[PlanparseError], ExitCode] = {
    InputError: ExitCode.BAD_INPUT,
    QueryTimeoutError: ExitCode.TIMED_OUT,
    OutputError: ExitCode.BAD_OUTPUT,
    BusyError: ExitCode.BUSY,
    RulesError: ExitCode.BAD_RULES,
    SchemaDriftError: ExitCode.SCHEMA_DRIFT,
}


def of_statuses(statuses: Iterable[str], fail_on: FailOn = FailOn.REFUSED) -> ExitCode:
    """Return the code of a run: that of its failures if they are of one kind, else SEVERAL.

    Plans with problems count as failures with ``fail_on=PROBLEMS`` only; any other failure outranks
    them.
    """
    seen = set(statuses)
    if fail_on is FailOn.NEVER:
        return ExitCode.OK
    failures = {_BY_STATUS[status] for status in seen} - {ExitCode.OK}
    if len(failures) > 1:
        return ExitCode.SEVERAL
    if failures:
        return failures.pop()
    some = fail_on is FailOn.PROBLEMS and Status.PARSED_WITH_PROBLEMS in seen
    return ExitCode.PROBLEMS if some else ExitCode.OK


def of_error(error: PlanparseError) -> ExitCode:
    """Return the code of an error; FAULT for one that is not listed."""
    if isinstance(error, DocumentError):
        return _BY_STATUS.get(error.code, ExitCode.REFUSED)
    return _BY_ERROR.get(type(error), ExitCode.FAULT)
