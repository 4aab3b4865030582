"""Errors that end one file or the whole command; ``cli.exit_codes`` maps them to exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planparse.model.problem import ProblemCode


class PlanparseError(Exception):
    """Base of all errors that a user can do something about; the message states what."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DocumentError(PlanparseError):
    """A file that cannot be read at all; ``code`` is that of the file's record."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[DocumentError], tuple[ProblemCode, str]]:
        """Return how to pickle the error with both arguments, for it crosses processes."""
        return type(self), (self.code, self.message)


class RulesError(PlanparseError):
    """A rules file that cannot be read or breaks its own examples."""


class InputError(PlanparseError):
    """An input folder that is not there or holds no PDF."""


class OutputError(PlanparseError):
    """An output folder that cannot be written."""


@contextmanager
def as_output_error(where: object, *passing: type[OSError]) -> Iterator[None]:
    """Raise what fails here as an OutputError about ``where``, but errors of ``passing``."""
    try:
        yield
    except passing:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot write {where}: {reason}") from error


class BusyError(PlanparseError):
    """An output folder that another run is writing to."""


class SchemaDriftError(PlanparseError):
    """Files in ``schemas/`` that are not what the records' definition gives."""


class QueryTimeoutError(PlanparseError):
    """A query that ran longer than it was given."""
