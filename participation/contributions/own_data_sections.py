"""Every part of what is stored about one participant: its heading, why it is there, and what each field means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.contributions import stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from flask_babel import LazyString

    from participation.consultations.models import Participant
    from participation.contributions.stored import Row


@dataclass(frozen=True)
class Field:
    """What a stored value is called on the page, and what it means."""

    label: LazyString
    meaning: LazyString


@dataclass(frozen=True)
class Section:
    """One kind of thing that is stored: its heading, why it is there, and what each field means by its key.

    Another kind of thing about a participant is one more section in `SECTIONS`.
    """

    key: str
    title: LazyString
    about: LazyString
    fields: Mapping[str, Field]
    rows: Callable[[Participant], Sequence[Row]]


NUMBER = Field(_l("Number"), _l("The number of the statement in this consultation."))
TEXT = Field(_l("Statement"), _l("The statement as it was written."))
CHOICE = Field(_l("Your vote"), _l("What you said: agree, disagree or pass."))
IMPORTANT = Field(_l("This matters to me"), _l("Whether you said with your vote that this matters to you."))
WRITTEN_AT = Field(_l("Time"), _l("When you sent it, in universal time (UTC)."))
CAST_AT = Field(_l("Time"), _l("When you said it, to the minute, in universal time (UTC)."))

SECTIONS = (
    Section(
        "participation",
        _l("That you take part"),
        _l("You are a random number here. Your name, e-mail address and network address are not stored."),
        {
            "language": Field(_l("Language"), _l("The language of the page on which you first voted.")),
            "channel": Field(_l("Way"), _l("By which way you took part first.")),
            "rooms": Field(
                _l("Group sessions"),
                _l(
                    "In how many group sessions you sit now. When a session ends, who sat in it is forgotten."
                ),
            ),
            "browsers": Field(
                _l("Browsers"),
                _l(
                    "From how many browsers you take part; a confirmed e-mail address counts as one. "
                    "Of each, only a scrambled secret is stored."
                ),
            ),
        },
        stored.participation_rows,
    ),
    Section(
        "votes",
        _l("Your votes that count"),
        _l("The results are computed from these."),
        {
            "number": NUMBER,
            "text": TEXT,
            "choice": CHOICE,
            "important": IMPORTANT,
            "cast_at": CAST_AT,
            "exposure": Field(
                _l("Chance"),
                _l(
                    "How likely it was, from 0 to 1, that this statement would be shown to you at that moment; "
                    "nothing if you chose it yourself."
                ),
            ),
            "nonce": Field(
                _l("Seal"),
                _l(
                    "The random number under which your vote is sealed in the public log; nothing while it is not. "
                    "Whoever has it and your vote can find its line there."
                ),
            ),
        },
        stored.votes_rows,
    ),
    Section(
        "earlier_votes",
        _l("Earlier votes that you changed or took back"),
        _l("They do not count. They are kept so that you can see what you changed."),
        {"number": NUMBER, "text": TEXT, "choice": CHOICE, "important": IMPORTANT, "cast_at": CAST_AT},
        stored.earlier_votes_rows,
    ),
    Section(
        "put_off",
        _l("Statements you kept for later"),
        _l("They come back when you have voted on the others."),
        {"number": NUMBER, "text": TEXT},
        stored.put_off_rows,
    ),
    Section(
        "statements",
        _l("Statements you wrote"),
        _l("That you wrote them is stored so that this page can tell you what became of them."),
        {
            "number": NUMBER,
            "text": TEXT,
            "language": Field(_l("Language"), _l("The language you wrote it in.")),
            "state": Field(_l("State"), _l("Where it stands: received, published or not published.")),
            "written_at": WRITTEN_AT,
        },
        stored.statements_rows,
    ),
    Section(
        "decisions",
        _l("Decisions about your statements"),
        _l("What the people who run the consultation decided, and why."),
        {
            "number": NUMBER,
            "verdict": Field(_l("Decision"), _l("Whether it was published.")),
            "reason": Field(_l("Reason"), _l("The rule it was found to break, if it was not published.")),
            "in_its_place": Field(
                _l("In its place"), _l("The numbers of the statements that say it instead, if there are any.")
            ),
            "note": Field(_l("Note"), _l("A note to you from whoever decided.")),
            "decided_at": Field(_l("Time"), _l("When it was decided, in universal time (UTC).")),
        },
        stored.decisions_rows,
    ),
    Section(
        "earlier_words",
        _l("What you wrote before you were asked for other words"),
        _l("Only those who decide about statements can read it."),
        {"number": NUMBER, "text": TEXT, "written_at": WRITTEN_AT},
        stored.earlier_words_rows,
    ),
    Section(
        "appeals",
        _l("Second looks that you asked for"),
        _l("Only those who decide about statements can read your words and the answer."),
        {
            "number": NUMBER,
            "words": Field(_l("Your words"), _l("Why you think that it should be published.")),
            "appealed_at": Field(_l("Time"), _l("When you asked, in universal time (UTC).")),
            "outcome": Field(_l("What came of it"), _l("Nothing while nobody has answered.")),
            "answer": Field(_l("The answer"), _l("What you were told.")),
        },
        stored.appeals_rows,
    ),
    Section(
        "self_descriptions",
        _l("What you said about yourself"),
        _l("Kept apart from your votes, without a time, and shown as counts of many people only."),
        {
            "question": Field(_l("Question"), _l("What was asked.")),
            "answer": Field(_l("Answer"), _l("What you chose; nothing if you prefer not to say.")),
        },
        stored.self_descriptions_rows,
    ),
    Section(
        "place",
        _l("Your place on the opinion map"),
        _l(
            "It is computed from everybody's votes, again and again while people vote. "
            "Where results are shown after the last day only, it is shown then too."
        ),
        {
            "x": Field(_l("Across"), _l("How far to one side of the map you stand.")),
            "y": Field(_l("Up"), _l("How far up or down you stand.")),
            "error": Field(
                _l("Uncertainty"), _l("How uncertain these two numbers are: their standard error.")
            ),
            "group": Field(
                _l("Group"), _l("The letter of the opinion group you are closest to; nothing if it is none.")
            ),
        },
        stored.place_rows,
    ),
    Section(
        "links",
        _l("Links to other devices"),
        _l("A link that you made to go on from another device and that has not been used yet."),
        {"expires_at": Field(_l("Until"), _l("When it stops working, in universal time (UTC)."))},
        stored.links_rows,
    ),
)
