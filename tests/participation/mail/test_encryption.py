"""The way to the mail server: encrypted, to the server that was meant, with a name and a password."""

from __future__ import annotations

import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from participation.database import db
from participation.mail.actions import work_on_outbox, write_mail
from participation.mail.settings import Security, Server
from participation.mail.transport import MailServerUnreachableError
from tests.participation.mail.test_message import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    from tests.participation.mail.conftest import Postmaster

SIGN_IN = {"user": "baraza", "password": "a good long sentence"}


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that nobody else trusts, with its key."""
    file = tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=here"]
    command += [
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        str(file),
        "-out",
        str(tmp_path / "c.pem"),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    file.write_text(file.read_text() + (tmp_path / "c.pem").read_text())
    return file


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same certificate, which this machine trusts for now."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


def encrypted(certificate: Path, security: Security) -> dict[str, object]:
    """How the mail server encrypts, and whom it lets in."""

    def let_in(_server: object, _session: object, _envelope: object, _how: str, who: object) -> AuthResult:
        assert isinstance(who, LoginPassword)
        right = (who.login.decode(), who.password.decode()) == tuple(SIGN_IN.values())
        return AuthResult(success=right, handled=False)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if security is Security.TLS:
        # aiosmtpd offers AUTH only after STARTTLS, unless told that the line is safe anyway.
        return {"ssl_context": context, "authenticator": let_in, "auth_require_tls": False}
    return {"tls_context": context, "require_starttls": True, "authenticator": let_in, "auth_required": True}


def send(app: Flask) -> None:
    with app.app_context():
        write_mail("amina:opened", recipient="amina@home.example", language="en", letter=ENGLISH)
        db.session.commit()
        work_on_outbox()


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS], ids=lambda kind: kind.value)
def test_mail_goes_by_an_encrypted_line(
    app: Flask,
    serve: Callable[..., Server],
    postmaster: Postmaster,
    trusted: Path,
    security: Security,
) -> None:
    serve({"security": security, **SIGN_IN}, **encrypted(trusted, security))
    send(app)
    assert len(postmaster.taken) == 1


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster, certificate: Path
) -> None:
    serve({"security": Security.STARTTLS, **SIGN_IN}, **encrypted(certificate, Security.STARTTLS))
    with pytest.raises(MailServerUnreachableError, match="SSLCertVerificationError"):
        send(app)
    assert postmaster.taken == []


def test_a_wrong_password_is_said_without_repeating_it(
    app: Flask,
    serve: Callable[..., Server],
    postmaster: Postmaster,
    trusted: Path,
) -> None:
    wrong = {**SIGN_IN, "password": "a wrong password"}
    serve({"security": Security.STARTTLS, **wrong}, **encrypted(trusted, Security.STARTTLS))
    with pytest.raises(MailServerUnreachableError, match="SMTPAuthenticationError 535") as refused:
        send(app)
    assert "wrong" not in str(refused.value)
    assert postmaster.taken == []
