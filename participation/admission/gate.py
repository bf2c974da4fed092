"""Whether whoever is at the screen has to show a code, or confirm an address, before they take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for

from participation.consultations.models import Admission
from participation.participant_cookie import participant_here

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation


ENTRANCES = {Admission.CODE: "admission.enter_with_code", Admission.EMAIL: "by_mail.ask"}


def to_the_gate(consultation: Consultation) -> Response | None:
    """The way to the page on which people enter, for those who have to; None for everybody else."""
    if consultation.admission is Admission.OPEN or participant_here(consultation):
        return None
    return redirect(url_for(ENTRANCES[consultation.admission], slug=consultation.slug))
