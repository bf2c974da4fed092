"""The people who took part before one could have several browsers are still themselves afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.models import HeldCredential
from participation.database import db
from participation.statements.queries import statements_of
from participation.votes.models import Vote
from tests.builders import make_consultation, make_votes

if TYPE_CHECKING:
    from flask import Flask


def test_everybody_keeps_their_browser_and_their_votes(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        make_votes(consultation, statements_of(consultation.id)[0], [Choice.AGREE] * 3)
        held = select(HeldCredential.participant_id, HeldCredential.secret_hash)
        before = set(db.session.execute(held).all())
        db.session.remove()
        downgrade(revision="0001")
        upgrade()
        assert set(db.session.execute(held).all()) == before
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 3
