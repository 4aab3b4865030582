"""``planparse dictionary``: the data dictionary from the records' definition, or its drift."""

from __future__ import annotations

from pathlib import Path

from planparse.cli.exit_codes import ExitCode
from planparse.errors import OutputError, SchemaDriftError
from planparse.publish.dictionary import dictionary_page


def dictionary(file: Path, *, check: bool) -> int:
    """Write the page, or raise SchemaDriftError if it would change."""
    page = dictionary_page()
    try:
        there = file.read_text(encoding="utf-8") if file.is_file() else None
        if check and there != page:
            raise SchemaDriftError(
                f"{file} differs from the records' definition; run `make schemas` and look at the"
                " difference"
            )
        if there != page:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {file}: {error.strerror or error}") from error
    return int(ExitCode.OK)
