"""Setting up the demonstration: a consultation in a made-up city, with made-up people who say so."""

from __future__ import annotations

import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import insert

from deliberation.ballot import Choice
from participation.accounts.actions import add_account
from participation.consultations.actions import create_consultation
from participation.consultations.models import (
    TEXT_FIELDS,
    Consultation,
    ConsultationText,
    Membership,
    Participant,
)
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.demonstration.about_people import add_answers
from participation.demonstration.content import load_content
from participation.demonstration.dossier import load_dossier
from participation.demonstration.simulation import DEMONSTRATION_SEED, simulate
from participation.deployments.actions import add_draft, add_version
from participation.moderation.models import Decision, Reason, RuleText, Verdict
from participation.organisations.actions import found_organisation
from participation.organisations.models import Kind, Role
from participation.statements.models import Leaning, Origin, State, Statement, StatementText
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from participation.accounts.models import Account
    from participation.demonstration import content as written
    from participation.demonstration.content import Content
    from participation.demonstration.simulation import Simulation
    from participation.deployments.models import DossierVersion

FACILITATOR = "facilitator@velmora.example"
OFFICIAL = "official@velmora.example"


def load_demonstration() -> list[str]:
    """Set the demonstration up, unless it is there; returns its sign-ins, a line each."""
    content = load_content()
    file = current_app.extensions["baraza_config"].instance / "demonstration.json"
    if consultation_by_slug(content.slug) is None:
        sign_ins = {FACILITATOR: secrets.token_urlsafe(12), OFFICIAL: secrets.token_urlsafe(12)}
        _set_up(content, sign_ins)
        _keep(file, sign_ins)
    sign_ins = json.loads(file.read_text()) if file.exists() else {}
    return [f"{email}  {password}" for email, password in sign_ins.items()]


def _keep(file: Path, sign_ins: Mapping[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(sign_ins))


def _set_up(content: Content, sign_ins: Mapping[str, str]) -> None:
    facilitator = add_account(
        FACILITATOR, "Facilitator of Velmora", sign_ins[FACILITATOR], may_create_consultations=True
    )
    official = add_account(OFFICIAL, "Official of Velmora", sign_ins[OFFICIAL])
    run(content, facilitator, official, _dossier(now().date(), facilitator))


def run(
    content: Content,
    facilitator: Account,
    official: Account,
    version: DossierVersion,
    *,
    people: int = 400,
    seed: int = DEMONSTRATION_SEED,
) -> Consultation:
    """A consultation with its made-up people, statements and votes."""
    consultation = _consultation(content, facilitator, official, version)
    db.session.add_all(
        RuleText(consultation_id=consultation.id, language=tag, text=dossier.good_statement)
        for tag, dossier in content.dossiers.items()
    )
    simulation = simulate(content.statements, seed=seed, people=people)
    ids = _people(consultation, simulation)
    add_answers(consultation, content.dossiers, ids)
    statements = _statements(consultation, content, simulation, ids)
    _decisions(content, statements, facilitator)
    _votes(consultation, simulation, ids, statements)
    db.session.commit()
    return consultation


def _consultation(
    content: Content, facilitator: Account, official: Account, version: DossierVersion
) -> Consultation:
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    consultation = create_consultation(
        facilitator,
        slug=content.slug,
        main_language=content.main_language,
        texts={
            tag: ConsultationText(language=tag, **{name: getattr(dossier, name) for name in TEXT_FIELDS})
            for tag, dossier in content.dossiers.items()
        },
        opens_at=midnight + timedelta(days=content.opens_in_days),
        closes_at=midnight + timedelta(days=content.closes_in_days),
        organisation=version.deployment.organisation,
        responds_by=midnight.date() + timedelta(days=content.responds_in_days),
        dossier_version=version,
        publishes_votes=True,
        is_demonstration=True,
    )
    consultation.published_at = consultation.opens_at
    db.session.add(Membership(consultation_id=consultation.id, account_id=official.id, role=Role.OFFICIAL))
    return consultation


def _dossier(today: date, facilitator: Account) -> DossierVersion:
    """Two versions, so that there is a difference to read; people vote on the second, and the city may edit."""
    for content in load_dossier(today):
        version = add_version(add_draft(content))
    owner, country = version.content["owner"], version.content["country"]
    city = found_organisation(facilitator, name=owner, kind=Kind.CITY, country=country)
    version.deployment.organisation = city
    return version


def _people(consultation: Consultation, simulation: Simulation) -> list[int]:
    people = [
        Participant(consultation_id=consultation.id, language=person.language) for person in simulation.people
    ]
    db.session.add_all(people)
    db.session.flush()
    return [person.id for person in people]


def _statements(
    consultation: Consultation, content: Content, simulation: Simulation, people: list[int]
) -> list[Statement]:
    statements = [
        Statement(
            consultation_id=consultation.id,
            number=index + 1,
            language=statement.language,
            state=State(statement.state),
            is_seed=statement.author == "seed",
            leaning=Leaning(statement.leaning) if statement.author == "seed" else None,
            author_id=people[simulation.authors[index]] if index in simulation.authors else None,
            written_at=_time_at(consultation, statement.arrival),
            texts=_texts(statement, _time_at(consultation, statement.arrival)),
        )
        for index, statement in enumerate(content.statements)
    ]
    db.session.add_all(statements)
    db.session.flush()
    return statements


def _texts(statement: written.Statement, made_at: datetime) -> dict[str, StatementText]:
    """In all languages: first statements translated by people and checked, participants' ones by machine."""
    is_seed = statement.author == "seed"
    return {
        tag: StatementText(
            language=tag,
            text=text,
            made_at=made_at,
            made_from=None if tag == statement.language else statement.texts[statement.language],
            origin=Origin.PERSON if is_seed or tag == statement.language else Origin.MACHINE,
            reviewed_at=made_at if is_seed and tag != statement.language else None,
        )
        for tag, text in statement.texts.items()
    }


def _decisions(content: Content, statements: list[Statement], facilitator: Account) -> None:
    for source, statement in zip(content.statements, statements, strict=True):
        if statement.is_seed or statement.state is State.WAITING:
            continue
        rejected = statement.state is State.REJECTED
        db.session.add(
            Decision(
                statement_id=statement.id,
                account_id=facilitator.id,
                role=Role.FACILITATOR,
                verdict=Verdict.REJECT if rejected else Verdict.ACCEPT,
                reason=Reason(source.reason) if source.reason else None,
                decided_at=statement.written_at,
            )
        )


def _votes(
    consultation: Consultation, simulation: Simulation, people: list[int], statements: list[Statement]
) -> None:
    rows = [
        {
            "consultation_id": consultation.id,
            "participant_id": people[vote.person],
            "statement_id": statements[vote.statement].id,
            "choice": vote.choice,
            # Made up too: about one vote in seven, spread evenly.
            "is_important": vote.choice is not Choice.PASS and (3 * vote.person + vote.statement) % 7 == 0,
            "cast_at": _time_at(consultation, vote.time).replace(second=0, microsecond=0),
        }
        for vote in simulation.votes
    ]
    db.session.execute(insert(Vote), rows)


def _time_at(consultation: Consultation, share: float) -> datetime:
    """The moment after a share of the time between opening and now, or closing."""
    return consultation.opens_at + share * (min(now(), consultation.closes_at) - consultation.opens_at)
