"""The answers in a dossier: who gave them and when, and whether lawyers have to look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.deployments.checking import is_withheld
from participation.deployments.rights.law import LAWS, binds
from participation.deployments.rights.practices import PRACTICES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from participation.deployments.models import Content

Answer = dict[str, Any]

SCREEN = "ai_act_art5_screen"
AREAS, AREAS_ANSWERED = "ai_act_annex_iii", "ai_act_annex_iii_answered"
CALL_FOR_LAWYERS = {"yes", "unclear"}


class RightsReading:
    """What the public reads about the questions: every one, the answers to them, and the law behind them."""

    def __init__(self, content: Content) -> None:
        self.field, self.areas, self.areas_answered = SCREEN, AREAS, AREAS_ANSWERED
        self.practices = PRACTICES
        self.answers = answers_in(content)
        self.needs_lawyers = needs_lawyers(content)
        #: None where the regulation is not the law.
        self.laws = LAWS if binds(content["country"]) else None


def answers_in(content: Content) -> dict[str, Answer]:
    """The answers by practice; none if they are withheld."""
    given = content["fields"].get(SCREEN, [])
    return {} if is_withheld(given) else {answer["practice"]: answer for answer in given}


def needs_lawyers(content: Content) -> bool:
    """Whether something in the dossier may be incompatible with human rights law."""
    return (
        any(answer.get("answer") in CALL_FOR_LAWYERS for answer in answers_in(content).values())
        or content["fields"].get("publication_category") == "prohibited_suspect"
    )


def areas_stamped(
    before: dict[str, Any], now: dict[str, Any], *, by: dict[str, str], on: date
) -> Answer | None:
    """Who named the areas of high risk, and when: whoever is named there if nothing has changed."""
    if now.get(AREAS) is None:
        return None
    if not has_new_areas(before, now):
        return before.get(AREAS_ANSWERED)
    return {**({"by": by} if by else {}), "on": on.isoformat()}


def has_new_areas(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return now.get(AREAS) is not None and now.get(AREAS) != before.get(AREAS)


def stamped(
    before: dict[str, Answer], now: Iterable[Answer], *, by: dict[str, str], on: date
) -> list[Answer]:
    """The answers with their author and day: those that say something new are by whoever answers now."""
    return [
        before[answer["practice"]]
        if is_old(before, answer)
        else {**answer, **({"by": by} if by else {}), "on": on.isoformat()}
        for answer in now
    ]


def is_old(before: dict[str, Answer], answer: Answer) -> bool:
    """Whether the same was answered before, for the same reason."""
    old = before.get(answer["practice"], {})
    return all(old.get(part) == answer.get(part) for part in ("answer", "note"))
