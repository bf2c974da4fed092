"""`flask outcome`: what the screens do with a report, for operators."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from participation.consultations.queries import consultation_by_slug
from participation.errors import DomainError
from participation.outcomes.actions import ReportNotReadyError, publish_report

outcome_group = AppGroup("outcome", help="Reports of closed consultations.")


@outcome_group.command("publish")
@click.argument("slug")
@click.option("--reason", help="Why there is another version, in the main language; the first needs none.")
def publish(slug: str, reason: str | None) -> None:
    """Publish the report of a closed consultation, or another version of it."""
    consultation = consultation_by_slug(slug)
    if consultation is None:
        raise click.ClickException(f"There is no consultation called {slug}.")
    try:
        report = publish_report(consultation, {consultation.main_language: reason or ""})
    except ReportNotReadyError as error:
        raise click.ClickException("\n  ".join(["Nothing was published.", *error.blockers])) from error
    except DomainError as error:
        raise click.ClickException(
            f"Nothing was published. {error.message} Give it with --reason."
        ) from error
    click.echo(f"Published version {report.number} of the report of {slug}: SHA-256 {report.sha256}")
