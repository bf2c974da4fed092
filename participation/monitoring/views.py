"""How a consultation is going, for those who run it, moderate it or must answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.database import now
from participation.i18n import best_of
from participation.monitoring.actions import forget_margin, set_margin
from participation.monitoring.drawing import draw_columns
from participation.monitoring.export import everything_as_csv
from participation.monitoring.forms import margin_form
from participation.monitoring.missing import who_answered
from participation.monitoring.picture import channels_of, picture_of
from participation.monitoring.queries import margins_of, question_in
from participation.monitoring.weighing import CannotBeWeighedError, weighed
from participation.opinions.integrity import integrity_of
from participation.permissions import Permission, for_consultation, may

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as AnyResponse

    from participation.consultations.models import Consultation
    from participation.monitoring.weighing import Weighed

# How often the page loads itself anew for those who ask for it.
SECONDS_BETWEEN_LOOKS = 60

pages = Blueprint("monitoring", __name__, url_prefix="/<language>/desk/c/<slug>")
pages.add_app_template_global(channels_of, "people_by_channel")


# Whoever runs or moderates a consultation may also read what is conspicuous in it.
@pages.get("/participation")
@for_consultation(Permission.INTEGRITY_READ)
def show(consultation: Consultation) -> str:
    """The picture as it is now: people, votes, languages, statements, what waits, and who is missing."""
    picture = picture_of(consultation)
    weighing, cannot_be_weighed = _weighed(consultation)
    return render_template(
        "monitoring/show.html",
        consultation=consultation,
        now=now(),
        is_live="live" in request.args and not consultation.is_closed,
        every=SECONDS_BETWEEN_LOOKS,
        picture=picture,
        charts={
            name: draw_columns([getattr(day, name) for day in picture.days]) for name in ("people", "votes")
        },
        asked=who_answered(consultation),
        weighed=weighing,
        cannot_be_weighed=cannot_be_weighed,
        integrity=integrity_of(consultation),
        may_moderate=may(Permission.STATEMENT_MODERATE, consultation),
        may_manage=may(Permission.CONSULTATION_MANAGE, consultation),
    )


@pages.get("/participation.csv")
@for_consultation(Permission.INTEGRITY_READ)
def as_csv(consultation: Consultation) -> Response:
    picture = picture_of(consultation)
    asked = who_answered(consultation)
    name = f"{consultation.slug}-participation.csv"
    return Response(
        everything_as_csv(
            consultation, picture, asked, _weighed(consultation)[0], integrity_of(consultation)
        ),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.route("/participation/population/<int:number>", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def population(consultation: Consultation, number: int) -> str | AnyResponse:
    """How the population would answer one question: entered, corrected, seen."""
    question = question_in(consultation.id, number) or abort(404)
    margin = margins_of(consultation.id).get(question.id)
    asked = question.texts[best_of(question.texts, otherwise=consultation.main_language)]
    form = margin_form(asked, margin)
    if form.validate_on_submit():
        set_margin(question, form.shares(), form.source.data or "")
        flash(_("Saved. The population now stands beside those who answer."))
        return redirect(url_for(".show", slug=consultation.slug, _anchor="missing"))
    return render_template(
        "monitoring/population.html",
        consultation=consultation,
        question=question,
        asked=asked,
        form=form,
        margin=margin,
    )


@pages.post("/participation/population/<int:number>/remove")
@for_consultation(Permission.CONSULTATION_MANAGE)
def forget_population(consultation: Consultation, number: int) -> AnyResponse:
    forget_margin(question_in(consultation.id, number) or abort(404))
    flash(_("Removed. The answers stand by themselves again."))
    return redirect(url_for(".show", slug=consultation.slug, _anchor="missing"))


def _weighed(consultation: Consultation) -> tuple[Weighed | None, bool]:
    """What weighing says, and whether it cannot be done with these people."""
    try:
        return weighed(consultation), False
    except CannotBeWeighedError:
        return None, True
