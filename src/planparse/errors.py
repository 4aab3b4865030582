"""Errors that end one file, with the problem code that they become."""

from __future__ import annotations

from planparse.datamodel.problem import ProblemCode


class DocumentError(Exception):
    """A file that cannot be read at all; ``code`` is what the record of the file says."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
