"""The page on which published texts are corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.building.corrections import NothingCorrectedError, correct_texts
from participation.building.corrections_form import CorrectionForm
from participation.building.drafts import EditedMeanwhileError
from participation.permissions import Permission, for_consultation

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("corrections", __name__, url_prefix="/<language>/desk/c/<slug>")


@pages.route("/correct", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def correct(consultation: Consultation) -> str | Response | tuple[str, int]:
    """Change what the public reads, and say why. Two who do so at once see both texts."""
    if not consultation.is_published:
        return redirect(url_for("building.edit", slug=consultation.slug))
    form, differences, refused, status = CorrectionForm(consultation), None, None, 200
    if form.validate_on_submit():
        try:
            correct_texts(
                consultation,
                form.words(),
                str(form.reason.data),
                edition=form.read_edition(),
                by=current_user,
            )
        except EditedMeanwhileError as error:
            differences, status = form.differences(), error.status
            form.edition.data = str(consultation.edition)
        except NothingCorrectedError as error:
            refused, status = error, error.status
        else:
            flash(_("Corrected. The consultation's page says what was changed, when and why."))
            return redirect(url_for("consultations.manage", slug=consultation.slug))
    elif form.is_submitted():
        status = 400
    page = render_template(
        "building/correct.html",
        consultation=consultation,
        form=form,
        differences=differences,
        refused=refused,
    )
    return page, status
