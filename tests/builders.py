"""Row makers: each gives something sensible unless a test says otherwise."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import count, cycle
from typing import TYPE_CHECKING

from sqlalchemy import insert

from deliberation.ballot import Choice
from participation.accounts.actions import create_account
from participation.consultations.actions import create_consultation, join
from participation.consultations.models import Channel, Consultation, ConsultationText, Participant
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version
from participation.deployments.actions import save_draft as store_dossier
from participation.deployments.queries import version_of
from participation.following.actions import ask_to_follow, confirm
from participation.following.queries import subscription_of
from participation.mail.actions import forget_recipient
from participation.outcomes.models import Finding, FindingKind, Report
from participation.questions.actions import add_question
from participation.questions.models import QuestionText
from participation.statements.actions import add_seed
from participation.statements.models import Leaning
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from participation.accounts.models import Account
    from participation.deployments.models import DossierVersion
    from participation.following.models import Subscription
    from participation.questions.models import Question
    from participation.statements.models import Statement

PASSWORD = "a good long sentence"
numbers = count(1)


def make_account(name: str = "Fatima", *, may_create_consultations: bool = True) -> Account:
    return create_account(
        f"{name.lower()}{next(numbers)}@city.example",
        name,
        PASSWORD,
        may_create_consultations=may_create_consultations,
    )


def make_consultation(
    facilitator: Account | None = None,
    *,
    languages: Sequence[str] = ("en",),
    seeds: Sequence[str] = ("A person should decide.", "Errors should be published.", "It costs too much."),
    opens_in: timedelta = timedelta(days=-1),
    closes_in: timedelta = timedelta(days=7),
    published: bool = True,
    shows_interim_results: bool = True,
    publishes_votes: bool = True,
) -> Consultation:
    """An open consultation with three statements."""
    consultation = create_consultation(
        facilitator,
        slug=f"welfare-{next(numbers)}",
        main_language=languages[0],
        texts={
            tag: ConsultationText(
                language=tag,
                title=f"Should a model rank applications? ({tag})",
                question="May the city use a model to choose whose application is checked first?",
                summary="## What is proposed\n\nA model ranks applications. A person decides.\n\n## Why\n\nIt is new.",
                decision_maker="The city council",
                still_open="Whether it is used at all.",
                use_of_answers="The council answers each main result.",
                moderation="Facilitators publish what is about the question.",
            )
            for tag in languages
        },
        opens_at=now() + opens_in,
        closes_at=now() + closes_in,
        shows_interim_results=shows_interim_results,
        publishes_votes=publishes_votes,
    )
    consultation.published_at = now() if published else None
    for text in seeds:
        add_seed(consultation, text, languages[0])
    db.session.commit()
    return consultation


def make_ready_draft(
    facilitator: Account | None = None, *, languages: Sequence[str] = ("en",)
) -> Consultation:
    """A draft in which nothing is missing, on days to come."""
    draft = make_consultation(
        facilitator,
        seeds=[f"Statement number {number} is about the model." for number in range(1, 11)],
        opens_in=timedelta(days=2),
        published=False,
        languages=languages,
    )
    draft.dossier_version = make_dossier()
    draft.responds_by = (now() + timedelta(days=60)).date()
    for seed, leaning in zip(statements_of(draft.id), cycle(Leaning), strict=False):
        seed.leaning = leaning
    db.session.commit()
    return draft


def make_dossier() -> DossierVersion:
    """Complete, and the same again if it is there."""
    *_earlier, content = load_dossier(now().date())
    return version_of(content["slug"]) or publish_version(store_dossier(content))


def make_participant(
    consultation: Consultation, language: str = "en", channel: Channel = Channel.ONLINE
) -> Participant:
    participant = join(consultation.id, next(numbers).to_bytes(32, "big"), language, channel)
    db.session.commit()
    return participant


def make_follower(
    consultation: Consultation,
    *,
    confirmed: bool = True,
    language: str = "en",
    wants_reminder: bool = False,
) -> Subscription:
    """Somebody with an address of their own; the mail that asked them is taken as read."""
    email = f"follower{next(numbers)}@home.example"
    ask_to_follow(consultation, email, language=language, wants_reminder=wants_reminder)
    forget_recipient(email)
    reader = subscription_of(consultation.id, email)
    assert reader is not None
    return confirm(reader.handle) if confirmed else reader


def make_question(
    consultation: Consultation,
    text: str = "How old are you?",
    choices: Sequence[str] = ("Under 30", "30 to 59", "60 or over"),
) -> Question:
    """A question in each of the consultation's languages."""
    texts = {
        tag: QuestionText(language=tag, text=text, reason="To see who took part.", choices=list(choices))
        for tag in consultation.languages
    }
    return add_question(consultation, texts)


def make_votes(consultation: Consultation, statement: Statement, choices: Sequence[Choice]) -> None:
    """One new participant for each choice."""
    for choice in choices:
        cast_vote(consultation, make_participant(consultation).id, statement.id, choice)


def make_camps(consultation: Consultation, *, people: int) -> None:
    """Two camps that vote apart on every second statement, together on the others, and now and then pass."""
    statements = statements_of(consultation.id)
    choices = random.Random(0)  # noqa: S311 - votes of people who do not exist
    joined = [join(consultation.id, next(numbers).to_bytes(32, "big"), "en").id for _person in range(people)]
    votes = [
        {
            "consultation_id": consultation.id,
            "participant_id": participant_id,
            "statement_id": statement.id,
            "choice": _says(camp=place % 2, index=index, luck=choices.random()),
            "cast_at": now(),
        }
        for place, participant_id in enumerate(joined)
        for index, statement in enumerate(statements)
    ]
    db.session.execute(insert(Vote), votes)
    db.session.commit()


def _says(*, camp: int, index: int, luck: float) -> Choice:
    if luck < (0.5 if index % 5 == 4 else 0.05):
        return Choice.PASS
    return Choice.DISAGREE if index % 2 and camp else Choice.AGREE


def move_closing(consultation: Consultation, moment: datetime) -> None:
    consultation.closes_at = moment
    db.session.commit()


def make_findings(consultation: Consultation, *kinds: FindingKind) -> list[Finding]:
    """A first version of the report with a finding about each of the first statements."""
    report = Report(consultation_id=consultation.id, number=1, facts={}, words={}, sha256="0" * 64)
    db.session.add(report)
    db.session.flush()
    statements = statements_of(consultation.id)
    findings = [
        Finding(
            consultation_id=consultation.id,
            number=number,
            kind=kind,
            statement_id=statement.id,
            report_id=report.id,
        )
        for number, (kind, statement) in enumerate(zip(kinds, statements, strict=False), start=1)
    ]
    db.session.add_all(findings)
    db.session.commit()
    return findings
