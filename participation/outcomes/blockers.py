"""What stands in the way of publishing a report. Worked out whenever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.i18n import LANGUAGES, name_of
from participation.monitoring.queries import unweighed_consultations
from participation.opinions.queries import has_final_analysis
from participation.paper.queries import open_batches_of, takes_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.consultations.models import Consultation


def blockers_of(consultation: Consultation) -> list[str]:
    """Each as a sentence that says what to do; none if the report can be published."""
    return list(_blockers(consultation))


def _blockers(consultation: Consultation) -> Iterator[str]:
    if not consultation.is_closed:
        yield _("The consultation is not closed. Its report can be published once nobody can vote any more.")
    elif not has_final_analysis(consultation) or consultation.id in unweighed_consultations():
        yield _(
            "The last votes are still being counted. This takes the worker a few minutes; look at this page again then."
        )
    if open_batches_of(consultation.id):
        yield _("A batch of paper votes is still open. Close it, so that they count, or withdraw it.")
    if not consultation.texts[consultation.main_language].decision_maker:
        yield _("Nobody has said who decides. Without a decision maker nobody could answer the report.")


def hints_of(consultation: Consultation) -> list[str]:
    """What does not stand in the way, but is better known before."""
    hints = []
    if takes_paper(consultation):
        hints.append(_("Votes on paper can be typed in until the report is published, and no longer."))
    if consultation.responds_by is None:
        hints.append(_("No day was promised for the answer. The report will say so."))
    if silent := [name_of(tag) for tag in consultation.languages if tag not in LANGUAGES]:
        hints.append(_("The report cannot be made in: %(languages)s.", languages=", ".join(silent)))
    return hints
