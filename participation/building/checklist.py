"""What would void a consultation if it were published as it is. Worked out whenever it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from participation.building.ready_made import LEFT_OPEN
from participation.consultations.models import TEXT_FIELDS, Admission
from participation.database import now
from participation.deployments.checking import completeness_of
from participation.i18n import name_of
from participation.mail.queries import settings_here
from participation.statements.models import Leaning, State
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

FEWEST_SEEDS = 10
FEWEST_ON_A_SIDE = 2
NAMES = {
    "title": _l("The title"),
    "question": _l("The question"),
    "summary": _l("What is proposed"),
    "decision_maker": _l("Who decides"),
    "still_open": _l("What can still change"),
    "use_of_answers": _l("How the answers will be used"),
    "moderation": _l("How statements are moderated"),
}


class Step(Enum):
    """The part of the work in which something is missing."""

    TEXTS = "texts"
    DATES = "dates"
    DOSSIER = "dossier"
    SEEDS = "seeds"
    PEOPLE = "people"


@dataclass(frozen=True)
class Blocker:
    """Something that is missing, in words, and where it is mended."""

    step: Step
    sentence: str


def blockers_of(consultation: Consultation) -> list[Blocker]:
    """Everything that stands in the way, in the order of the work."""
    seeds = seeds_of(consultation)
    return [
        *(Blocker(Step.TEXTS, words) for words in _texts(consultation)),
        *(Blocker(Step.TEXTS, words) for words in _left_open(consultation)),
        *(Blocker(Step.DATES, words) for words in _dates(consultation)),
        *(Blocker(Step.DOSSIER, words) for words in _dossier(consultation)),
        *(Blocker(Step.SEEDS, words) for words in (*_number(seeds), *_leanings(seeds))),
        *(Blocker(Step.SEEDS, words) for words in _translations(consultation, seeds)),
        *(Blocker(Step.PEOPLE, words) for words in _people(consultation)),
    ]


def seeds_of(consultation: Consultation) -> list[Statement]:
    """The first statements that people would vote on, by number."""
    return [seed for seed in statements_of(consultation.id, State.PUBLISHED) if seed.is_seed]


def _texts(consultation: Consultation) -> Iterator[str]:
    for name in TEXT_FIELDS:
        missing = [tag for tag in consultation.languages if not getattr(consultation.texts[tag], name)]
        if missing:
            languages = ", ".join(name_of(tag) for tag in missing)
            yield _("Not written yet: %(text)s (%(languages)s).", text=NAMES[name], languages=languages)


def _left_open(consultation: Consultation) -> Iterator[str]:
    for tag in consultation.languages:
        text = consultation.texts[tag]
        names = [str(words) for name, words in NAMES.items() if LEFT_OPEN.search(getattr(text, name) or "")]
        if names:
            yield _(
                "In %(language)s, brackets of the template still have to be filled in: %(texts)s.",
                language=name_of(tag),
                texts=", ".join(names),
            )


def _dates(consultation: Consultation) -> Iterator[str]:
    if consultation.closes_at <= now():
        yield _("The last day has passed. Please choose a later one.")
    if consultation.responds_by is None:
        yield _("Nobody has promised an answer by a day. People should know when they will hear back.")


def _dossier(consultation: Consultation) -> Iterator[str]:
    version = consultation.dossier_version
    if version is None:
        yield _("There is no dossier: people would vote without the facts about the AI system.")
    elif missing := len(completeness_of(version.content).missing):
        yield ngettext(
            "The dossier lacks %(num)s mandatory fact.", "The dossier lacks %(num)s mandatory facts.", missing
        )


def _number(seeds: Sequence[Statement]) -> Iterator[str]:
    if (lacking := FEWEST_SEEDS - len(seeds)) > 0:
        yield ngettext(
            "%(num)s more first statement is needed: under ten, the first visitors have too little to vote on.",
            "%(num)s more first statements are needed: under ten, the first visitors have too little to vote on.",
            lacking,
        )


def _leanings(seeds: Sequence[Statement]) -> Iterator[str]:
    if unmarked := sum(seed.leaning is None for seed in seeds):
        yield ngettext(
            "Of %(num)s first statement nobody has said which side it takes.",
            "Of %(num)s first statements nobody has said which side they take.",
            unmarked,
        )
        return
    for side, words in (
        (
            Leaning.FOR,
            _("Fewer than two first statements speak for the proposal: those in favour are not heard."),
        ),
        (
            Leaning.AGAINST,
            _("Fewer than two first statements speak against it: those opposed are not heard."),
        ),
    ):
        if seeds and sum(seed.leaning is side for seed in seeds) < FEWEST_ON_A_SIDE:
            yield words


def _translations(consultation: Consultation, seeds: Sequence[Statement]) -> Iterator[str]:
    for tag in consultation.languages:
        if missing := sum(tag not in seed.texts for seed in seeds):
            yield ngettext(
                "In %(language)s, %(num)s first statement has no text.",
                "In %(language)s, %(num)s first statements have no text.",
                missing,
                language=name_of(tag),
            )


def _people(consultation: Consultation) -> Iterator[str]:
    if consultation.admission is Admission.EMAIL and settings_here() is None:
        yield _(
            "People are to confirm an e-mail address, but this site cannot send mail: nobody could enter."
        )
