"""What went wrong, said in the reader's language, with nothing lost that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from participation.database import db

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel import LazyString

# What the page that asks to send a form again does not carry: the old token, and secrets.
NOT_SENT_AGAIN = {"csrf_token", "password", "present", "repeated", "code"}
# What it carries without showing: nobody typed these, and their codes would only puzzle.
NOT_TYPED = {
    "again",
    "asked",
    "ballot",
    "beside",
    "back",
    "check",
    "admission",
    "choice",
    "confirmed",
    "dossier",
    "edition",
    "exposure",
    "from",
    "important",
    "language",
    "languages",
    "leaning",
    "made_at",
    "main_language",
    "number",
    "outcome",
    "reason",
    "reviewed",
    "revision",
    "save",
    "seen",
    "receipt",
    "statement",
    "ticked",
    "time_zone",
    "together",
    "understood",
    "verdict",
    "wants_reminder",
    "waiting",
}


class DomainError(Exception):
    """Something that the rules do not allow. Each kind has a name, and words for the person who met it."""

    message: LazyString | str
    status = 409


PAGES = {
    400: (_l("This request could not be understood"), _l("Go back to the page before and try again.")),
    403: (
        _l("This page is not open to you"),
        _l("Your account has no right to do this. Ask the person who runs the consultation."),
    ),
    404: (
        _l("There is no page at this address"),
        _l("The address may have been mistyped, or the page has been taken away."),
    ),
    405: (_l("This address cannot be opened this way"), _l("Go back to the page before and try again.")),
    413: (
        _l("What you sent is too large"),
        _l("Please send at most one megabyte. Go back: your text should still be there."),
    ),
    429: (
        _l("Too many attempts in a short time"),
        _l("Wait a few minutes, then try again. Nothing you saved before is lost."),
    ),
    500: (
        _l("Something went wrong on our side"),
        _l("It is not your fault. Votes that you gave before are safe. Try again in a moment."),
    ),
}


def set_up(app: Flask) -> None:
    """Give every kind of failure its page."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected_error)


def _domain_error(error: DomainError) -> tuple[str, int]:
    db.session.rollback()
    slug = (request.view_args or {}).get("slug") if "/c/" in request.path else None
    page = render_template("errors/error.html", title=error.message, what_to_do=None, slug=slug)
    return page, error.status


def _http_error(error: HTTPException) -> tuple[str, int, dict[str, str]] | HTTPException:
    if error.code not in PAGES:
        return error
    title, what_to_do = PAGES[error.code]
    page = render_template("errors/error.html", title=title, what_to_do=what_to_do)
    # Some answers must say more, such as which methods are allowed or when to come back.
    kept = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return page, error.code, kept


def _unexpected_error(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("a request failed", exc_info=error)
    title, what_to_do = PAGES[500]
    return render_template("errors/error.html", title=title, what_to_do=what_to_do), 500


def _form_expired(_error: CSRFError) -> tuple[str, int]:
    """Show what was typed and offer to send it again with a fresh token, to the same address.

    Only if the form was on a page of this site: otherwise one press would do what a stranger wrote.
    """
    if not _came_from_here():
        title, what_to_do = PAGES[400]
        return render_template("errors/error.html", title=title, what_to_do=what_to_do), 400
    return send_again_page(signed_out=False), 400


def send_again_page(*, signed_out: bool) -> str:
    """What was typed, ready to be sent once more; signed-out people sign in in another tab first."""
    fields = [
        # The marks of a translators' desk have the name of a text before them, lines of a paper sheet a number behind.
        (name, value, name in NOT_TYPED or name.endswith("-mark") or name.startswith("answer-"))
        for name, value in request.form.items(multi=True)
        if name not in NOT_SENT_AGAIN
    ]
    return render_template("errors/send_again.html", fields=fields, signed_out=signed_out)


def _came_from_here() -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is None or urlsplit(source).netloc == request.host
