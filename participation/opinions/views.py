"""Where people stand: the map, what all share, what divides, what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template

from participation.opinions.integrity import integrity_as_csv, integrity_of
from participation.opinions.limits import LIMITS
from participation.opinions.map_drawing import draw_map
from participation.opinions.queries import places_in
from participation.opinions.reading import opinions_of
from participation.opinions.standing import Sureness, standing_of
from participation.participant_cookie import participant_here
from participation.permissions import Permission, anyone, for_consultation

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

pages = Blueprint("opinions", __name__, url_prefix="/<language>")


@pages.get("/how")
@anyone
def how() -> str:
    """The method, explained to the people it is about."""
    return render_template("opinions/how.html", limits=LIMITS)


@pages.get("/c/<slug>/opinions")
@for_consultation()
def show(consultation: Consultation) -> str:
    """What the latest analysis says, and the reader's own place in it; or why nobody may know that yet."""
    if consultation.hides_results:
        return render_template("opinions/hidden.html", consultation=consultation)
    participant = participant_here(consultation)
    opinions = opinions_of(consultation)
    return render_template(
        "opinions/show.html",
        consultation=consultation,
        opinions=opinions,
        standing=opinions and standing_of(consultation, participant, opinions),
        Sureness=Sureness,
        drawing=draw_map(
            places_in(consultation.id),
            participant.id if participant else None,
            number_of_groups=len(opinions.groups) if opinions else 0,
        ),
    )


@pages.get("/desk/c/<slug>/integrity")
@for_consultation(Permission.INTEGRITY_READ)
def integrity(consultation: Consultation) -> str:
    """What is conspicuous in the votes, in counts, and the results with and without it."""
    return render_template(
        "opinions/integrity.html", consultation=consultation, integrity=integrity_of(consultation)
    )


@pages.get("/desk/c/<slug>/integrity.csv")
@for_consultation(Permission.INTEGRITY_READ)
def integrity_csv(consultation: Consultation) -> Response:
    found = integrity_of(consultation) or abort(404)
    name = f"{consultation.slug}-integrity.csv"
    return Response(
        integrity_as_csv(found),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
