"""Organisations: founding one, and who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from participation.errors import DomainError
from participation.formatting import number
from participation.mail.models import State
from participation.mail.queries import settings_here
from participation.organisations.actions import create_organisation
from participation.organisations.forms import InvitationForm, OrganisationForm, RoleForm
from participation.organisations.inviting import (
    AlreadyMemberError,
    Handing,
    invite,
    renew_invitation,
    take_back_invitation,
)
from participation.organisations.members import change_role, remove_member
from participation.organisations.models import Role
from participation.organisations.queries import (
    INVITATION_LASTS,
    invitations_of,
    letters_of,
    members_of,
)
from participation.organisations.words import KINDS, ROLE_NAMES
from participation.permissions import Permission, for_organisation, requires

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from participation.organisations.inviting import Offer
    from participation.organisations.models import Organisation

pages = Blueprint("organisations", __name__, url_prefix="/<language>/desk/organisations")


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_FOUND)
def found() -> str | Response:
    form = OrganisationForm()
    if not form.validate_on_submit():
        return render_template("organisations/found.html", form=form)
    organisation = create_organisation(current_user, **form.facts())
    flash(_("The organisation is there, and you own it. You can invite others now."))
    return redirect(url_for(".people", slug=organisation.slug))


@pages.get("/<slug>")
@for_organisation(Permission.ORGANISATION_MANAGE)
def people(organisation: Organisation) -> str:
    return _people_page(organisation, InvitationForm())


@pages.post("/<slug>/invitations")
@for_organisation(Permission.ORGANISATION_MANAGE)
def offer(organisation: Organisation) -> str | Response | tuple[str, int]:
    """Invite people, all who are named or nobody."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return _people_page(organisation, form), 400
    handing = _handing()
    try:
        offers = invite(
            organisation,
            form.addresses,
            Role(form.role.data),
            language=form.language.data,
            handing=handing,
        )
    except AlreadyMemberError as error:
        form.emails.errors = [f"{address}: {error.message}" for address in error.addresses]
        return _people_page(organisation, form), error.status
    return _handed_over(organisation, offers, handing)


@pages.post("/<slug>/invitations/<int:invitation_id>/renew")
@for_organisation(Permission.ORGANISATION_MANAGE)
def renew(organisation: Organisation, invitation_id: int) -> str | Response:
    """Send it again, or give the link out by hand. The link before is then worth nothing."""
    handing = Handing(by_mail=False) if request.form.get("way") == "link" else _handing()
    return _handed_over(organisation, [renew_invitation(organisation, invitation_id, handing)], handing)


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


def _handing() -> Handing:
    """By mail where this installation sends any."""
    return Handing(by_mail=settings_here() is not None, inviter=current_user.name)


def _handed_over(organisation: Organisation, offers: list[Offer], handing: Handing) -> str | Response:
    """Say that letters are on their way; or show the links, this once: the database keeps only their hashes."""
    if handing.by_mail:
        flash(
            ngettext(
                "The invitation is on its way by mail.",
                "%(many)s invitations are on their way by mail.",
                len(offers),
                many=number(len(offers)),
            )
        )
        return redirect(url_for(".people", slug=organisation.slug) + "#invitations")
    return render_template(
        "organisations/invited.html",
        organisation=organisation,
        links=[
            (
                invitation,
                url_for("invitations.show", token=token, language=invitation.language, _external=True),
            )
            for invitation, token in offers
        ],
        days=INVITATION_LASTS.days,
        sends_mail=settings_here() is not None,
    )


def _people_page(organisation: Organisation, form: InvitationForm) -> str:
    invitations = invitations_of(organisation.id)
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        members=members_of(organisation.id),
        invitations=invitations,
        letters=letters_of(invitations),
        State=State,
        lasts=INVITATION_LASTS,
        sends_mail=settings_here() is not None,
        form=form,
        role_form=RoleForm(formdata=None),
        role_names=ROLE_NAMES,
        kinds=KINDS,
    )
