"""Fields that several forms of this slice share: a text in each language, and links line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _
from wtforms import Form, TextAreaField
from wtforms.validators import ValidationError

from participation.i18n import LANGUAGES
from participation.text import AtMost, paragraphs, plain_characters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.consultations.models import Consultation
    from participation.responses.models import Link, Texts

LINK = re.compile(r"(?P<url>https?://[^\s<>\"]+)(?:\s+(?P<text>.+))?")
MOST_LINKS = 20


class InEachLanguage:
    """One text in every language of a consultation, sent as `name-en`, `name-fr` and so on."""

    def __init__(
        self,
        consultation: Consultation,
        name: str,
        saved: Mapping[str, str] | None = None,
        *,
        rows: int = 5,
        at_most: int = 4000,
    ) -> None:
        fields = {
            tag: TextAreaField(
                LANGUAGES[tag].name,
                [AtMost(at_most), plain_characters],
                filters=[paragraphs],
                render_kw={"rows": rows, "lang": tag, "dir": LANGUAGES[tag].direction},
            )
            for tag in consultation.languages
        }
        form: type[Form] = type("Texts", (Form,), fields)
        sent = request.form if request.method == "POST" else None
        self.form = form(sent, prefix=f"{name}-", data=dict(saved or {}))
        self.main = self.form[consultation.main_language]

    def texts(self) -> Texts:
        """What was written, without the languages in which nothing was."""
        return {field.short_name: field.data for field in self.form if field.data}

    def is_right(self, missing: str = "") -> bool:
        """Check the texts; if `missing` says so, the main language must have one."""
        valid = bool(self.form.validate())
        if missing and not self.main.data:
            self.main.errors = [*self.main.errors, missing]
            return False
        return valid


def read_links(text: str | None) -> list[Link]:
    """The links in a field of lines, each an address and perhaps words for it."""
    found = (LINK.fullmatch(line.strip()) for line in (text or "").splitlines())
    return [
        {"url": match["url"], "text": (match["text"] or match["url"]).strip()} for match in found if match
    ]


def write_links(links: Sequence[Link]) -> str:
    return "\n".join(
        link["url"] if link["text"] == link["url"] else f"{link['url']} {link['text']}" for link in links
    )


def one_link_a_line(_form: Form, field: Any) -> None:  # noqa: ANN401 - any text field
    """Refuse lines that are no link, naming the first. A validator for WTForms."""
    lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        if not LINK.fullmatch(line):
            raise ValidationError(
                _(
                    "Line %(number)s does not begin with https:// or http://. Write one link a line.",
                    number=number,
                )
            )
    if len(lines) > MOST_LINKS:
        raise ValidationError(_("Please give at most %(most)s links.", most=MOST_LINKS))
