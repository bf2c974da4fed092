"""Fatima runs a consultation with sheets of paper; Omar moderates it and types them in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from participation.consultations.actions import make_member
from participation.organisations.models import Role
from participation.paper.actions import open_batch, print_sheets
from tests.builders import make_account, make_consultation

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.paper.models import PaperBatch

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 5)]
Sheets = list[tuple[str, list[int]]]


@pytest.fixture
def fatima(context: None) -> Account:  # noqa: ARG001 - the accounts need a database
    return make_account("Fatima")


@pytest.fixture
def omar(context: None) -> Account:  # noqa: ARG001 - the accounts need a database
    return make_account("Omar", may_create_consultations=False)


@pytest.fixture
def consultation(fatima: Account, omar: Account) -> Consultation:
    consultation = make_consultation(
        fatima, seeds=SEEDS, opens_in=timedelta(days=-20), languages=("en", "ar")
    )
    make_member(consultation, omar, Role.MODERATOR)
    return consultation


@pytest.fixture
def sheets(consultation: Consultation) -> Sheets:
    """Twelve sheets with three of the four statements each."""
    return print_sheets(consultation, number=12, on_each=3, language="ar")


@pytest.fixture
def batch(consultation: Consultation, omar: Account) -> PaperBatch:
    return open_batch(consultation, by=omar, place="Library", collected_on=consultation.opens_at.date())
