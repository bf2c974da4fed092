"""Questions that many ask, in the words of a census, to start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from participation.i18n import LANGUAGES
from participation.questions.models import QuestionText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel import LazyString


@dataclass(frozen=True)
class ReadyMade:
    name: LazyString
    text: LazyString
    reason: LazyString
    choices: tuple[LazyString, ...]

    def texts(self, tags: Iterable[str]) -> dict[str, QuestionText]:
        """Its texts by language; only in languages that the platform speaks."""
        texts = {}
        for tag in tags:
            if tag in LANGUAGES:
                with force_locale(LANGUAGES[tag].locale):
                    texts[tag] = QuestionText(
                        language=tag,
                        text=str(self.text),
                        reason=str(self.reason),
                        choices=[str(choice) for choice in self.choices],
                    )
        return texts


READY_MADE = {
    "age": ReadyMade(
        name=_l("Age"),
        text=_l("How old are you?"),
        reason=_l("To see whether young and old took part, and whether they see it differently."),
        choices=(
            _l("Under 18"),
            _l("18 to 29"),
            _l("30 to 44"),
            _l("45 to 59"),
            _l("60 to 74"),
            _l("75 or over"),
        ),
    ),
    "gender": ReadyMade(
        name=_l("Gender"),
        text=_l("What is your gender?"),
        reason=_l("To see whether women, men and others took part, and whether they see it differently."),
        choices=(_l("Woman"), _l("Man"), _l("Another gender")),
    ),
    "place": ReadyMade(
        name=_l("Kind of place"),
        text=_l("Which of these describes best where you live?"),
        reason=_l("To see whether people from towns and from the countryside took part."),
        choices=(_l("A city"), _l("A town or suburb"), _l("A village or the countryside")),
    ),
    "service": ReadyMade(
        name=_l("Public service"),
        text=_l("Do you work for a public authority?"),
        reason=_l("To see whether those who would work with the system and those it is used on agree."),
        choices=(_l("Yes"), _l("No")),
    ),
}
