"""Which words may be shown nowhere any more: those taken out for a grave reason, unless their author was right."""

from __future__ import annotations

import pytest

from participation.consultations.actions import close_consultation
from participation.moderation.actions import decide
from participation.moderation.appealing import answer_appeal, appeal
from participation.moderation.models import Outcome, Reason, Verdict
from participation.outcomes.queries import removed_since
from participation.statements.actions import submit_statement
from participation.tokens import hash_of
from tests.builders import make_account, make_consultation, make_participant


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_whose_author_was_right_may_be_read_though_it_is_too_late_to_vote(outcome: Outcome | None) -> None:
    fatima, omar = make_account("Fatima"), make_account("Omar")
    consultation = make_consultation(fatima)
    author = make_participant(consultation)
    statement = submit_statement(
        consultation, author, "My street needs no model.", "en", receipt_hash=hash_of("a receipt")
    )
    decide(consultation, statement, Verdict.REJECT, by=fatima, reason=Reason.PERSONAL_DATA)
    made = appeal(consultation, statement, "It names nobody.")
    close_consultation(consultation)
    if outcome:
        answer_appeal(consultation, made, outcome, "We looked again.", by=omar)
    assert removed_since(consultation.id) == (set() if outcome is Outcome.OVERTURNED else {statement.number})
