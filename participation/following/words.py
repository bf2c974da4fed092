"""What is said of each kind of event, in the language of the page or of the mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.following.timeline import Kind
from participation.formatting import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from participation.consultations.models import Consultation


@dataclass(frozen=True)
class Words:
    """A headline, a sentence or two, and where the reader goes from here.

    Args:
        title: what happened, without the consultation's title.
        text: plain text.
        action: what the link says.
        endpoint: the page that it leads to; its address takes the consultation's slug.

    """

    title: str
    text: str
    action: str
    endpoint: str = "consultations.show"


def words_for(kind: Kind, consultation: Consultation) -> Words:
    return WORDS[kind](consultation)


def _announced(consultation: Consultation) -> Words:
    return Words(
        _("A new consultation is announced"),
        _("You can take part from %(opens)s.", opens=day(consultation.first_moment)),
        _("Read what it is about"),
    )


def _opened(consultation: Consultation) -> Words:
    return Words(
        _("You can take part now"),
        _(
            "The consultation is open until %(until)s. No account is needed, and it takes about two minutes.",
            until=day(consultation.last_moment),
        ),
        _("Take part"),
    )


def _votes_only(consultation: Consultation) -> Words:
    return Words(
        _("From now on, votes only"),
        _(
            "No new statements are taken any more. You can vote on all of them until %(until)s.",
            until=day(consultation.last_moment),
        ),
        _("Take part"),
    )


def _closing(consultation: Consultation) -> Words:
    return Words(
        _("The consultation closes soon"),
        _(
            "You can take part until %(until)s. If you already have, you need not do anything.",
            until=day(consultation.last_moment),
        ),
        _("Take part"),
    )


def _closed(consultation: Consultation) -> Words:
    return Words(
        _("The consultation is closed"),
        _("The last day was %(until)s. The votes are being counted.", until=day(consultation.last_moment)),
        _("Look at the consultation"),
    )


def _outcome(_consultation: Consultation) -> Words:
    return Words(
        _("The outcome is there"),
        _(
            "The consultation is closed. You can read what all sides share, where people are divided, "
            "and how sure the result is."
        ),
        _("Read the outcome"),
        "outcomes.show",
    )


def _report(consultation: Consultation) -> Words:
    if consultation.responds_by is None:
        text = _("It says what was found, how sure that is, and what it cannot say.")
    else:
        text = _(
            "It says what was found, how sure that is, and what it cannot say. An answer is promised by %(day)s.",
            day=day(consultation.responds_by),
        )
    return Words(_("The report is published"), text, _("Read the report"), "reports.latest")


def _corrected(_consultation: Consultation) -> Words:
    return Words(
        _("The report was corrected"),
        _("There is another version of it now. It says why; the one before can still be read."),
        _("Read the report"),
        "reports.latest",
    )


WORDS: dict[Kind, Callable[[Consultation], Words]] = {
    Kind.ANNOUNCED: _announced,
    Kind.OPENED: _opened,
    Kind.VOTES_ONLY: _votes_only,
    Kind.CLOSING: _closing,
    Kind.CLOSED: _closed,
    Kind.OUTCOME: _outcome,
    Kind.REPORT: _report,
    Kind.CORRECTED: _corrected,
}
