"""`flask transparency`: what an operator, and whoever looks over their shoulder, does with the log."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from participation.transparency.actions import sign_head
from participation.transparency.checking import check_all
from participation.transparency.queries import head_is_due, latest_head, size_of_log

transparency_group = AppGroup(
    "transparency", help="The public log: its head, and whether anything was altered."
)


@transparency_group.command("check")
@click.option(
    "--head",
    "saved",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A head that you saved earlier, outside this machine.",
)
def check(saved: tuple[Path, ...]) -> None:
    """Compare the log, its heads and the database. Ends with status 1 if anything was altered, removed or put in."""
    found = check_all([path.read_text(encoding="utf-8") for path in saved])
    for finding in found:
        click.echo(str(finding))
    click.echo(f"{size_of_log()} entries: {len(found) or 'nothing'} wrong.")
    sys.exit(1 if found else 0)


@transparency_group.command("head")
def head() -> None:
    """Print the signed head of the log as it is now. Keep it where nobody who runs this machine can change it."""
    if head_is_due():
        sign_head()
    latest = latest_head()
    if latest is None:
        raise click.ClickException("The log is empty: nothing has happened yet.")
    click.echo(latest.note, nl=False)
