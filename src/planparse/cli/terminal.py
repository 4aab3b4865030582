"""The one way from the program to a terminal: nothing from a file is obeyed there.

A PDF can hold escape sequences, NUL, or signs that turn the direction of text. Whatever is printed
goes through the console made here, which shows such characters by their numbers, in a pipe as well;
JSON goes through ``write_json``, which escapes them as JSON does. Files of data keep them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

from planparse.model.printable import printable, printable_json

# What is piped into a file is not folded at 80 columns.
_WIDTH_OF_A_FILE = 160

# Cells of a plan hold lines; rich makes spaces of a tab.
_LAID_OUT = "\n\t"


class _SafeConsole(Console):
    """A console that lays out and prints the printable form of every text."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        if isinstance(renderable, Text):
            renderable = _printable_text(renderable)
        elif isinstance(renderable, str):
            renderable = printable(renderable, keep=_LAID_OUT)
        return super().render(renderable, options)


def console(*, stderr: bool = False) -> Console:
    """Return a console that keeps wide lines whole where nobody watches."""
    made = _SafeConsole(stderr=stderr, highlight=False)
    return (
        made
        if made.is_terminal
        else _SafeConsole(stderr=stderr, highlight=False, width=_WIDTH_OF_A_FILE)
    )


def json_text(
    value: Any, *, indent: int | None = None, default: Callable[[Any], Any] | None = None
) -> str:
    """Return JSON that a terminal shows as it is: Chinese stays, what is not seen is escaped."""
    return printable_json(json.dumps(value, ensure_ascii=False, indent=indent, default=default))


def write_json(value: Any, file: TextIO | None = None, *, indent: int | None = None) -> None:
    """Write JSON and a line end, to standard output unless a file is named."""
    sink = sys.stdout if file is None else file
    sink.write(json_text(value, indent=indent) + "\n")
    sink.flush()


def _printable_text(text: Text) -> Text:
    """Return the text in its printable form; its styles stay where they are."""
    parts = [printable(char, keep=_LAID_OUT) for char in text.plain]
    if len("".join(parts)) == len(parts):
        return text
    starts = list(accumulate(map(len, parts), initial=0))
    shown = text.blank_copy("".join(parts))
    shown.spans = [Span(starts[one.start], starts[one.end], one.style) for one in text.spans]
    return shown
