"""What became of each statement that a participant wrote: from receiving it to what people said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from deliberation.small_cells import SMALLEST_CELL
from participation.moderation.appealing import OPEN_TO_APPEAL
from participation.moderation.queries import appeal_on, earlier_words_of, latest_decisions, votes_on
from participation.opinions.reading import A_MAJORITY, MANY_PASSES, opinions_of
from participation.responses.queries import answers_to
from participation.statements.models import State
from participation.statements.queries import statements_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.consultations.models import Consultation
    from participation.moderation.models import Appeal, Decision
    from participation.opinions.reading import Finding
    from participation.responses.queries import Answered
    from participation.statements.models import Statement

Standing = Literal["shared_agreement", "shared_disagreement", "divides", "uncertain", "neither", "too_early"]
Reception = Literal["hidden", "uncounted", "about_people", "too_few", "counted"]


@dataclass(frozen=True)
class Contribution:
    """A statement and what is known of its way.

    `decision` is the one that holds, None while nobody has decided; `finding` is what the latest analysis
    says, None where it does not know the statement or the results are not shown yet.
    """

    statement: Statement
    decision: Decision | None
    finding: Finding | None
    is_hidden: bool = False
    #: What its author has asked for after a decision, if anything.
    appeal: Appeal | None = None
    #: How many have voted on it, where it is closed to further votes.
    votes: int = 0
    #: What they wrote first, if they were asked for other words since: the receipt is made of it.
    first_words: str | None = None
    #: The findings of the report that rest on it, and what the authority answered to them.
    answered: tuple[Answered, ...] = ()

    @property
    def may_appeal(self) -> bool:
        """Whether they can ask for a second look."""
        return self.appeal is None and self.statement.state in OPEN_TO_APPEAL

    @property
    def original(self) -> str:
        """What they wrote, in their own words."""
        return self.statement.texts[self.statement.language].text

    @property
    def reception(self) -> Reception:
        """Whether there are counts to show. A handful of votes could lead to a person."""
        if self.statement.is_meta:
            return "about_people"
        if self.finding is None:
            return "hidden" if self.is_hidden else "uncounted"
        return "too_few" if self.finding.result.overall.votes < SMALLEST_CELL else "counted"

    @property
    def standing(self) -> Standing | None:
        """What it is among all statements, by the same bounds as on the page of opinions."""
        return _standing(self.finding) if self.finding and self.reception == "counted" else None


def contributions_of(consultation: Consultation, participant_id: int) -> Sequence[Contribution]:
    """Everything somebody wrote, by number."""
    statements = statements_by(participant_id)
    decisions = latest_decisions(consultation.id) if statements else {}
    published = any(statement.state is State.PUBLISHED for statement in statements)
    opinions = opinions_of(consultation) if published and not consultation.hides_results else None
    ids = [statement.id for statement in statements]
    votes, earlier = votes_on(ids), earlier_words_of(ids)
    findings = {finding.result.id: finding for finding in opinions.all} if opinions else {}
    answered = answers_to(consultation.id) if published else []
    return [
        Contribution(
            statement,
            decisions.get(statement.id),
            findings.get(statement.id),
            is_hidden=consultation.hides_results,
            appeal=appeal_on(statement.id),
            votes=votes[statement.id].total() if statement.id in votes else 0,
            first_words=earlier[statement.id][0].text if statement.id in earlier else None,
            answered=tuple(given for given in answered if given.finding.statement_id == statement.id),
        )
        for statement in statements
    ]


def _standing(finding: Finding) -> Standing:
    result = finding.result
    standings: tuple[tuple[bool, Standing], ...] = (
        (not result.enough_votes, "too_early"),
        (result.common_ground_agree > A_MAJORITY, "shared_agreement"),
        (result.common_ground_disagree > A_MAJORITY, "shared_disagreement"),
        (finding.divides, "divides"),
        (result.uncertainty >= MANY_PASSES, "uncertain"),
    )
    return next((standing for holds, standing in standings if holds), "neither")
