"""A draft in which nothing is missing can be published; with any one thing gone, it cannot, and the list says why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from participation.building.checklist import Step, blockers_of
from participation.building.drafts import NotReadyError, publish_consultation
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from participation.statements.models import Leaning, StatementText
from participation.statements.queries import statements_of
from tests.builders import make_ready_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from participation.consultations.models import Consultation

pytestmark = pytest.mark.usefixtures("context")


def nobody_decides(draft: Consultation) -> None:
    draft.texts["fr"].decision_maker = ""


def nobody_answers_by_a_day(draft: Consultation) -> None:
    draft.responds_by = None


def there_is_no_dossier(draft: Consultation) -> None:
    draft.dossier_version = None


def the_dossier_has_a_gap(draft: Consultation) -> None:
    *_earlier, content = load_dossier(now().date())
    fields = {key: value for key, value in content["fields"].items() if key != "decision_body"}
    draft.dossier_version = publish_version(save_draft({**content, "slug": "gaps", "fields": fields}))


def there_are_nine_seeds(draft: Consultation) -> None:
    db.session.delete(statements_of(draft.id)[2])


def all_speak_for_it(draft: Consultation) -> None:
    for seed in statements_of(draft.id):
        seed.leaning = Leaning.FOR


def all_speak_against_it(draft: Consultation) -> None:
    for seed in statements_of(draft.id):
        seed.leaning = Leaning.AGAINST


def nobody_said_which_side(draft: Consultation) -> None:
    statements_of(draft.id)[0].leaning = None


def a_seed_has_no_french(draft: Consultation) -> None:
    seed = statements_of(draft.id)[0]
    del seed.texts["fr"]


def a_text_has_no_french(draft: Consultation) -> None:
    draft.texts["fr"].summary = ""


def there_is_no_policy(draft: Consultation) -> None:
    draft.texts["en"].moderation = ""


def brackets_are_left(draft: Consultation) -> None:
    draft.texts["en"].summary = "The city proposes [… what]."


def the_last_day_has_passed(draft: Consultation) -> None:
    draft.opens_at, draft.closes_at = now() - timedelta(days=2), now() - timedelta(hours=1)


CASES = {
    nobody_decides: (Step.TEXTS, "Not written yet: Who decides (French)."),
    nobody_answers_by_a_day: (Step.DATES, "Nobody has promised an answer by a day."),
    there_is_no_dossier: (Step.DOSSIER, "There is no dossier"),
    the_dossier_has_a_gap: (Step.DOSSIER, "The dossier lacks 1 mandatory fact."),
    there_are_nine_seeds: (Step.SEEDS, "1 more first statement is needed"),
    all_speak_for_it: (Step.SEEDS, "Fewer than two first statements speak against it"),
    all_speak_against_it: (Step.SEEDS, "Fewer than two first statements speak for the proposal"),
    nobody_said_which_side: (Step.SEEDS, "Of 1 first statement nobody has said which side it takes."),
    a_seed_has_no_french: (Step.SEEDS, "In French, 1 first statement has no text."),
    a_text_has_no_french: (Step.TEXTS, "Not written yet: What is proposed (French)."),
    there_is_no_policy: (Step.TEXTS, "Not written yet: How statements are moderated (English)."),
    brackets_are_left: (Step.TEXTS, "brackets of the template still have to be filled in"),
    the_last_day_has_passed: (Step.DATES, "The last day has passed."),
}


@pytest.fixture
def ready() -> Consultation:
    """A draft in two languages in which nothing is missing."""
    draft = make_ready_draft(languages=("en", "fr"))
    for seed in statements_of(draft.id):
        seed.texts["fr"] = StatementText(language="fr", text=f"Affirmation {seed.number}.")
    db.session.commit()
    return draft


def test_with_nothing_missing_it_is_published(ready: Consultation) -> None:
    assert blockers_of(ready) == []
    publish_consultation(ready)
    assert ready.is_published


@pytest.mark.parametrize("spoil", CASES, ids=lambda spoil: spoil.__name__)
def test_one_thing_missing_keeps_it_from_being_published(
    ready: Consultation, spoil: Callable[[Consultation], None]
) -> None:
    spoil(ready)
    db.session.commit()
    step, words = CASES[spoil]
    (blocker,) = blockers_of(ready)
    assert blocker.step is step
    assert words in blocker.sentence
    with pytest.raises(NotReadyError):
        publish_consultation(ready)
    assert not ready.is_published
