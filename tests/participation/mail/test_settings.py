"""How an operator says where mail goes, and what they hear if it cannot work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from participation.config import Config, ConfigError
from participation.mail.address import normal_address
from participation.mail.settings import Security, Server, mail_settings
from participation.mail.transport import MailServerUnreachableError, open_transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.participation.mail.conftest import Postmaster

PRODUCTION = {
    "BARAZA_ENVIRONMENT": "production",
    "BARAZA_SECRET_KEY": "a secret",
    "BARAZA_DATABASE_URL": "sqlite://",
    "BARAZA_PROXIES": "1",
}
MAIL = {
    "BARAZA_SMTP_URL": "smtp+starttls://baraza:p%40ss@mail.city.example",
    "BARAZA_MAIL_FROM": "baraza@city.example",
    "BARAZA_BASE_URL": "https://baraza.city.example/",
}


def test_production_without_a_mail_server_offers_no_mail() -> None:
    assert Config.from_environment(PRODUCTION).mail is None


def test_production_with_a_mail_server() -> None:
    mail = Config.from_environment(PRODUCTION | MAIL).mail
    assert mail
    assert (mail.sender, mail.domain) == ("baraza@city.example", "city.example")
    assert mail.base_url == "https://baraza.city.example"
    assert mail.way == Server("mail.city.example", 587, Security.STARTTLS, "baraza", "p@ss")


def test_development_writes_mail_into_a_folder(tmp_path: Path) -> None:
    mail = mail_settings({"PORT": "8205"}, tmp_path, production=False)
    assert mail
    assert (mail.way, mail.base_url) == (tmp_path / "mail", "http://127.0.0.1:8205")


@pytest.mark.parametrize(
    ("setting", "value", "what_to_do"),
    [
        ("BARAZA_MAIL_FROM", "", "BARAZA_MAIL_FROM"),
        ("BARAZA_BASE_URL", "", "BARAZA_BASE_URL"),
        ("BARAZA_MAIL_FROM", "Baraza <baraza@city.example>", "without a name"),
        ("BARAZA_BASE_URL", "baraza.city.example", "https://"),
        ("BARAZA_SMTP_URL", "mail.city.example", "cannot be understood"),
        ("BARAZA_SMTP_URL", "smtps://u:secret@", "cannot be understood"),
        ("BARAZA_SMTP_URL", "smtps://u:secret@host:port", "cannot be understood"),
        ("BARAZA_SMTP_URL", "smtp://u:secret@mail.city.example", "unencrypted"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_and_says_why(
    setting: str, value: str, what_to_do: str
) -> None:
    with pytest.raises(ConfigError, match=what_to_do) as refused:
        Config.from_environment(PRODUCTION | MAIL | {setting: value})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Amina@Home.Example ", "amina@home.example"),
        ("amina+baraza@home.example", "amina+baraza@home.example"),
        ("amina@münchen.example", "amina@xn--mnchen-3ya.example"),
    ],
)
def test_an_address_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert normal_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "@",
            "amina",
            "amina@",
            "@home.example",
            "amina@home",
            "a b@home.example",
            "amina@home..example",
        ),
        *("amina@home.example\nBcc: x@y.example", "amina@home.example\r\n x", "amina@ho\x00me.example"),
        *("a@b.example,c@d.example", "Amina <amina@home.example>", '"a b"@home.example', "a@[127.0.0.1]"),
        *(
            "أمينة@home.example",
            f"{'a' * 65}@home.example",
            f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.example",
        ),
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert normal_address(typed) is None


def test_a_server_that_wants_a_name_and_offers_no_encryption_gets_no_password(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve({"security": Security.STARTTLS, "user": "baraza", "password": "p"})
    mail = app.extensions["baraza_config"].mail
    with pytest.raises(MailServerUnreachableError, match="SMTPNotSupportedError"), open_transport(mail):
        pass
    assert postmaster.taken == []
