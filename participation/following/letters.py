"""The letters to followers, each in the language of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from participation.following.tokens import sign_follower, sign_question
from participation.following.words import words_for
from participation.formatting import in_language
from participation.mail.letter import Letter, Link, writing_in
from participation.mail.queries import base_url

if TYPE_CHECKING:
    from participation.consultations.models import Consultation
    from participation.following.models import Subscription
    from participation.following.timeline import Event


def question(consultation: Consultation, reader: Subscription) -> Letter:
    """Asks the owner of an address whether they want to follow."""
    with writing_in(reader.language, base_url()):
        return Letter(
            subject=_("Please confirm that you want to follow"),
            about=_title(consultation),
            paragraphs=(
                _("Somebody gave this address to follow a consultation by e-mail. Was it you?"),
                _("The link is good for 24 hours. If it was not you, do nothing: you then get no news."),
            ),
            action=Link(
                _("Yes, I want to follow"),
                url_for("following.confirm", token=sign_question(reader.handle), _external=True),
            ),
            footnote=_("This address is forgotten if you do not confirm it."),
        )


def reminder_of_following(consultation: Consultation, reader: Subscription) -> Letter:
    """For an address that follows already and is given again: so the page need not say that it does."""
    with writing_in(reader.language, base_url()):
        return _to_follower(
            consultation,
            reader,
            subject=_("You follow this consultation already"),
            text=_("Somebody gave this address again. You need not do anything."),
            action=Link(
                _("Look at the consultation"),
                url_for("consultations.show", slug=consultation.slug, _external=True),
            ),
        )


def news(consultation: Consultation, event: Event, reader: Subscription) -> Letter:
    with writing_in(reader.language, base_url()):
        words = words_for(event.kind, consultation)
        return _to_follower(
            consultation,
            reader,
            subject=words.title,
            text=words.text,
            action=Link(words.action, url_for(words.endpoint, slug=consultation.slug, _external=True)),
        )


def _to_follower(
    consultation: Consultation, reader: Subscription, *, subject: str, text: str, action: Link
) -> Letter:
    token = sign_follower(reader.handle)
    return Letter(
        subject=subject,
        about=_title(consultation),
        paragraphs=(text,),
        action=action,
        footnote=_("You get this mail because you follow this consultation."),
        settings=Link(
            _("Change the language or stop these mails"),
            url_for("following.settings", token=token, _external=True),
        ),
        one_click=url_for("following.stop", token=token, _external=True),
    )


def _title(consultation: Consultation) -> tuple[str, str]:
    text = in_language(consultation.texts, consultation)
    return text.title, text.language
