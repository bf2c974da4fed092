"""How this installation runs: read once from the environment, typed, and loud when wrong."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from participation.mail.settings import mail_settings
from participation.translation.settings import translate_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from participation.mail.settings import MailSettings
    from participation.translation.settings import TranslateSettings

ROOT = Path(__file__).resolve().parent.parent
LONGEST_REQUEST = 1024 * 1024
BYTES_OF_A_LOG_KEY = 32
A_YEAR_IN_SECONDS = 365 * 24 * 3600


class ConfigError(Exception):
    """A setting is missing or cannot be understood. The message says which and what to do."""


@dataclass(frozen=True)
class Config:
    """The settings of one installation.

    `production` decides whether cookies need https and whether a secret may be made up.
    `log_key` are the 32 bytes that sign the public log; without them they are made of `secret_key`.
    Without `mail` nobody is offered to follow by e-mail; without `translate` no machine translates.
    """

    secret_key: str
    database_url: str
    instance: Path
    production: bool = False
    site_name: str = "Baraza"
    proxies: int = 0
    log_key: bytes | None = None
    mail: MailSettings | None = None
    translate: TranslateSettings | None = None
    testing: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read BARAZA_ENVIRONMENT, _SECRET_KEY, _DATABASE_URL, _INSTANCE, _SITE_NAME, _PROXIES, _LOG_KEY.

        And those of mail and translation, which have settings of their own.
        """
        kind = environment.get("BARAZA_ENVIRONMENT", "development")
        if kind not in {"development", "production"}:
            raise ConfigError(f"BARAZA_ENVIRONMENT is {kind!r}; write 'development' or 'production'.")
        production = kind == "production"
        instance = Path(environment.get("BARAZA_INSTANCE", ROOT / "instance"))
        return cls(
            secret_key=_secret_key(environment.get("BARAZA_SECRET_KEY"), instance, production=production),
            database_url=_database_url(
                environment.get("BARAZA_DATABASE_URL"), instance, production=production
            ),
            instance=instance,
            production=production,
            site_name=environment.get("BARAZA_SITE_NAME", "Baraza"),
            proxies=_proxies(environment.get("BARAZA_PROXIES"), production=production),
            log_key=_log_key(environment.get("BARAZA_LOG_KEY")),
            mail=_mail(environment, instance, production=production),
            translate=_translate(environment),
        )

    def flask_settings(self) -> dict[str, object]:
        """The same settings under the names that Flask and its extensions look for."""
        return {
            "SECRET_KEY": self.secret_key,
            "TESTING": self.testing,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # An error of the database would otherwise name its parameters: who voted what.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True, "pool_pre_ping": True},
            "MAX_CONTENT_LENGTH": LONGEST_REQUEST,
            "SESSION_COOKIE_SECURE": self.production,
            "SESSION_COOKIE_SAMESITE": "Lax",
            # A form stays valid as long as the session: people think before they answer.
            "WTF_CSRF_TIME_LIMIT": None,
            "SEND_FILE_MAX_AGE_DEFAULT": A_YEAR_IN_SECONDS,
            "RATELIMIT_HEADERS_ENABLED": True,
            # The smallest first: our readers pay by the byte.
            "COMPRESS_ALGORITHM": ["br", "zstd", "gzip"],
        }


def _secret_key(given: str | None, instance: Path, *, production: bool) -> str:
    if given:
        return given
    if production:
        raise ConfigError(
            "BARAZA_SECRET_KEY is not set. Make one with "
            "`python3 -c 'import secrets; print(secrets.token_hex(32))'` and keep it: "
            "people's participation is signed with it."
        )
    file = instance / "secret_key"
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()


def _database_url(given: str | None, instance: Path, *, production: bool) -> str:
    if not given:
        if production:
            raise ConfigError(
                "BARAZA_DATABASE_URL is not set. "
                "Write for example postgresql:///baraza or sqlite:////srv/baraza/baraza.sqlite."
            )
        return f"sqlite:///{instance / 'baraza.sqlite'}"
    # Without a driver named, SQLAlchemy would look for psycopg 2.
    return given.replace("postgresql://", "postgresql+psycopg://", 1)


def _log_key(given: str | None) -> bytes | None:
    if not given:
        return None
    try:
        key = bytes.fromhex(given)
    except ValueError:
        key = b""
    if len(key) != BYTES_OF_A_LOG_KEY:
        # The message does not repeat it: it is a secret.
        raise ConfigError(
            "BARAZA_LOG_KEY is no key. Write 64 hexadecimal digits; "
            "`python3 -c 'import secrets; print(secrets.token_hex(32))'` makes some."
        )
    return key


def _mail(environment: Mapping[str, str], instance: Path, *, production: bool) -> MailSettings | None:
    try:
        return mail_settings(environment, instance, production=production)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _translate(environment: Mapping[str, str]) -> TranslateSettings | None:
    try:
        return translate_settings(environment)
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _proxies(given: str | None, *, production: bool) -> int:
    if given is None and production:
        raise ConfigError(
            "BARAZA_PROXIES is not set. Write how many web servers in front of Baraza pass on "
            "X-Forwarded headers, usually 1: without it all visitors seem to have one address."
        )
    if not (given or "0").isdecimal():
        raise ConfigError(f"BARAZA_PROXIES is {given!r}; write a whole number.")
    return int(given or "0")
