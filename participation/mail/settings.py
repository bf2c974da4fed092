"""Where mail goes: to a mail server, or in development into a folder that one can look into."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from enum import Enum
from pathlib import Path  # noqa: TC003 - a type at run time too: transport.py tells the ways apart by it
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from participation.mail.address import normal_address

if TYPE_CHECKING:
    from collections.abc import Mapping


class Security(Enum):
    """How the way to the mail server is kept secret, named as in BARAZA_SMTP_URL."""

    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Server:
    """A mail server that takes our mail."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves.

    Args:
        sender: the address that stands under "From".
        base_url: where the site is, without a slash at the end; links in mails begin with it.
        way: a mail server, or a folder for .eml files.

    """

    sender: str
    base_url: str
    way: Server | Path

    @property
    def domain(self) -> str:
        """What stands behind the @ of the sender: it names our messages."""
        return Address(addr_spec=self.sender).domain


def mail_settings(environment: Mapping[str, str], instance: Path, *, production: bool) -> MailSettings | None:
    """Read BARAZA_SMTP_URL, _MAIL_FROM and _BASE_URL. None: this installation sends no mail.

    Raises:
        ValueError: one of them is missing or cannot be understood; says which, and what to do.

    """
    url = environment.get("BARAZA_SMTP_URL")
    sender, base_url = environment.get("BARAZA_MAIL_FROM"), environment.get("BARAZA_BASE_URL")
    if not url:
        if production:
            return None
        here = f"http://127.0.0.1:{environment.get('PORT', '8000')}"
        return MailSettings("baraza@localhost.example", base_url or here, instance / "mail")
    if not sender or not base_url:
        raise ValueError(
            "With BARAZA_SMTP_URL go BARAZA_MAIL_FROM, such as baraza@city.example, "
            "and BARAZA_BASE_URL, such as https://baraza.city.example: links in mails begin with it."
        )
    if not (address := normal_address(sender)):
        raise ValueError(f"BARAZA_MAIL_FROM is {sender!r}; write one e-mail address without a name.")
    if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
        raise ValueError(f"BARAZA_BASE_URL is {base_url!r}; write an address such as https://city.example.")
    return MailSettings(address, base_url.rstrip("/"), _server(url))


def _server(url: str) -> Server:
    wrong = ValueError(  # the address itself stays out of the message: it may hold a password
        "BARAZA_SMTP_URL cannot be understood; write smtps://user:password@host, "
        "smtp+starttls://user:password@host:587, or smtp://localhost:25 for a mail server on this machine."
    )
    try:
        parts = urlsplit(url)
        security, port = Security(parts.scheme), parts.port
    except ValueError:
        raise wrong from None
    if not parts.hostname or parts.path.strip("/"):
        raise wrong
    if security is Security.NONE and parts.password and parts.hostname not in THIS_MACHINE:
        raise ValueError(
            "BARAZA_SMTP_URL would send the password unencrypted; write smtp+starttls:// or smtps://."
        )
    return Server(
        parts.hostname,
        port or PORTS[security],
        security,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
