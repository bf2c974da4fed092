"""Which machine translates, if any: a service that speaks the protocol of LibreTranslate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class TranslateSettings:
    """A service that translates.

    Args:
        url: where it is, without a slash at the end.
        key: what it asks us to show, if anything.

    """

    url: str
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Its name, for people who want to know where texts go."""
        return urlsplit(self.url).hostname or self.url


def translate_settings(environment: Mapping[str, str]) -> TranslateSettings | None:
    """Read BARAZA_TRANSLATE_URL and BARAZA_TRANSLATE_KEY; without an address nothing is translated by machine.

    Raises:
        ValueError: the address cannot be one of a service.

    """
    url, key = environment.get("BARAZA_TRANSLATE_URL", ""), environment.get("BARAZA_TRANSLATE_KEY", "")
    if not url:
        if key:
            raise ValueError(
                "BARAZA_TRANSLATE_KEY is set, but BARAZA_TRANSLATE_URL is not. Write both, or neither."
            )
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            "BARAZA_TRANSLATE_URL must be an address such as https://translate.city.example, without ? and #."
        )
    if parts.username or parts.password:
        raise ValueError(
            "BARAZA_TRANSLATE_URL holds a name or password. Write the key in BARAZA_TRANSLATE_KEY."
        )
    return TranslateSettings(url.rstrip("/"), key)
