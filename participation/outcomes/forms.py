"""What the organiser sends to add words to a report, and to publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from participation.editions import number_seen
from participation.i18n import name_of
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


class SectionTextForm(FlaskForm):
    text = TextAreaField(
        _l("Your words in this section"),
        [AtMost(8000), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 14},
    )
    #: The edition that was changed.
    revision = HiddenField()

    def read_edition(self) -> int:
        return number_seen(self.revision.data)


class PublishForm(FlaskForm):
    """Asks for the reason, by language, where there is a version already."""

    understood = BooleanField(
        _l("I have read the draft. I know that nobody can change or take back what is published."),
        [InputRequired(_l("Please read the draft first, and tick this box."))],
    )
    #: The number of the version that the publisher has read.
    seen = HiddenField()

    def read_seen(self) -> int:
        return number_seen(self.seen.data)


def publish_form(consultation: Consultation, *, corrects: int) -> PublishForm:
    """The form for the next version.

    Args:
        consultation: whose report it is.
        corrects: the number of the latest version, 0 for none.

    """
    if not corrects:
        return PublishForm(seen="0")

    class CorrectionForm(PublishForm):
        pass

    for tag in consultation.languages:
        is_main = tag == consultation.main_language
        rules = [InputRequired(_l("Please say why there is another version: everybody will read it."))]
        label = _("Why there is another version, in %(language)s", language=name_of(tag))
        field = StringField(
            label, [*(rules if is_main else ()), AtMost(400), plain_characters], filters=[one_line]
        )
        setattr(CorrectionForm, f"reason_{tag.replace('-', '_')}", field)
    return CorrectionForm(seen=str(corrects))


def reasons_in(form: PublishForm, consultation: Consultation) -> dict[str, str]:
    """The reasons that were given, by language."""
    fields = {tag: form._fields.get(f"reason_{tag.replace('-', '_')}") for tag in consultation.languages}
    return {tag: str(field.data) for tag, field in fields.items() if field is not None and field.data}
