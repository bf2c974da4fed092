"""How a consultation is going, for those who run it, moderate it or must answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from participation.monitoring.drawing import draw_columns
from participation.monitoring.export import picture_as_csv
from participation.monitoring.picture import picture_of
from participation.opinions.integrity import integrity_of
from participation.permissions import Permission, for_consultation, may

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

pages = Blueprint("monitoring", __name__, url_prefix="/<language>/desk/c/<slug>")


# Whoever runs or moderates a consultation may also read what is conspicuous in it.
@pages.get("/participation")
@for_consultation(Permission.INTEGRITY_READ)
def show(consultation: Consultation) -> str:
    """The picture as it is now: people, votes, languages, statements, and what waits."""
    picture = picture_of(consultation)
    return render_template(
        "monitoring/show.html",
        consultation=consultation,
        picture=picture,
        charts={
            name: draw_columns([getattr(day, name) for day in picture.days]) for name in ("people", "votes")
        },
        integrity=integrity_of(consultation),
        may_moderate=may(Permission.STATEMENT_MODERATE, consultation),
    )


@pages.get("/participation.csv")
@for_consultation(Permission.INTEGRITY_READ)
def as_csv(consultation: Consultation) -> Response:
    name = f"{consultation.slug}-participation.csv"
    return Response(
        picture_as_csv(picture_of(consultation)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
