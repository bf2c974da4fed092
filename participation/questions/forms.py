"""What a facilitator sends to ask a question, and what a participant sends to answer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, StringField, TextAreaField

from participation.i18n import count_characters
from participation.questions.actions import QuestionsChangedError
from participation.questions.models import QuestionText
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from participation.consultations.models import Consultation
    from participation.questions.models import Question

FEWEST_CHOICES, MOST_CHOICES = 2, 12
LONGEST_CHOICE = 80
# What a participant's form says instead of a choice.
PREFERS_NOT_TO_SAY = "unsaid"


class QuestionTextsForm(Form):
    """A question in one language: all of it, or nothing."""

    text = StringField(_l("The question"), [AtMost(120), plain_characters], filters=[one_line])
    reason = TextAreaField(
        _l("Why you ask it, for the people who are asked"),
        [AtMost(300), plain_characters],
        filters=[one_line],
        render_kw={"rows": 3},
    )
    choices = TextAreaField(
        _l("Choices, one on each line"),
        [plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 7},
    )

    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    def lines(self) -> list[str]:
        return [line for each in (self.choices.data or "").splitlines() if (line := one_line(each))]

    def is_complete(self, *, required: bool, as_many_as: int | None) -> bool:
        """Check the fields; `as_many_as`: how many choices the main language has, None for the main one."""
        valid = bool(self.validate())
        if not required and self.is_empty():
            return valid
        for field in self:
            if not field.data:
                field.errors = [*field.errors, _("Please write this text too, in this language.")]
        if self.choices.data and (fault := self._fault_of_choices(as_many_as)):
            self.choices.errors = [*self.choices.errors, fault]
        return not self.errors

    def _fault_of_choices(self, as_many_as: int | None) -> str | None:
        lines = self.lines()
        if as_many_as is not None and len(lines) != as_many_as:
            return str(
                _(
                    "Please give as many choices as in the main language, in the same order: %(number)s.",
                    number=as_many_as,
                )
            )
        if not FEWEST_CHOICES <= len(lines) <= MOST_CHOICES:
            return str(_("Please give two to twelve choices, each on a line of its own."))
        if len(set(lines)) < len(lines):
            return str(_("A choice stands there twice."))
        if any(count_characters(line) > LONGEST_CHOICE for line in lines):
            return str(_("A choice is longer than %(limit)s characters.", limit=LONGEST_CHOICE))
        return None


class QuestionForm(FlaskForm):
    """A question in the languages of a consultation; `start` fills an untouched form."""

    def __init__(self, consultation: Consultation, start: Mapping[str, QuestionText]) -> None:
        super().__init__()
        sent = request.form if self.is_submitted() else None
        self.main_language = consultation.main_language
        self.by_language = {
            tag: QuestionTextsForm(sent, prefix=f"{tag}-", data=_as_data(start.get(tag)))
            for tag in consultation.languages
        }

    def validate(self, extra_validators: None = None) -> bool:
        """Check everything, so that all errors show at once."""
        main = self.by_language[self.main_language]
        checks = [super().validate(extra_validators)]
        for tag, texts in self.by_language.items():
            is_main = tag == self.main_language
            as_many_as = None if is_main else len(main.lines())
            checks.append(texts.is_complete(required=is_main, as_many_as=as_many_as))
        return all(checks)

    def texts(self) -> dict[str, QuestionText]:
        """The texts of every language that was filled in."""
        return {
            tag: QuestionText(
                language=tag, text=form.text.data, reason=form.reason.data, choices=form.lines()
            )
            for tag, form in self.by_language.items()
            if not form.is_empty()
        }


def _as_data(text: QuestionText | None) -> dict[str, str] | None:
    if text is None:
        return None
    return {"text": text.text, "reason": text.reason, "choices": "\n".join(text.choices)}


def fingerprint_of(questions: Sequence[Question]) -> str:
    """What a page asked, so that no answer is taken for one to a question that has come since."""
    asked = [
        (
            question.id,
            question.number,
            sorted((tag, text.text, text.choices) for tag, text in question.texts.items()),
        )
        for question in questions
    ]
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def read_answers(form: MultiDict[str, str], questions: Sequence[Question]) -> dict[int, int | None]:
    """A participant's answers by question id. A question that is passed over, or answered with nonsense, has none.

    Raises:
        QuestionsChangedError: the page asked something else.

    """
    if form.get("asked") != fingerprint_of(questions):
        raise QuestionsChangedError
    answers: dict[int, int | None] = {}
    for question in questions:
        name = field_name(question)
        if form.get(name) == PREFERS_NOT_TO_SAY:
            answers[question.id] = None
        elif (choice := form.get(name, type=int)) is not None:
            answers[question.id] = choice
    return answers


def field_name(question: Question) -> str:
    return f"question-{question.number}"
