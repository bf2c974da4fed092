"""Templates to begin a consultation from: texts, days, and which first statements to look for.

What only the people who use one can know stands in brackets that begin with three dots. The launch checklist
finds what was left of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from participation.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel import LazyString

LEFT_OPEN = re.compile(r"\[…[^\]\n]*\]")


@dataclass(frozen=True)
class ReadyMade:
    """A template.

    Args:
        texts: by the names in TEXT_FIELDS.
        seeds: what to look for in first statements.
        prepares, writes, votes, answers: for how many days it is prepared, people write and vote, they vote
            only, and those who decide have time to answer.

    """

    name: LazyString
    about: LazyString
    texts: Mapping[str, LazyString]
    seeds: tuple[LazyString, ...]
    prepares: int
    writes: int
    votes: int
    answers: int
    shows_interim_results: bool = True

    def words(self, tag: str) -> dict[str, str]:
        """Its texts in a language of the interface."""
        with force_locale(LANGUAGES[tag].locale):
            return {name: str(text) for name, text in self.texts.items()}

    def days(self, today: date) -> dict[str, date]:
        """Its days when one begins today, by the names of the form's fields."""
        opens_on = today + timedelta(days=self.prepares)
        writes_until = opens_on + timedelta(days=self.writes - 1)
        closes_on = writes_until + timedelta(days=self.votes)
        return {
            "opens_on": opens_on,
            "writes_until": writes_until,
            "closes_on": closes_on,
            "responds_by": closes_on + timedelta(days=self.answers),
        }


_MODERATION = _l(
    "Moderators publish every statement that contains one idea about the question and can be understood by "
    "itself. They do not judge whether it is right.\n\n"
    "They do not publish questions, repetitions, unlawful content or details about private persons. They always "
    "say why, and every decision stands in the public log. Statements are read within [… how many] working days. "
    "Whoever disagrees can ask for a second look by somebody else."
)
_USE = _l(
    "[… Who decides] answers each main result in writing and gives reasons, also where nothing changes. The "
    "votes advise; they do not bind."
)

READY_MADE = {
    "before-decision": ReadyMade(
        name=_l("A proposed AI system, before the decision"),
        about=_l(
            "An authority wants to use an AI system and has not decided yet. Seven weeks with the answer."
        ),
        texts={
            "title": _l("Should [… the authority] use AI for [… the task]?"),
            "question": _l(
                "Should [… the authority] use [… the system] to [… do what], and on what conditions?"
            ),
            "summary": _l(
                "[… The authority] proposes to use [… the system], a form of AI, to [… do what]. Today, "
                "[… who] does this [… how]. Nothing has been decided yet.\n\n"
                "## What the system does and does not do\n\n"
                "It [… what it does]. It does not [… what stays with people]. A person [… does what] in every case.\n\n"
                "## Whom it concerns\n\n"
                "[… Whom], about [… how many] people a year. Those who could be hurt most by an error are [… whom].\n\n"
                "## What speaks for it and against it\n\n"
                "Those in favour expect [… what]. Those against fear [… what].\n\n"
                "## What else could be done\n\n"
                "[… Doing without AI, a smaller system, more staff: what each would mean.]"
            ),
            "decision_maker": _l("[… The body that decides, and on which day]"),
            "still_open": _l(
                "Whether the system is used at all, for which cases, what it may look at, and how it is watched. "
                "Not open: [… what the law or the budget fixes]."
            ),
            "use_of_answers": _USE,
            "moderation": _MODERATION,
        },
        seeds=(
            _l("Two or three reasons to use the system, in the words of those who want it."),
            _l("Two or three reasons against it, in the words of those who do not."),
            _l("Conditions: who checks its suggestions, what it may look at, when it is switched off."),
            _l("What those say who are affected by errors, and those who would work with it."),
            _l("Other ways to reach the same aim without AI, or with less of it."),
        ),
        prepares=14,
        writes=14,
        votes=7,
        answers=28,
    ),
    "in-use": ReadyMade(
        name=_l("An AI system in use, under review"),
        about=_l(
            "A system has been at work for a while. Should it go on, change, or stop? Six weeks with the answer."
        ),
        texts={
            "title": _l("How should AI for [… the task] go on?"),
            "question": _l(
                "Should [… the authority] keep, change or stop [… the system], which [… does what]?"
            ),
            "summary": _l(
                "Since [… when], [… the authority] has used [… the system], a form of AI, to [… do what]. It is time "
                "to look at how that has gone, and to decide whether it goes on.\n\n"
                "## What it has done so far\n\n"
                "It was used in [… how many] cases. It was wrong in [… how many], as found by [… whom]. "
                "[… How many] people objected, and [… how many] were right.\n\n"
                "## What has changed for people\n\n"
                "For [… whom], [… what is better and what is worse]. Staff say [… what].\n\n"
                "## What could be decided now\n\n"
                "To go on as now, to go on with changes such as [… which], or to stop, which would mean [… what]."
            ),
            "decision_maker": _l("[… The body that decides, and on which day]"),
            "still_open": _l(
                "Whether it goes on, in which cases, and under which rules. Not open: decisions that were made with it "
                "before; whoever thinks that one was wrong can object at [… where]."
            ),
            "use_of_answers": _USE,
            "moderation": _MODERATION,
        },
        seeds=(
            _l("What people have lived through with the system, said so that others can agree or disagree."),
            _l("Reasons to keep it, and reasons to stop it, as many of each."),
            _l("Changes: to what it looks at, to who checks it, to how one objects."),
            _l("What should be measured and published every year from now on."),
            _l("What would have to happen for it to be switched off."),
        ),
        prepares=14,
        writes=14,
        votes=5,
        answers=21,
    ),
    "strategy": ReadyMade(
        name=_l("A policy or strategy on AI"),
        about=_l("Principles or rules for many systems to come, not one system. Ten weeks with the answer."),
        texts={
            "title": _l("What may AI do in [… the place or the field]?"),
            "question": _l("Which rules should [… the authority] follow when it uses AI in [… the field]?"),
            "summary": _l(
                "[… The authority] is writing a [… strategy or rule] on the use of AI in [… the field]. It will hold "
                "for [… which bodies] until [… when]. A draft can be read at [… where].\n\n"
                "## What it is to settle\n\n"
                "What AI may be used for, what it may not be used for, who answers for it, and how people are told.\n\n"
                "## What is there already\n\n"
                "[… Laws and rules that hold in any case.] Today, AI is used for [… what].\n\n"
                "## Where opinions differ\n\n"
                "[… The two or three questions on which those who write it do not agree.]"
            ),
            "decision_maker": _l("[… The body that decides, and on which day]"),
            "still_open": _l(
                "The aims, the limits, the order of what is done first, and who watches over it. Not open: "
                "[… what laws already settle]."
            ),
            "use_of_answers": _USE,
            "moderation": _MODERATION,
        },
        seeds=(
            _l("Uses of AI that should be welcome, and uses that should never be allowed."),
            _l("Duties: to tell people, to let them object, to keep a person in charge."),
            _l("What comes first: faster service, lower cost, fairness, jobs, privacy, the climate."),
            _l("Who should watch over it: experts, courts, elected people, citizens."),
            _l(
                "Statements with which people of each side would surely disagree, not only those that all like."
            ),
        ),
        prepares=21,
        writes=21,
        votes=7,
        answers=42,
        shows_interim_results=False,
    ),
}
