"""What an organisation is called and is, corrected by its owners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from participation.organisations.actions import DescribedMeanwhileError, describe_organisation
from participation.organisations.forms import OrganisationForm
from participation.organisations.words import KINDS
from participation.permissions import Permission, for_organisation

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.organisations.models import Organisation

pages = Blueprint("description", __name__, url_prefix="/<language>/desk/organisations")


@pages.route("/<slug>/edit", methods=["GET", "POST"])
@for_organisation(Permission.ORGANISATION_MANAGE)
def edit(organisation: Organisation) -> str | Response | tuple[str, int]:
    form = OrganisationForm(organisation)
    if not form.validate_on_submit():
        return _edit_page(organisation, form)
    try:
        describe_organisation(organisation, **form.facts(), seen=str(form.seen.data))
    except DescribedMeanwhileError as error:
        form.seen.data = organisation.description
        return _edit_page(organisation, form, is_conflict=True), error.status
    flash(_("Saved."))
    return redirect(url_for("organisations.people", slug=organisation.slug))


def _edit_page(organisation: Organisation, form: OrganisationForm, *, is_conflict: bool = False) -> str:
    return render_template(
        "organisations/edit.html",
        organisation=organisation,
        form=form,
        is_conflict=is_conflict,
        kinds=KINDS,
    )
