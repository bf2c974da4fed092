"""What a result cannot say is said where it holds, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.models import Admission
from participation.i18n import speaking
from participation.outcomes.limits import RULES, limits_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from participation.outcomes.facts import Facts

pytestmark = pytest.mark.usefixtures("speaker")


def said(facts: Facts) -> str:
    with speaking("en"):
        return "\n".join(limits_of(facts))


def _make(path: str, value: object) -> Callable[[Facts], None]:
    *way, last = path.split(".")

    def change(facts: Facts) -> None:
        place = facts
        for step in way:
            place = place[step]
        place[last] = value

    return change


#: A change of the facts, and the words that hold after it and did not before.
STORIES = {
    "made up": (_make("consultation.is_demonstration", True), "made up"),
    "invited": (_make("consultation.admission", "code"), "Only invited people"),
    "several codes": (_make("consultation.admission", "code"), "Somebody with several codes"),
    "had an address": (_make("consultation.admission", "email"), "chose to do so, and had an e-mail address"),
    "several addresses": (_make("consultation.admission", "email"), "Somebody with several e-mail addresses"),
    "three people": (_make("analysis.number_of_participants", 3), "Only 3 people's votes"),
    "eighty people": (_make("analysis.number_of_participants", 80), "The votes of 80 people"),
    "nobody was asked": (_make("answers.questions", []), "not asked about themselves"),
    "half was seen": (_make("participation.coverage", 0.5), "a person saw 50% of them"),
    "came late": (_make("participation.under_seen", [4]), "1 statement was seen by less"),
    "no groups": (_make("analysis.groups", []), "people differ by degree"),
    "rejected": (_make("participation.returned", 7), "were not put to the vote"),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_limit_is_said_where_its_condition_holds(facts: Facts, name: str) -> None:
    facts["participation"] |= {"coverage": 1.0, "rejected": 0, "merged": 0}
    facts["analysis"]["number_of_participants"] = 400
    change, words = STORIES[name]
    assert words not in said(facts)
    change(facts)
    assert words in said(facts)


def test_a_small_group_and_a_fragile_one_are_told(facts: Facts) -> None:
    first, second = facts["analysis"]["groups"]
    first["size"] = second["size"] = 40
    facts["analysis"]["sensitivity"] = []
    assert "low sample" not in said(facts)
    first["size"] = 12
    facts["analysis"]["sensitivity"] = [{"likeness": 0.1}]
    for words in ("1 group has fewer than 30", "would give other groups"):
        assert words in said(facts)


def test_what_is_withheld_is_said_exactly_and_so_is_what_is_told(facts: Facts) -> None:
    for withheld in (
        "how an opinion group voted",
        "by day",
        "by language",
        "about themselves",
        "matters to them",
    ):
        assert withheld in said(facts)
    assert "the votes of everybody are told in full, however few stand on one side" in said(facts)


@pytest.mark.parametrize("admission", ["open", "code"])
def test_votes_of_the_willing_are_never_a_share_of_the_population(facts: Facts, admission: str) -> None:
    facts["consultation"]["admission"] = admission
    assert "no margin of error for the public" in said(facts)
    with speaking("en"):
        assert "no margin of error for the public" in "\n".join(limits_of(facts, first_only=True))


def test_every_rule_can_hold_and_the_summary_has_only_some(facts: Facts) -> None:
    with speaking("en"):
        first, all_of_them = list(limits_of(facts, first_only=True)), list(limits_of(facts))
    assert set(first) < set(all_of_them)
    assert len(set(all_of_them)) == len(all_of_them) < len(RULES)


@pytest.mark.parametrize("admission", Admission)
def test_whoever_was_let_in_nobody_reads_a_share_of_the_public(facts: Facts, admission: Admission) -> None:
    facts["consultation"]["admission"] = admission.value
    with speaking("en"):
        summary = "\n".join(limits_of(facts, first_only=True))
    assert "There is no margin of error for the public." in summary
    assert "Nobody's identity was checked." in said(facts)
