"""Where people stand: the map, what all share, what divides, what is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from participation.opinions.limits import LIMITS
from participation.opinions.map_drawing import draw_map
from participation.opinions.queries import places_in
from participation.opinions.reading import opinions_of
from participation.opinions.standing import Sureness, standing_of
from participation.participant_cookie import participant_here
from participation.permissions import anyone, for_consultation

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
