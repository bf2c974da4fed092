"""What an analysis says, in the order in which people read it: shared, dividing, uncertain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deliberation.analysis_json import from_json
from participation.i18n import current_language
from participation.opinions.queries import snapshot_of
from participation.opinions.suppression import publishable
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from deliberation.results import Analysis, Direction, Group, StatementResult, Tally, Voice
    from participation.consultations.models import Consultation
    from participation.statements.models import Wording

# Common ground: even in the group that agrees least, and at the lower end of its interval, a majority.
A_MAJORITY = 0.5
# Dividing: two groups' shares of agreement lie at least this far apart.
FAR_APART = 0.4
# Without groups, a statement divides people where at least so many, for certain, stand on either side.
A_LARGE_MINORITY = 0.25
# Uncertain: at least this share of the votes is a pass.
MANY_PASSES = 0.3
LONGEST_LIST = 5


@dataclass(frozen=True)
class Finding:
    """A statement, its wording for the reader, and what the votes say about it.

    `groups` are the groups' tallies, with None for each that is too small to publish.
    """

    number: int
    wording: Wording
    result: StatementResult
    groups: tuple[Tally | None, ...]
    direction: Direction = "agree"

    @property
    def at_least(self) -> float:
        """The share of common ground: what even the least willing group reaches, at the lower end of its interval."""
        if self.direction == "agree":
            return self.result.common_ground_agree
        return self.result.common_ground_disagree

    @property
    def division(self) -> float:
        """How far it divides the groups; without groups, how large at least the smaller side is among all people."""
        if self.groups:
            return self.result.divisiveness
        return min(self.result.overall.agree.low, self.result.overall.disagree.low)

    @property
    def divides(self) -> bool:
        return self.division >= (FAR_APART if self.groups else A_LARGE_MINORITY)


@dataclass(frozen=True)
class Voiced:
    """A statement that sets a group apart, and how large the part is that says so, here and elsewhere."""

    number: int
    wording: Wording
    direction: Direction
    here: float
    elsewhere: float


@dataclass(frozen=True)
class OpinionGroup:
    """A group as pages show it: by a letter, never by a name that would caricature it."""

    letter: str
    result: Group
    voices: tuple[Voiced, ...]


@dataclass(frozen=True)
class Opinions:
    """The latest analysis of a consultation, ready to be read."""

    gathered_at: datetime
    analysis: Analysis
    groups: tuple[OpinionGroup, ...]
    common_ground: tuple[Finding, ...]
    dividing: tuple[Finding, ...]
    uncertain: tuple[Finding, ...]
    #: The few statements that speak for everyone in proportion.
    slate: tuple[Finding, ...]
    all: tuple[Finding, ...]


def opinions_of(consultation: Consultation) -> Opinions | None:
    """What the latest snapshot says; None before the first one. Computes nothing but the order of reading."""
    snapshot = snapshot_of(consultation.id)
    if snapshot is None:
        return None
    analysis = from_json(snapshot.analysis)
    findings = _findings(consultation, analysis)
    readable = [finding for finding in findings.values() if finding.result.enough_votes]
    return Opinions(
        gathered_at=snapshot.gathered_at,
        analysis=analysis,
        groups=tuple(_group(index, group, findings) for index, group in enumerate(analysis.groups)),
        common_ground=tuple(_common_ground(readable)[:LONGEST_LIST]),
        dividing=tuple(_dividing(readable)[:LONGEST_LIST]),
        uncertain=tuple(_most(readable, lambda result: result.uncertainty, MANY_PASSES)[:LONGEST_LIST]),
        slate=tuple(findings[id_] for id_ in analysis.slate.statement_ids if id_ in findings),
        all=tuple(findings.values()),
    )


def _findings(consultation: Consultation, analysis: Analysis) -> dict[int, Finding]:
    """By statement id. A statement that has left the vote since the analysis is not shown."""
    deck, language = deck_of(consultation), current_language().tag
    return {
        result.id: Finding(
            deck.numbers[index], deck.wording(index, language), result, publishable(result.groups)
        )
        for result in analysis.statements
        if (index := deck.index_of(result.id)) is not None
    }


def _group(index: int, group: Group, findings: dict[int, Finding]) -> OpinionGroup:
    voices = (
        _voiced(index, voice, findings[voice.statement_id])
        for voice in group.voices
        if voice.statement_id in findings
    )
    return OpinionGroup(letter="ABCDE"[index], result=group, voices=tuple(voices)[:LONGEST_LIST])


def _voiced(index: int, voice: Voice, finding: Finding) -> Voiced:
    """A voice with the shares that stand beside it elsewhere on the page.

    Whether it sets the group apart was tested on votes that did not define the group, which gives slightly
    other shares; two figures for one thing would only confuse. They stand in where a cell is withheld.
    """
    here, elsewhere = voice.share_in_group, voice.share_elsewhere
    tallies = [getattr(tally, voice.direction) if tally else None for tally in finding.groups]
    others = [share for position, share in enumerate(tallies) if position != index and share]
    own = tallies[index]
    if own and len(others) == len(tallies) - 1 and (total := sum(share.total for share in others)):
        here, elsewhere = own.share, sum(share.share * share.total for share in others) / total
    return Voiced(finding.number, finding.wording, voice.direction, here, elsewhere)


def _common_ground(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Shared agreement and shared disagreement in one list, the surest first."""
    shared = []
    for finding in findings:
        bounds: dict[Direction, float] = {
            "agree": finding.result.common_ground_agree,
            "disagree": finding.result.common_ground_disagree,
        }
        shared += [
            (bound, replace(finding, direction=direction))
            for direction, bound in bounds.items()
            if bound > A_MAJORITY
        ]
    return [finding for _bound, finding in sorted(shared, key=lambda pair: (-pair[0], pair[1].number))]


def _dividing(findings: Iterable[Finding]) -> Sequence[Finding]:
    chosen = [finding for finding in findings if finding.divides]
    return sorted(chosen, key=lambda finding: (-finding.division, finding.number))


def _most(
    findings: Iterable[Finding], measure: Callable[[StatementResult], float], at_least: float
) -> Sequence[Finding]:
    chosen = [finding for finding in findings if measure(finding.result) >= at_least]
    return sorted(chosen, key=lambda finding: (-measure(finding.result), finding.number))
