"""`flask outcome package` and `flask verify`: what the screens do, for operators and auditors."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from participation.consultations.queries import consultation_by_slug
from participation.outcomes.queries import latest_report
from participation.packages.actions import write_package_of

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("package")
@with_appcontext
@click.argument("slug")
@click.argument("file", type=FILE)
def package(slug: str, file: Path) -> None:
    """Write the data package of the latest report to a file: the very one that everybody can download."""
    consultation = consultation_by_slug(slug)
    if consultation is None:
        raise click.ClickException(f"There is no consultation called {slug}.")
    report = latest_report(consultation.id)
    if report is None:
        raise click.ClickException(f"{slug} has no published report yet: flask outcome publish {slug}")
    write_package_of(report, file)
    click.echo(f"Wrote the package of version {report.number} of {slug} to {file}.")


@click.command("verify")
@click.argument("package", type=click.Path(path_type=Path))
def verify(package: Path) -> None:
    """Check a data package: are its files as listed, and do its figures follow from its votes?

    Ends with 0 where all is equal, 1 where a figure differs, 2 where it is no package or was altered.
    """
    # Brings the whole engine, which other commands do not need.
    from deliberation.verify import check_and_say  # noqa: PLC0415

    sys.exit(check_and_say(package))
