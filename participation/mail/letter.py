"""A letter in the reader's language, and the message that a mail server gets: as text and as HTML."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from typing import TYPE_CHECKING, Any

from flask import current_app, render_template

from participation.i18n import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.mail.settings import MailSettings

# Not every server on the way takes eight bits.
SEVEN_BITS = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, by a whole address."""

    words: str
    url: str


@dataclass(frozen=True)
class Letter:
    """What a mail says: the same in its text and its HTML.

    Args:
        subject: also the heading.
        about: what it is about, in a language of its own: text and BCP 47 tag.
        paragraphs: plain text.
        action: where the reader goes from here.
        footnote: why they get this mail.
        settings: where they change or end that; empty in the mail that asks for confirmation.
        one_click: the address that ends it with a single POST (RFC 8058); empty as `settings`.

    """

    subject: str
    about: tuple[str, str]
    paragraphs: tuple[str, ...]
    action: Link
    footnote: str
    settings: Link | None = None
    one_click: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Letter:
        settings = fields["settings"]
        return cls(
            **{
                **fields,
                "about": tuple(fields["about"]),
                "paragraphs": tuple(fields["paragraphs"]),
                "action": Link(**fields["action"]),
                "settings": Link(**settings) if settings else None,
            }
        )


@contextmanager
def writing_in(tag: str, base_url: str) -> Iterator[None]:
    """Sentences and dates in a language, and links that begin with the site's own address.

    A link must not begin with what the browser of whoever asks calls the host: a stranger could
    send people links to another site in our name. Do not ask the database within this.
    """
    with speaking(tag, base_url):
        yield


def message_from(
    letter: Letter, *, key: str, recipient: str, language: str, settings: MailSettings
) -> EmailMessage:
    """The message for the mail server. The same mail always has the same Message-ID.

    Raises:
        ValueError: a header would contain the end of a line.

    """
    site_name = current_app.extensions["baraza_config"].site_name
    message = EmailMessage(policy=SEVEN_BITS)
    message["From"] = Address(site_name, addr_spec=settings.sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = f"{letter.subject}: {letter.about[0]}"
    message["Date"] = localtime()
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{settings.domain}>"
    # RFC 3834: nobody's holiday notice answers this.
    message["Auto-Submitted"] = "auto-generated"
    if letter.one_click:
        message["List-Unsubscribe"] = f"<{letter.one_click}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with writing_in(language, settings.base_url):
        message.set_content(render_template("mail/letter.txt", letter=letter))
        message.add_alternative(render_template("mail/letter.html", letter=letter), subtype="html")
    # Now, not before: a second part would take all headers about the content with it into the first.
    message["Content-Language"] = language
    return message
