"""`flask following`: what an operator does when somebody asks to be forgotten."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from participation.following.actions import forget_address
from participation.mail.address import normal_address

following_group = AppGroup("following", help="Those who follow consultations by e-mail.")


@following_group.command("forget")
@click.argument("address")
def forget(address: str) -> None:
    """Erase an e-mail address: it follows nothing any more, and waiting mails to it are not sent."""
    email = normal_address(address)
    if email is None:
        raise click.ClickException("This is not an e-mail address. Nothing was erased.")
    forgotten = forget_address(email)
    click.echo(f"Erased. It followed, or was asked about, {forgotten} consultation(s).")
