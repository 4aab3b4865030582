"""The options and arguments that the commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Source = Annotated[
    str, typer.Argument(metavar="FOLDER", help="Folder of PDF files, or an fsspec URL.")
]
PlanFile = Annotated[Path, typer.Argument(metavar="FILE", help="PDF of a plan.")]
Output = Annotated[
    str, typer.Argument(metavar="OUTPUT", help="Folder or fsspec URL of the dataset.")
]
Out = Annotated[str, typer.Option("--out", help="Folder or fsspec URL of the dataset.")]
Rules = Annotated[
    Path | None,
    typer.Option("--rules", help="TOML file with additional headings, vocabulary and districts."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=1, help="Number of files read in parallel; default: one per processor."
    ),
]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Time limit per file, seconds.")]
Memory = Annotated[int, typer.Option("--memory", min=256, help="Memory limit per file, MiB.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option("--password-file", help="Passwords to try on encrypted files, one per line."),
]
Force = Annotated[bool, typer.Option("--force", help="Read unchanged files as well.")]
Prune = Annotated[bool, typer.Option("--prune", help="Remove the rows of files that are gone.")]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Run on a Dask cluster.")
]
SecondOpinion = Annotated[
    bool, typer.Option("--second-opinion", help="Read every file with pdfminer as a cross-check.")
]
PublishIncomplete = Annotated[
    bool,
    typer.Option("--publish-incomplete", help="Publish refused plans; each row has the code."),
]
FailOn = Annotated[
    Literal["problems", "refused", "never"],
    typer.Option("--fail-on", help="What makes the command fail."),
]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Write events as JSON lines to standard error.")
]
QueryTimeout = Annotated[
    float, typer.Option("--timeout", min=0.001, help="Time limit of the query, seconds.")
]
Editions = Annotated[
    Literal["all", "newest"] | None,
    typer.Option("--editions", help="Which of several plans for one district and year to count."),
]
