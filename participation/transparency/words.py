"""What entries of the log say, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from participation.formatting import number
from participation.moderation.forms import OUTCOMES, REASONS, VERDICTS
from participation.moderation.models import Outcome, Reason, Verdict
from participation.organisations.models import Role
from participation.organisations.words import ROLE_NAMES
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask_babel import LazyString

    from participation.transparency.models import LogEntry

    Facts = Mapping[str, Any]

#: What a setting is now, by its name and value.
SETTINGS: Mapping[tuple[str, object], LazyString] = {
    ("shows_interim_results", True): _l("From now on, results can be read while people vote."),
    ("shows_interim_results", False): _l("From now on, results are hidden until the consultation closes."),
    ("publishes_votes", True): _l(
        "From now on, the single votes are to be published after closing, under random numbers."
    ),
    ("publishes_votes", False): _l("From now on, only counts of many votes are to be published."),
    ("admission", "open"): _l("From now on, everybody may take part."),
    ("admission", "code"): _l("From now on, only people with an invitation code may take part."),
    ("admission", "email"): _l("From now on, only people who confirm an e-mail address may take part."),
}


def sentence(entry: LogEntry) -> str:
    """What happened, as one or two sentences. An entry that was altered may hold anything, so nothing is expected."""
    try:
        return str(SENTENCES[entry.kind](entry.facts))
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return str(_("This entry holds other facts than an entry of its kind."))


def _setting(facts: Facts) -> str:
    if facts["setting"] == "dossier":
        return str(
            _(
                "What people read before they vote is now version %(version)s of the dossier “%(dossier)s”.",
                version=number(facts["version"]),
                dossier=facts["value"],
            )
        )
    if facts["setting"] == "texts":
        return str(_("Those who run the consultation corrected its texts. The page says what and why."))
    return str(SETTINGS[facts["setting"], facts["value"]])


def _decision(facts: Facts) -> str:
    parts = [
        _(
            "Statement %(number)s: %(decision)s.",
            number=facts["statement"],
            decision=VERDICTS[Verdict(facts["verdict"])],
        )
    ]
    if facts["reason"]:
        parts.append(REASONS[Reason(facts["reason"])])
    if facts["successors"]:
        parts.append(_("In its place: %(numbers)s.", numbers=", ".join(map(str, facts["successors"]))))
    if facts["role"]:
        parts.append(_("Decided by: %(role)s.", role=ROLE_NAMES[Role(facts["role"])]))
    return " ".join(str(part) for part in parts)


def _answered(facts: Facts) -> str:
    return str(
        _(
            "A second look at statement %(number)s: %(outcome)s.",
            number=facts["statement"],
            outcome=OUTCOMES[Outcome(facts["outcome"])],
        )
    )


def _published(facts: Facts) -> str:
    return str(
        ngettext(
            "The consultation was published, with %(count)s first statement.",
            "The consultation was published, with %(count)s first statements.",
            facts["statements"],
            count=number(facts["statements"]),
        )
    )


def _committed(facts: Facts) -> str:
    return str(
        ngettext(
            "A commitment to %(count)s vote was written down.",
            "Commitments to %(count)s votes were written down.",
            facts["votes"],
            count=number(facts["votes"]),
        )
    )


def _counted(facts: Facts) -> str:
    return str(
        ngettext(
            "The count after closing: %(count)s vote counts.",
            "The count after closing: %(count)s votes count.",
            facts["votes"],
            count=number(facts["votes"]),
        )
    )


def _paper(facts: Facts) -> str:
    return str(
        ngettext(
            "A batch of %(count)s paper sheet was counted.",
            "A batch of %(count)s paper sheets was counted.",
            facts["sheets"],
            count=number(facts["sheets"]),
        )
    )


def _codes(facts: Facts) -> str:
    return str(
        ngettext(
            "%(count)s invitation code was made.",
            "%(count)s invitation codes were made.",
            facts["codes"],
            count=number(facts["codes"]),
        )
    )


def _codes_withdrawn(facts: Facts) -> str:
    return str(
        ngettext(
            "%(count)s invitation code that nobody had used was withdrawn.",
            "%(count)s invitation codes that nobody had used were withdrawn.",
            facts["codes"],
            count=number(facts["codes"]),
        )
    )


SENTENCES: Mapping[Kind, Callable[[Facts], object]] = {
    Kind.SIGNING_KEY: lambda _facts: _("From here on the log is signed with a new key."),
    Kind.DOSSIER_PUBLISHED: lambda facts: _(
        "Version %(version)s of the dossier “%(dossier)s” was published.",
        version=number(facts["version"]),
        dossier=facts["dossier"],
    ),
    Kind.CONSULTATION_PUBLISHED: _published,
    Kind.CONSULTATION_OPENED: lambda facts: (
        _("The consultation opened on its date.")
        if facts["by"] == "date"
        else _("The consultation was opened by those who run it.")
    ),
    Kind.CONSULTATION_CLOSED: lambda facts: (
        _("The consultation closed on its date.")
        if facts["by"] == "date"
        else _("The consultation was closed by those who run it.")
    ),
    Kind.SETTING_CHANGED: _setting,
    Kind.STATEMENT_DECIDED: _decision,
    Kind.STATEMENT_REWORDED: lambda facts: _(
        "The author of statement %(number)s said it in other words.", number=facts["statement"]
    ),
    Kind.APPEAL_MADE: lambda facts: _(
        "The author of statement %(number)s asked for a second look.", number=facts["statement"]
    ),
    Kind.APPEAL_ANSWERED: _answered,
    Kind.CODES_ISSUED: _codes,
    Kind.CODES_WITHDRAWN: _codes_withdrawn,
    Kind.PAPER_COUNTED: _paper,
    Kind.PAPER_WITHDRAWN: lambda _facts: _("A batch of paper sheets was withdrawn before it was counted."),
    Kind.VOTES_COMMITTED: _committed,
    Kind.VOTES_COUNTED: _counted,
    Kind.REPORT_PUBLISHED: lambda facts: _(
        "Version %(version)s of the report was published.", version=number(facts["version"])
    ),
    Kind.PACKAGE_MADE: lambda facts: (
        _(
            "The data of version %(version)s of the report were made anew, under another fingerprint.",
            version=number(facts["version"]),
        )
        if facts["anew"]
        else _("The data of version %(version)s of the report were made.", version=number(facts["version"]))
    ),
    Kind.ANSWER_GIVEN: lambda facts: _(
        "The authority answered finding %(number)s.", number=number(facts["finding"])
    ),
    Kind.MILESTONE_CHANGED: lambda facts: _(
        "Milestone %(number)s was set or changed.", number=number(facts["milestone"])
    ),
    Kind.DECISION_RECORDED: lambda _facts: _("The decision about the AI system was recorded."),
    Kind.REQUEST_GRANTED: lambda _facts: _("A researcher's request for the single votes was granted."),
    Kind.REQUEST_REFUSED: lambda _facts: _("A researcher's request for the single votes was refused."),
    Kind.REQUEST_FETCHED: lambda facts: (
        _("A researcher fetched the single votes that were granted.")
        if facts["votes"]
        else _("A researcher fetched the file that was granted. The single votes were not in it.")
    ),
}
