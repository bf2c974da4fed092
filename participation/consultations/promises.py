"""What people are promised before they take part, as sentences: on pages, in forms and in the data itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


def votes_in_words(consultation: Consultation) -> str:
    """What becomes of the single votes when it closes."""
    if consultation.publishes_votes:
        return str(
            _(
                "When it closes, the single votes are published under new random numbers and without times, "
                "so that anyone can check the result."
            )
        )
    return str(
        _(
            "When it closes, only counts are published: of each statement with five votes or more, how many agreed, "
            "disagreed and passed. Researchers can ask those who run it for the single votes, under random numbers "
            "and on terms that everybody can read; how often that was granted is public."
        )
    )
