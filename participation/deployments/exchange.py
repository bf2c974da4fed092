"""A dossier as a file, for commands and screens."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from participation.deployments.models import Content


def as_file(content: Content) -> str:
    """JSON that people can read too."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def read_dossier(text: str) -> Content:
    """A dossier from JSON, its texts in NFC. Raises ValueError if it is no JSON."""
    content: Content = json.loads(unicodedata.normalize("NFC", text), parse_constant=_no_number)
    return content


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
