"""The only way to the terminal: no control character of a file takes effect there.

A PDF can hold escape sequences, NUL, or characters that reverse the direction of text. The console
made here shows them by number, in a pipe as well. JSON goes through ``write_json``, which escapes
them. Data files keep them.
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

# Columns. Output that is piped into a file is not folded at 80.
_WIDTH_OF_A_FILE = 160

# Cells of a plan have several lines; rich turns a tab into spaces.
_LAID_OUT = "\n\t"


class _SafeConsole(Console):
    """A console that prints every text in its printable form."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        if isinstance(renderable, Text):
            renderable = _printable_text(renderable)
        elif isinstance(renderable, str):
            renderable = printable(renderable, keep=_LAID_OUT)
        return super().render(renderable, options)


def console(*, stderr: bool = False) -> Console:
    """Return a console that does not fold wide lines where the output is no terminal."""
    made = _SafeConsole(stderr=stderr, highlight=False)
    return (
        made
        if made.is_terminal
        else _SafeConsole(stderr=stderr, highlight=False, width=_WIDTH_OF_A_FILE)
    )


def json_text(
    value: Any, *, indent: int | None = None, default: Callable[[Any], Any] | None = None
) -> str:
    """Return JSON that is safe to print: Chinese stays, invisible characters are escaped."""
    return printable_json(json.dumps(value, ensure_ascii=False, indent=indent, default=default))


def write_json(value: Any, file: TextIO | None = None, *, indent: int | None = None) -> None:
    """Write JSON and a line end to ``file``, by default to standard output."""
    sink = sys.stdout if file is None else file
    sink.write(json_text(value, indent=indent) + "\n")
    sink.flush()


def _printable_text(text: Text) -> Text:
    """Return the text in its printable form with the same styles."""
    parts = [printable(char, keep=_LAID_OUT) for char in text.plain]
    if len("".join(parts)) == len(parts):
        return text
    starts = list(accumulate(map(len, parts), initial=0))
    shown = text.blank_copy("".join(parts))
    shown.spans = [Span(starts[one.start], starts[one.end], one.style) for one in text.spans]
    return shown
