"""What OCR makes of a page."""

from __future__ import annotations

from dataclasses import dataclass

from planparse.datamodel.page import Page, Repair
from planparse.datamodel.problem import Problem


class EngineMissingError(RuntimeError):
    """The engine or its model is not installed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class OcrReading:
    """What was read of a picture: the page, the repairs made on it, and what went wrong."""

    page: Page
    repairs: tuple[Repair, ...]
    problems: tuple[Problem, ...]
