"""Every story begins with empty mailboxes and a consultation that is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.database import db
from tests.builders import make_consultation

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation


@pytest.fixture(autouse=True)
def empty_mailboxes(app: Flask) -> None:
    for file in app.extensions["baraza_config"].mail.way.glob("*.eml"):
        file.unlink()


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    """Open since yesterday, for a week."""
    with app.app_context():
        consultation = make_consultation(languages=("en", "ar"))
        consultation.published_at = consultation.opens_at
        db.session.commit()
        return consultation
