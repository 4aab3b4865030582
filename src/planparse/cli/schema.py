"""``planparse schema``: write ``schemas/`` or tell whether it has drifted."""

from __future__ import annotations

from pathlib import Path

from planparse.errors import OutputError, SchemaDriftError


def _drifted(folder: Path, files: dict[str, str]) -> list[str]:
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return sorted(
        name
        for name in there | set(files)
        if name not in there
        or name not in files
        or (folder / name).read_text(encoding="utf-8") != files[name]
    )


def schema(folder: Path, *, check: bool) -> int:
    """Write the schema files, or raise SchemaDriftError if they would change."""
    from planparse.store.json_schema import schema_files

    files = schema_files()
    if check:
        drifted = _drifted(folder, files)
        if drifted:
            raise SchemaDriftError(
                f"{folder} differs from the records' definition ({', '.join(drifted)}); "
                "run `make schemas` and look at the difference"
            )
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _drifted(folder, files):
            if name in files:
                (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    return 0
