"""A dossier as a file, for commands and screens: our own JSON, and the forms of two registers."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, cast

from flask_babel import lazy_gettext as _l

from participation.deployments.registers import atrs, dutch
from participation.deployments.registers.columns import lost_fields
from participation.deployments.schema import SCHEMA_VERSION
from participation.slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask_babel import LazyString

    from participation.deployments.models import Content
    from participation.deployments.registers.columns import Column
    from participation.deployments.schema import Field


@dataclass(frozen=True)
class Format:
    """A form in which a dossier goes out and comes back."""

    label: LazyString
    ending: str
    media_type: str
    write: Callable[[Content], str]
    #: None where everything goes over.
    columns: Sequence[Column] | None = None

    def lost(self, content: Content) -> list[Field]:
        """What of a dossier such a file does not hold, or not as a whole."""
        return [] if self.columns is None else lost_fields(self.columns, content)


def as_json(value: object) -> str:
    """JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=2)


FORMATS = {
    "json": Format(_l("JSON, with everything"), "json", "application/json", as_json),
    "dutch": Format(
        _l("JSON of the Dutch algorithm register"),
        "dutch.json",
        "application/json",
        lambda content: as_json(dutch.write(content)),
        dutch.COLUMNS,
    ),
    "atrs": Format(
        _l("CSV in the shape of the British standard"), "atrs.csv", "text/csv", atrs.write, atrs.COLUMNS
    ),
}


def read_dossier(text: str, find_draft: Callable[[str], Content | None]) -> Content:
    """A dossier from a file of any of the formats, its texts in NFC.

    A register's file changes what it speaks of and leaves the rest of a draft as it is.

    Args:
        find_draft: gives the draft that a file is about, by the name that its address has.

    Raises:
        ValueError: it is none of them.

    """
    text = unicodedata.normalize("NFC", text)
    if atrs.is_record(text):
        row = atrs.parse(text)
        slug = row.get(atrs.SOURCE) or slug_of(row.get("name", "")) or "dossier"
        owner = row.get("organisation", "")
        return atrs.read(row, find_draft(slug) or _begun(slug, owner, "GB", row.get(atrs.LANGUAGE) or "en"))
    value = json.loads(text, parse_constant=_no_number)
    if dutch.is_row(value):
        slug = slug_of(str(value.get("source_id") or "")) or slug_of(str(value.get("name"))) or "dossier"
        owner = str(value.get("organization") or "")
        return dutch.read(value, find_draft(slug) or _begun(slug, owner, "NL", dutch.language_of(value)))
    return cast("Content", value)


def _begun(slug: str, owner: str, country: str, language: str) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "slug": slug,
        "owner": owner[:200],
        "country": country,
        "main_language": language,
        "fields": {},
    }


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
