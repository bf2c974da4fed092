"""What is said of a finding: its number and kind, and the counts that it rests on, as whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number, share
from participation.outcomes.findings import voice_shares
from participation.outcomes.models import FindingKind

if TYPE_CHECKING:
    from collections.abc import Mapping

LETTERS = "ABCDE"
CHOICES = ("agree", "disagree", "pass")


def label(found: Mapping[str, Any]) -> str:
    """Its number and kind, as a sentence."""
    sentences = {
        FindingKind.SHARED_AGREEMENT: _("Finding %(number)s: shared agreement."),
        FindingKind.SHARED_DISAGREEMENT: _("Finding %(number)s: shared disagreement."),
        FindingKind.DIVIDES: _("Finding %(number)s: it divides."),
        FindingKind.UNCERTAIN: _("Finding %(number)s: many are unsure."),
        FindingKind.MINORITY: _("Finding %(number)s: the view of a small group."),
    }
    return str(sentences[FindingKind(found["kind"])]) % {"number": number(found["number"])}


def why(found: Mapping[str, Any], analysis: Mapping[str, Any], result: dict[str, Any]) -> str:
    """The counts that a finding rests on, as sentences."""
    kind = FindingKind(found["kind"])
    counts = {
        "votes": number(result["votes"]),
        "bound": share(found["measure"]),
        "certainty": share(0.95),
        **{choice: share(result[choice]["share"]) for choice in CHOICES},
    }
    if kind is FindingKind.MINORITY:
        return _why_of_minority(found, analysis, result, counts)
    return _why(kind, has_groups=bool(analysis["groups"])) % counts


def _why_of_minority(
    found: Mapping[str, Any],
    analysis: Mapping[str, Any],
    result: dict[str, Any],
    counts: Mapping[str, str],
) -> str:
    voices = analysis["groups"][found["group"]]["voices"]
    voice = next(each for each in voices if each["statement_id"] == found["statement_id"])
    here, elsewhere = voice_shares(voice, found["group"], result)
    shares = {
        "letter": LETTERS[found["group"]],
        "here": share(here),
        "elsewhere": share(elsewhere),
        "votes": counts["votes"],
    }
    if voice["direction"] == "agree":
        sentence = _(
            "It sets group %(letter)s apart, to which fewer than a third of the people belong: about %(here)s "
            "of it agree, and %(elsewhere)s of the others. There are %(votes)s votes on it in all."
        )
    else:
        sentence = _(
            "It sets group %(letter)s apart, to which fewer than a third of the people belong: about %(here)s "
            "of it disagree, and %(elsewhere)s of the others. There are %(votes)s votes on it in all."
        )
    return str(sentence) % shares


def _why(kind: FindingKind, *, has_groups: bool) -> str:
    sentences: dict[tuple[FindingKind, bool], str] = {
        (FindingKind.SHARED_AGREEMENT, True): _(
            "%(agree)s of %(votes)s votes agree. In every group, at least %(bound)s of those who take a side agree, "
            "with %(certainty)s certainty."
        ),
        (FindingKind.SHARED_AGREEMENT, False): _(
            "%(agree)s of %(votes)s votes agree. At least %(bound)s of those who take a side agree, "
            "with %(certainty)s certainty."
        ),
        (FindingKind.SHARED_DISAGREEMENT, True): _(
            "%(disagree)s of %(votes)s votes disagree. In every group, at least %(bound)s of those who take a side "
            "disagree, with %(certainty)s certainty."
        ),
        (FindingKind.SHARED_DISAGREEMENT, False): _(
            "%(disagree)s of %(votes)s votes disagree. At least %(bound)s of those who take a side disagree, "
            "with %(certainty)s certainty."
        ),
        (FindingKind.DIVIDES, True): _(
            "%(agree)s of %(votes)s votes agree and %(disagree)s disagree. The share that agrees differs by about "
            "%(bound)s between two groups."
        ),
        (FindingKind.DIVIDES, False): _(
            "%(agree)s of %(votes)s votes agree and %(disagree)s disagree: many stand on either side."
        ),
        (FindingKind.UNCERTAIN, has_groups): _(
            "%(pass)s of %(votes)s votes are a pass: many do not know, or say that it depends."
        ),
    }
    return sentences[kind, has_groups]
