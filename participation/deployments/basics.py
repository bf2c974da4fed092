"""Whose dossier it is, whose law applies, and its main language: what stands in it beside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from participation.database import db
from participation.deployments.actions import (
    BASICS,
    DossierNotValidError,
    EditedMeanwhileError,
    take_turns,
    write,
)
from participation.deployments.checking import is_withheld, problems_in
from participation.deployments.schema import FIELDS, WITHHELD, Field, Kind
from participation.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from participation.deployments.models import Content, Deployment

Texts = dict[str, str]


class NotInThisLanguageError(DomainError):
    message = _l("Some texts do not exist in the new main language yet. Nothing was changed.")
    status = 422

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__(*(field.key for field in fields))
        self.fields = fields


def change_basics(
    deployment: Deployment, *, owner: str, country: str, main_language: str, renames: bool, seen: int
) -> None:
    """Change them in the draft. No text is lost: each keeps every language that it has.

    Args:
        renames: texts that are only in the main language until now are in truth in the new one.
        seen: the revision that somebody had before them.

    Raises:
        EditedMeanwhileError: somebody else has changed them since, to something else.
        NotInThisLanguageError: names the fields with texts that do not exist in the new main language.
        DossierNotValidError

    """
    take_turns(deployment)
    draft = deployment.draft
    changed = {**draft, "owner": owner, "country": country, "main_language": main_language}
    if changed != draft and deployment.revision_of(BASICS) != seen:
        db.session.rollback()
        raise EditedMeanwhileError
    if renames:
        changed = renamed(changed, draft["main_language"], main_language)
    if missing := fields_without(changed, main_language):
        db.session.rollback()
        raise NotInThisLanguageError(missing)
    if problems := problems_in(changed):
        db.session.rollback()
        raise DossierNotValidError(problems)
    write(deployment, changed)
    db.session.commit()


def renamed(content: Content, before: str, after: str) -> Content:
    """The dossier with texts that were said to be in one language said to be in another, where that is free."""

    def change(texts: Texts) -> Texts:
        if before not in texts or after in texts:
            return texts
        return {after if tag == before else tag: text for tag, text in texts.items()}

    return {
        **content,
        "fields": {key: _mapped(FIELDS[key], value, change) for key, value in content["fields"].items()},
    }


def fields_without(content: Content, tag: str) -> list[Field]:
    """The fields with a text that does not exist in a language, in the order of the dossier."""
    return [
        field
        for field in FIELDS.values()
        if field.key in content["fields"]
        and any(tag not in texts for texts in texts_of(field, content["fields"][field.key]))
    ]


def texts_of(field: Field, value: Any) -> list[Texts]:  # noqa: ANN401 - whatever kind of value the field has
    """Every text in a value, each in all its languages."""
    found: list[Texts] = []

    def keep(texts: Texts) -> Texts:
        found.append(texts)
        return texts

    _mapped(field, value, keep)
    return found


def _mapped(field: Field, value: Any, change: Callable[[Texts], Texts]) -> Any:  # noqa: ANN401 - as above
    """The value with each of its texts changed."""
    if is_withheld(value):
        return {"withheld": _mapped(WITHHELD, value["withheld"], change)}
    match field.kind:
        case Kind.TEXT:
            return change(value)
        case Kind.RECORD:
            parts = {part.key: part for part in field.parts}
            return {key: _mapped(parts[key], part, change) for key, part in value.items()}
        case Kind.RECORDS:
            parts = {part.key: part for part in field.parts}
            return [{key: _mapped(parts[key], part, change) for key, part in one.items()} for one in value]
    return value
