"""`flask deployment`: dossiers in and out, for operators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from flask.cli import AppGroup

from participation.consultations.actions import attach_dossier
from participation.consultations.queries import consultation_by_slug
from participation.deployments.actions import DossierNotValidError, give_to, publish_version, save_draft
from participation.deployments.checking import completeness_of
from participation.deployments.exchange import FORMATS, as_json, read_dossier
from participation.deployments.json_schema import json_schema
from participation.deployments.queries import deployment_by_slug, draft_called, version_of
from participation.errors import DomainError
from participation.organisations.queries import organisation_by_slug

if TYPE_CHECKING:
    from participation.deployments.models import Deployment

deployment_group = AppGroup("deployment", help="Bring dossiers of proposed AI systems in and out.")


@deployment_group.command("schema")
def schema() -> None:
    """Print what may stand in a dossier, as JSON Schema."""
    click.echo(as_json(json_schema()))


@deployment_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Keep a dossier as a draft: our JSON, the Dutch register's, or an ATRS-shaped CSV file.

    Says everything that is wrong with it, and what is still missing.
    """
    try:
        deployment = save_draft(read_dossier(file.read_text(encoding="utf-8"), draft_called))
    except ValueError as error:
        _stop(f"{file.name} is no JSON file in UTF-8, nor a CSV file of a register: {error}")
    except DossierNotValidError as error:
        _stop("\n".join([f"{file.name} was not imported. Please correct this:", *error.problems]))
    state = completeness_of(deployment.draft)
    click.echo(f"Draft of {deployment.slug}: {state.given} of {state.wanted} mandatory facts are given.")
    click.echo(f"Withheld: {state.withheld}. Missing: {', '.join(f.key for f in state.missing) or 'none'}.")


@deployment_group.command("give")
@click.argument("slug")
@click.argument("organisation")
def give(slug: str, organisation: str) -> None:
    """Let the members of an organisation edit a dossier."""
    owner = organisation_by_slug(organisation)
    if owner is None:
        _stop(f"There is no organisation called {organisation}.")
    give_to(_deployment(slug), owner)
    click.echo(f"Members of {owner.name} may edit {slug} now.")


@deployment_group.command("publish")
@click.argument("slug")
def publish(slug: str) -> None:
    """Publish the draft as the next version."""
    try:
        version = publish_version(_deployment(slug))
    except DomainError as error:
        _stop(str(error.message))
    click.echo(f"Version {version.number} of {slug} is public. SHA-256: {version.sha256}")


@deployment_group.command("export")
@click.argument("slug")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), default="json", show_default=True)
def export(slug: str, name: str) -> None:
    """Print the draft, in a form that `import` reads. Says aside what does not go over."""
    draft, form = _deployment(slug).draft, FORMATS[name]
    try:
        click.echo(form.write(draft), nl=form.ending != "atrs.csv")
    except ValueError as error:
        _stop(str(error))
    if lost := form.lost(draft):
        click.echo(f"Not in this file, or not as a whole: {', '.join(field.key for field in lost)}", err=True)


@deployment_group.command("attach")
@click.argument("slug")
@click.argument("consultation")
def attach(slug: str, consultation: str) -> None:
    """Tie the latest version to a consultation that has not opened yet."""
    version, about = version_of(slug), consultation_by_slug(consultation)
    if version is None or about is None:
        _stop(f"There is no consultation {consultation}." if version else f"{slug} has no published version.")
    try:
        attach_dossier(about, version)
    except DomainError as error:
        _stop(str(error.message))
    click.echo(f"{consultation} is about version {version.number} of {slug} now.")


def _deployment(slug: str) -> Deployment:
    deployment = deployment_by_slug(slug)
    if deployment is None:
        _stop(f"There is no dossier called {slug}.")
    return deployment


def _stop(message: str) -> NoReturn:
    raise click.ClickException(message)
