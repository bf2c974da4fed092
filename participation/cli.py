"""Commands for operators: `flask --help` lists them."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from deliberation.polis import ExportError, read_conversation, write_conversation
from participation.accounts.actions import create_account, set_password
from participation.accounts.queries import account_by_email
from participation.accounts.second_factor import remove_second_factor
from participation.consultations.actions import make_member
from participation.consultations.queries import consultation_by_slug
from participation.demonstration.actions import load_demonstration
from participation.demonstration.finished import load_finished_demonstration
from participation.deployments.commands import deployment_group
from participation.errors import DomainError
from participation.following.commands import following_group
from participation.i18n import is_language
from participation.opinions.commands import analyse
from participation.organisations.models import Role
from participation.outcomes.commands import outcome_group
from participation.outcomes.polis_export import beside_the_conversation, whole_conversation
from participation.outcomes.polis_import import import_conversation
from participation.packages.commands import package, verify

if TYPE_CHECKING:
    from flask import Flask

BESIDE = "consultation.json"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

consultation_group = AppGroup("consultation", help="Bring consultations in and out.")
account_group = AppGroup("account", help="Manage accounts.")
demonstration_group = AppGroup("demonstration", help="The made-up consultation that shows how Baraza works.")


def register_commands(app: Flask) -> None:
    """Add every command to `flask`."""
    outcome_group.add_command(package)
    for command in (
        consultation_group,
        deployment_group,
        account_group,
        demonstration_group,
        following_group,
        outcome_group,
        worker,
        analyse,
        verify,
    ):
        app.cli.add_command(command)


@consultation_group.command("import-polis")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--slug", help="The address of the consultation; by default the folder's name.")
@click.option("--language", default="en", show_default=True, help="What its statements are written in.")
def import_polis(folder: Path, slug: str | None, language: str) -> None:
    """Bring in a Polis export: the folder with votes.csv, comments.csv and summary.csv. All of it or nothing.

    Times are kept to the minute, people get new numbers in the old order, and a comment that no moderator
    has seen counts as accepted if it has votes.
    """
    name = slug or re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    if not SLUG.fullmatch(name):
        _stop(f"{name!r} cannot stand in an address. Give --slug with small letters, digits and hyphens.")
    if not is_language(language):
        _stop(f"{language!r} is no language. Give --language as a BCP 47 tag such as en, fr or zh-Hant.")
    try:
        notes = _read_notes(folder / BESIDE)
        conversation = read_conversation(folder)
        with click.progressbar(length=len(conversation.choices), label="Votes") as bar:
            import_conversation(conversation, slug=name, language=language, beside=notes, progress=bar.update)
    except (ExportError, NotesError) as error:
        _stop(f"Nothing was imported. {error}")
    except DomainError as error:
        _stop(f"Nothing was imported. {error.message} Give another one with --slug.")
    click.echo(
        f"Imported {name}: {len(conversation.choices)} votes on {len(conversation.comments)} statements. "
        "The worker analyses it next."
    )


@consultation_group.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(slug: str, folder: Path) -> None:
    """Write a consultation as a Polis export that `import-polis` reads again. For operators: not for publishing."""
    consultation = consultation_by_slug(slug)
    if consultation is None:
        _stop(f"There is no consultation called {slug}.")
    write_conversation(folder, whole_conversation(consultation))
    beside = json.dumps(beside_the_conversation(consultation), ensure_ascii=False, indent=2)
    (folder / BESIDE).write_text(beside, encoding="utf-8")
    click.echo(f"Wrote {slug} to {folder}.")


@consultation_group.command("member")
@click.argument("slug")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def member(slug: str, email: str, role: str) -> None:
    """Make an account a facilitator or official of a consultation."""
    consultation, account = consultation_by_slug(slug), account_by_email(email)
    if consultation is None or account is None:
        _stop(
            f"There is no {'account with the address ' + email if consultation else 'consultation ' + slug}."
        )
    make_member(consultation, account, Role(role))
    click.echo(f"{email} is {role} of {slug} now.")


@account_group.command("password")
@click.argument("email")
@click.password_option()
def password(email: str, password: str) -> None:
    """Give an account a new password and sign it out everywhere."""
    account = account_by_email(email)
    if account is None:
        _stop(f"There is no account with the address {email}.")
    try:
        set_password(account, password)
    except DomainError as error:
        _stop(str(error.message))
    click.echo(f"{email} has a new password.")


@account_group.command("second-factor-off")
@click.argument("email")
def second_factor_off(email: str) -> None:
    """Let somebody in with the password alone who has lost the second factor and the recovery codes.

    Make sure first that it is really them who ask.
    """
    account = account_by_email(email)
    if account is None:
        _stop(f"There is no account with the address {email}.")
    remove_second_factor(account)
    click.echo(f"{email} signs in with the password alone now.")


@account_group.command("create")
@click.argument("email")
@click.argument("name")
@click.option("--facilitator", is_flag=True, help="May create consultations.")
@click.password_option()
def create(email: str, name: str, *, facilitator: bool, password: str) -> None:
    """Add an account for a facilitator or an official."""
    try:
        create_account(email, name, password, may_create_consultations=facilitator)
    except DomainError as error:
        _stop(str(error.message))
    click.echo(f"{email} can sign in now.")


@demonstration_group.command("load")
def load() -> None:
    """Load the demonstration, unless it is there already, and print its sign-ins."""
    if current_app.extensions["baraza_config"].production:
        _stop("The demonstration has published passwords: it is not for production.")
    for line in load_demonstration():
        click.echo(f"    {line}")
    load_finished_demonstration()


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Analyse consultations as votes come in, and send mail. Run at least one beside the server."""
    # The analysis brings the whole engine, which no web process needs.
    from participation.jobs.worker import WorkerProcess  # noqa: PLC0415

    process = WorkerProcess(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 - the way Flask documents
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: process.stopping.set())
    process.run()


class NotesError(Exception):
    """The file beside the export cannot be used. The message says why."""


def _read_notes(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        notes: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotesError(f"{file.name} is no JSON file: {error}") from error
    if notes.get("main_language") not in notes.get("texts", {}):
        raise NotesError(f"{file.name} has no texts in its main language.")
    return notes


def _stop(message: str) -> NoReturn:
    raise click.ClickException(message)
