"""What people send about a dossier as a whole. Its sections have forms of their own, which its fields make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from participation.deployments.actions import BASICS
from participation.editions import number_seen
from participation.i18n import LANGUAGES, countries, current_language, name_of
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from participation.deployments.models import Deployment

_NEEDED = DataRequired(_l("Please fill this in."))
#: What a dossier says where no country's law applies, as in the demonstration.
NO_COUNTRY = "ZZ"


class StartForm(FlaskForm):
    """What a dossier needs to begin."""

    name = StringField(_l("Name of the system"), [_NEEDED, AtMost(99), plain_characters], filters=[one_line])
    main_language = SelectField(
        _l("Main language"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
        default=lambda: current_language().tag,
    )


class BasicsForm(FlaskForm):
    """Whose dossier it is, whose law applies, and in which language every text exists."""

    owner = StringField(
        _l("Organisation that answers for it"),
        [_NEEDED, AtMost(200), plain_characters],
        filters=[one_line],
    )
    country = SelectField(_l("Country"))
    main_language = SelectField(_l("Main language"))
    renames = BooleanField()
    seen = HiddenField()

    def __init__(self, deployment: Deployment) -> None:
        super().__init__(
            data={
                "owner": deployment.owner,
                "country": deployment.country,
                "main_language": deployment.main_language,
                "seen": deployment.revision_of(BASICS),
            }
        )
        self.country.choices = [
            SelectChoice(code, name) for code, name in [*countries(), (NO_COUNTRY, _l("No country: made up"))]
        ]
        tags = [*LANGUAGES, *({deployment.main_language} - set(LANGUAGES))]
        self.main_language.choices = [
            SelectChoice(tag, LANGUAGES[tag].name if tag in LANGUAGES else name_of(tag)) for tag in tags
        ]

    @property
    def revision(self) -> int:
        """What the form was filled in from; -1 if that cannot be read, which is none."""
        return number_seen(self.seen.data)


class UploadForm(FlaskForm):
    file = FileField(_l("A file, as JSON or CSV"), [FileRequired(_l("Please choose a file first."))])
