"""``planparse audit``: the account of every character, and the files without a plan."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.terminal import console
from planparse.dataset.reading import Account, read_accounts
from planparse.errors import InputError


def drawing(accounts: Sequence[Account]) -> Table:
    """Draw the accounts: one line per plan, one column per reason that occurs."""
    reasons = sorted({reason for account in accounts for reason in account.dropped})
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("plan", overflow="fold")
    for name in ("read", "placed", *reasons, "unaccounted"):
        table.add_column(name, justify="right")
    table.add_column("verdict", overflow="fold")
    for account in accounts:
        bad = bool(account.faults)
        table.add_row(
            Text(account.source_file),
            str(account.read),
            str(account.placed.total()),
            *(str(account.dropped[reason]) for reason in reasons),
            Text(str(account.unaccounted), style="red" if account.unaccounted else ""),
            Text("; ".join(account.faults) or "whole", style="red" if bad else ""),
        )
    return table


def audit(out: str) -> int:
    """Print the account of every plan of a dataset; return the exit code."""
    accounts, without = read_accounts(out)
    if not accounts and not without:
        raise InputError(f"{out} holds no plan; make the dataset with planparse run")
    screen = console()
    screen.print(drawing(accounts))
    faulty = [account for account in accounts if account.faults]
    glyphs = sum(account.read for account in accounts)
    total = f"{len(accounts)} plans, {glyphs} characters read"
    total += f", {len(faulty)} plans do not add up" if faulty else ", all accounted for"
    screen.print(Text(total, style="red" if faulty else ""))
    if without:
        names = ", ".join(without[:3]) + (" …" if len(without) > 3 else "")
        screen.print(Text(f"{len(without)} files gave no plan: {names}"))
    return int(ExitCode.UNACCOUNTED if faulty else ExitCode.OK)
