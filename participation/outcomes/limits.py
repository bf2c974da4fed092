"""What the result of a consultation cannot say: each sentence stands in its report if its condition holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from participation.consultations.models import Admission
from participation.formatting import number, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask_babel import LazyString

    from participation.outcomes.facts import Facts

#: Below this, Polis' authors say, such a method is not meant to be used; above, to twice as many, with care.
FEW = 50
STILL_FEW = 100
#: A group of fewer people is a low sample, by the convention of Jigsaw's Sensemaker.
LOW_SAMPLE = 30
#: On average each person saw less than this part of the statements.
NEARLY_ALL = 0.95
#: Groups that other choices find again no better than this rest on a choice.
UNLIKE = 0.5


@dataclass(frozen=True)
class Rule:
    """A condition on the facts, and what is said where it holds.

    `is_first`: it stands in the summary too.
    """

    holds: Callable[[Facts], bool]
    says: Callable[[Facts], str]
    is_first: bool = False


def limits_of(facts: Facts, *, first_only: bool = False) -> Iterator[str]:
    """Every sentence whose condition holds, in the order of the table."""
    for rule in RULES:
        if (rule.is_first or not first_only) and rule.holds(facts):
            yield rule.says(facts)


def _always(_facts: Facts) -> bool:
    return True


def _admission(facts: Facts) -> Admission:
    return Admission(facts["consultation"]["admission"])


def _voters(facts: Facts) -> int:
    return int(facts["analysis"]["number_of_participants"])


def _small_groups(facts: Facts) -> int:
    return sum(group["size"] < LOW_SAMPLE for group in facts["analysis"]["groups"])


def _unchecked(facts: Facts) -> int:
    return sum(kinds["machine_unchecked"] for kinds in facts["machine_use"]["statements"].values())


def _kept_out(facts: Facts) -> int:
    counted = facts["participation"]
    return int(sum(counted[state] for state in ("rejected", "returned", "merged", "split")))


def _coverage(facts: Facts) -> float:
    return float(facts["participation"]["coverage"] or 0.0)


def _are_unlike(facts: Facts) -> bool:
    rows = facts["analysis"]["sensitivity"]
    return any(row["likeness"] is not None and row["likeness"] < UNLIKE for row in rows)


#: By who could take part: how people came to take part at all, and how one person could do so several times.
SELF_SELECTED: Mapping[Admission, LazyString] = {
    Admission.OPEN: _l(
        "The people who took part chose to do so. The results show which views there are and how they are "
        "arranged; they do not show what share of the population holds them. There is no margin of error for "
        "the public."
    ),
    Admission.EMAIL: _l(
        "The people who took part chose to do so, and had an e-mail address. The results show which views there "
        "are and how they are arranged; they do not show what share of the population holds them. There is no "
        "margin of error for the public."
    ),
    Admission.CODE: _l(
        "Only invited people could take part, and each chose whether to. The results do not show what share "
        "of the population holds a view. There is no margin of error for the public."
    ),
}
SEVERAL_TIMES: Mapping[Admission, LazyString] = {
    Admission.OPEN: _l(
        "Nobody's identity was checked. Somebody with several browsers could take part several times; what is "
        "conspicuous in the votes was looked for and is told in the section about moderation."
    ),
    Admission.EMAIL: _l(
        "Nobody's identity was checked. Somebody with several e-mail addresses could take part several times; "
        "what is conspicuous in the votes was looked for and is told in the section about moderation."
    ),
    Admission.CODE: _l(
        "Nobody's identity was checked. Somebody with several codes could take part several times; what is "
        "conspicuous in the votes was looked for and is told in the section about moderation."
    ),
}

RULES = (
    Rule(
        lambda facts: facts["consultation"]["is_demonstration"],
        lambda _facts: _("This is a demonstration: the people and their votes are made up."),
        is_first=True,
    ),
    Rule(_always, lambda facts: str(SELF_SELECTED[_admission(facts)]), is_first=True),
    Rule(
        lambda facts: _voters(facts) < FEW,
        lambda facts: ngettext(
            "Only %(people)s person's votes were analysed. The method is not meant for so few: no opinion groups "
            "are shown, and no share should be read as more than these people's own view.",
            "Only %(people)s people's votes were analysed. The method is not meant for so few: no opinion groups "
            "are shown, and no share should be read as more than these people's own view.",
            _voters(facts),
            people=number(_voters(facts)),
        ),
        is_first=True,
    ),
    Rule(
        lambda facts: FEW <= _voters(facts) < STILL_FEW,
        lambda facts: _(
            "The votes of %(people)s people were analysed. With so few, groups and shares should be read with care.",
            people=number(_voters(facts)),
        ),
        is_first=True,
    ),
    Rule(
        lambda facts: not facts["answers"]["questions"],
        lambda _facts: _(
            "People were not asked about themselves. So nobody knows who took part and who is missing."
        ),
        is_first=True,
    ),
    Rule(
        lambda facts: 0 < _coverage(facts) < NEARLY_ALL,
        lambda facts: _(
            "Not everyone saw every statement: on average a person saw %(coverage)s of them, and the platform shows "
            "some more often than others. A share counts only those who voted on the statement.",
            coverage=share(_coverage(facts)),
        ),
    ),
    Rule(
        lambda facts: bool(facts["participation"]["under_seen"]),
        lambda facts: ngettext(
            "%(statements)s statement was seen by less than half as many people as the one in the middle, "
            "often because it came late.",
            "%(statements)s statements were seen by less than half as many people as the one in the middle, "
            "often because they came late.",
            len(facts["participation"]["under_seen"]),
            statements=number(len(facts["participation"]["under_seen"])),
        ),
    ),
    Rule(
        _always,
        lambda _facts: _(
            "A pass is not a disagreement. It can mean: I do not know, it depends, or I do not want to say."
        ),
    ),
    Rule(
        _always,
        lambda _facts: _(
            "An interval says how much a share may differ for people like those who took part, if more of them had "
            "voted. It says nothing about people unlike them."
        ),
    ),
    Rule(
        lambda facts: bool(facts["analysis"]["groups"]),
        lambda _facts: _(
            "Opinion groups are a simplification, found by a method from the votes. Nobody chose to be in one, and "
            "a group is not a community."
        ),
    ),
    Rule(
        lambda facts: not facts["analysis"]["groups"] and _voters(facts) >= FEW,
        lambda _facts: _(
            "No distinct groups were found: people differ by degree. What is shared is shared by all together."
        ),
    ),
    Rule(
        lambda facts: bool(_small_groups(facts)),
        lambda facts: ngettext(
            "%(groups)s group has fewer than %(least)s people. What is said of it rests on a low sample.",
            "%(groups)s groups have fewer than %(least)s people. What is said of them rests on a low sample.",
            _small_groups(facts),
            groups=number(_small_groups(facts)),
            least=number(LOW_SAMPLE),
        ),
    ),
    Rule(
        _are_unlike,
        lambda _facts: _(
            "Other reasonable choices in the method would give other groups. Read the groups with care; what is "
            "shared rests less on them."
        ),
    ),
    Rule(
        _always,
        lambda _facts: _(
            "So that nobody can be recognised, this is withheld: how people voted on a statement with fewer than "
            "five votes, how an opinion group voted where it has fewer than five, and counts of fewer than five "
            "people by day, by language, by way of taking part, by what they said about themselves and by whether a "
            "statement matters to them. What would give such a number away is withheld with it. Of a statement with "
            "five votes or more, the votes of everybody are told in full, however few stand on one side."
        ),
    ),
    Rule(
        lambda facts: bool(_unchecked(facts)),
        lambda facts: ngettext(
            "%(texts)s translation of a statement was made by machine and not checked. People may have voted on "
            "something else than was meant.",
            "%(texts)s translations of statements were made by machine and not checked. People may have voted on "
            "something else than was meant.",
            _unchecked(facts),
            texts=number(_unchecked(facts)),
        ),
    ),
    Rule(
        lambda facts: bool(_kept_out(facts)),
        lambda facts: _(
            "Of %(submitted)s statements that participants wrote, %(out)s were not put to the vote as they were "
            "written. The reasons stand in the section about moderation.",
            submitted=number(facts["participation"]["submitted"]),
            out=number(_kept_out(facts)),
        ),
    ),
    Rule(_always, lambda facts: str(SEVERAL_TIMES[_admission(facts)])),
    Rule(
        _always,
        lambda _facts: _("Votes are votes of people. No predicted or simulated votes are mixed in anywhere."),
    ),
)
