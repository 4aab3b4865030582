"""The options of ``planparse run``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Source = Annotated[
    str, typer.Argument(metavar="FOLDER", help="Folder of PDF files, or an fsspec URL.")
]
Out = Annotated[str, typer.Option("--out", help="Folder or fsspec URL of the data set.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Files read at the same time.")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a file may take.")]
Memory = Annotated[int, typer.Option("--memory", min=256, help="MiB that a file may take.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", help="Passwords to try on encrypted files, one a line."),
]
Force = Annotated[bool, typer.Option("--force", help="Read unchanged files, too.")]
Prune = Annotated[bool, typer.Option("--prune", help="Remove the rows of files that are gone.")]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Run on a Dask cluster.")
]
SecondOpinion = Annotated[
    bool, typer.Option("--second-opinion", help="Read every file with pdfplumber as well.")
]
PublishIncomplete = Annotated[
    bool,
    typer.Option("--publish-incomplete", help="Publish refused plans; each row says why."),
]
FailOn = Annotated[
    Literal["problems", "refused", "never"],
    typer.Option("--fail-on", help="What makes the command fail."),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Tell what happens as JSON lines on stderr.")
]
