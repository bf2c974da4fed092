"""What a translator sends: the words of each thing on the desk, and which source and target they were looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField

from participation.building.texts_form import TextsForm
from participation.text import AtMost, one_line, paragraphs, plain_characters
from participation.translation.items import Kind, mark_of

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from participation.translation.items import Item, Words

# Other languages need more room than the 140 characters of an original; twice as many is a mistake.
LONGEST_TRANSLATION = 280
LONGEST_DOSSIER_TEXT = 10_000
# Of the source and the target as they stood on the page when it was opened.
MARKS = ("source-mark", "target-mark")


class StatementTextForm(Form):
    text = TextAreaField(
        _l("Translation"),
        [AtMost(LONGEST_TRANSLATION), plain_characters],
        filters=[one_line],
        render_kw={"rows": 4},
    )


class DossierTextForm(Form):
    text = TextAreaField(
        _l("Translation"),
        [AtMost(LONGEST_DOSSIER_TEXT), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 4},
    )


FORMS = {Kind.ABOUT: TextsForm, Kind.STATEMENT: StatementTextForm, Kind.DOSSIER: DossierTextForm}


class ItemForm:
    """The fields of one thing on the desk: filled with what was sent of it, or else with what stands there."""

    def __init__(self, item: Item, sent: MultiDict[str, str] | None = None) -> None:
        self.item = item
        kind = FORMS[item.kind]
        self._stored = _fields(kind(data=item.target), item)
        prefix = f"{item.key}-"
        self.is_sent = sent is not None and any(f"{prefix}{name}" in sent for name in item.source)
        self.fields = _fields(kind(sent if self.is_sent else None, prefix=prefix, data=item.target), item)
        self._seen = {name: sent.get(f"{prefix}{name}", "") if sent else "" for name in MARKS}
        self.errors: list[str] = []

    @property
    def words(self) -> Words:
        return _words(self.fields)

    @property
    def target_mark(self) -> str:
        """Tells what stands there now, read as a form reads it."""
        return _mark(_words(self._stored))

    @property
    def is_changed(self) -> bool:
        """Whether the translator has typed something that is not saved yet."""
        return self.is_sent and _mark(self.words) not in {self._seen["target-mark"], self.target_mark}

    @property
    def is_as_seen(self) -> bool:
        """Whether neither source nor target has changed since the page was opened."""
        return self._seen == {"source-mark": self.item.source_mark, "target-mark": self.target_mark}

    def is_complete(self) -> bool:
        """Check the words: all that the source says is said, and no more than fits."""
        valid = bool(self.fields.validate())
        for field in self.fields:
            if not field.data:
                field.errors = [*field.errors, self._nothing_there()]
                valid = False
        return valid

    def _nothing_there(self) -> str:
        if self.item.target:
            return str(_("This text is empty now. To remove the whole translation, press “Take back”."))
        return str(_("Please write this text too, in this language."))


def _fields(form: Any, item: Item) -> Any:  # noqa: ANN401 - WTForms has no types
    for name in list(form.data):
        if name not in item.source:
            del form[name]
    return form


def _words(form: Any) -> Words:  # noqa: ANN401 - as above
    return {name: text or "" for name, text in form.data.items()}


def _mark(words: Words) -> str:
    return mark_of(words) if any(words.values()) else ""
