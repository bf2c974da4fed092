"""Organisations: founding one, and who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.errors import DomainError
from participation.organisations.actions import (
    change_role,
    create_organisation,
    invite,
    remove_member,
    take_back_invitation,
)
from participation.organisations.forms import ROLE_NAMES, InvitationForm, OrganisationForm, RoleForm
from participation.organisations.models import Kind, Role
from participation.organisations.queries import INVITATION_LASTS, invitations_of, members_of
from participation.permissions import Permission, for_organisation, requires

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from participation.organisations.models import Organisation

pages = Blueprint("organisations", __name__, url_prefix="/<language>/desk/organisations")


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_FOUND)
def found() -> str | Response:
    form = OrganisationForm()
    if not form.validate_on_submit():
        return render_template("organisations/found.html", form=form)
    organisation = create_organisation(
        current_user, name=str(form.name.data), kind=Kind(form.kind.data), country=form.country.data
    )
    flash(_("The organisation is there, and you own it. You can invite others now."))
    return redirect(url_for(".people", slug=organisation.slug))


@pages.get("/<slug>")
@for_organisation(Permission.ORGANISATION_MANAGE)
def people(organisation: Organisation) -> str:
    return _people_page(organisation, InvitationForm())


@pages.post("/<slug>/invitations")
@for_organisation(Permission.ORGANISATION_MANAGE)
def offer(organisation: Organisation) -> str | tuple[str, int]:
    """Invite somebody. The link is shown this once: the database keeps only its hash."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return _people_page(organisation, form), 400
    try:
        invitation, token = invite(organisation, str(form.email.data), Role(form.role.data))
    except DomainError as error:
        form.email.errors = [error.message]
        return _people_page(organisation, form), error.status
    link = url_for("invitations.show", token=token, _external=True)
    return render_template(
        "organisations/invited.html",
        organisation=organisation,
        invitation=invitation,
        link=link,
        days=INVITATION_LASTS.days,
    )


@pages.post("/<slug>/invitations/<int:invitation_id>/withdraw")
@for_organisation(Permission.ORGANISATION_MANAGE)
def withdraw(organisation: Organisation, invitation_id: int) -> Response:
    take_back_invitation(organisation, invitation_id)
    flash(_("The invitation is taken back; its link is worth nothing now."))
    return redirect(url_for(".people", slug=organisation.slug))


@pages.post("/<slug>/members/<int:account_id>/role")
@for_organisation(Permission.ORGANISATION_MANAGE)
def change(organisation: Organisation, account_id: int) -> Response:
    form = RoleForm()
    if form.validate_on_submit():
        _say(lambda: change_role(organisation, account_id, Role(form.role.data)), _("The role is changed."))
    return redirect(url_for(".people", slug=organisation.slug))


@pages.post("/<slug>/members/<int:account_id>/remove")
@for_organisation(Permission.ORGANISATION_MANAGE)
def remove(organisation: Organisation, account_id: int) -> Response:
    _say(lambda: remove_member(organisation, account_id), _("That person is no longer a member."))
    if account_id == current_user.id:
        return redirect(url_for("consultations.desk"))
    return redirect(url_for(".people", slug=organisation.slug))


def _say(deed: Callable[[], None], done: str) -> None:
    """Do it, and say that it is done or why it cannot be."""
    try:
        deed()
    except DomainError as error:
        flash(str(error.message), "error")
    else:
        flash(done)


def _people_page(organisation: Organisation, form: InvitationForm) -> str:
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        members=members_of(organisation.id),
        invitations=invitations_of(organisation.id),
        form=form,
        role_form=RoleForm(formdata=None),
        role_names=ROLE_NAMES,
    )
