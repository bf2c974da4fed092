"""Which languages there are, which one a page speaks, and in which direction it runs."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from flask import abort, current_app, g, has_request_context, request, url_for
from flask_babel import get_translations
from werkzeug.local import LocalProxy

from participation.config import ROOT
from participation.extensions import babel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.support import Translations
    from flask import Flask, Response

A_YEAR_IN_SECONDS = 365 * 24 * 3600
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Language:
    """A language of the interface: its BCP 47 tag and its own name for itself."""

    tag: str
    name: str

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(self.tag, sep="-")

    @property
    def direction(self) -> str:
        return direction_of(self.tag)


# To add a language: one line here and one catalogue in translations/.
LANGUAGES = {
    language.tag: language
    for language in (
        Language("ar", "العربية"),
        Language("de", "Deutsch"),
        Language("en", "English"),
        Language("es", "Español"),
        Language("fr", "Français"),
        Language("hi", "हिन्दी"),
        Language("it", "Italiano"),
        Language("sw", "Kiswahili"),
        Language("sl", "Slovenščina"),
        Language("fi", "Suomi"),
        Language("sv", "Svenska"),
    )
}
DEFAULT_LANGUAGE = LANGUAGES["en"]


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language."""

    tag: str
    name: str
    url: str
    current: bool


def current_language() -> Language:
    """The language of this page; outside a request the default."""
    if has_request_context():
        language: Language = g.get("language") or preferred_language()
        return language
    return DEFAULT_LANGUAGE


@contextmanager
def speaking(tag: str, base_url: str | None = None) -> Iterator[None]:
    """Sentences, numbers and dates in a language, whatever the language of whoever asks.

    Do not ask the database within this: it has a context of its own, also for the application.

    Args:
        tag: of the language; the default one where the interface does not speak it.
        base_url: what links begin with; the host that a browser names is no such thing.

    """
    with current_app.app_context(), current_app.test_request_context(base_url=base_url):
        g.language = LANGUAGES.get(tag, DEFAULT_LANGUAGE)
        yield


def preferred_language() -> Language:
    """What this visitor chose before, or else what their browser asks for."""
    chosen = LANGUAGES.get(request.cookies.get(LANGUAGE_COOKIE, ""))
    return chosen or LANGUAGES[request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE.tag)]


@lru_cache(maxsize=256)
def direction_of(tag: str) -> str:
    """The direction of a text in any language, also one the interface does not speak."""
    if not is_language(tag):
        return "auto"
    return "rtl" if Locale.parse(tag, sep="-").text_direction == "rtl" else "ltr"


def is_language(tag: str) -> bool:
    """Whether this is the BCP 47 tag of a language that there are data about."""
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


def name_of(tag: str) -> str:
    """A language's name in the language of the page, for people who do not read that language."""
    return str(current_language().locale.languages.get(tag, tag))


def best_of(available: Iterable[str], *, otherwise: str) -> str:
    """The page's language if there is a text in it, or else the text's main language."""
    tag = current_language().tag
    return tag if tag in available else otherwise


def count_characters(text: str) -> int:
    """Characters as a reader counts them: a vowel sign or an accent belongs to its letter.

    Marks are not counted (Unicode categories Mn, Me, and Mc as in Devanagari), nor are the
    invisible joiners that Hindi and Persian need.
    """
    composed = unicodedata.normalize("NFC", text)
    return sum(unicodedata.category(character) not in {"Mn", "Me", "Mc", "Cf"} for character in composed)


def set_up(app: Flask) -> None:
    """Take the language out of every address, and put it back into every link."""
    babel.init_app(
        app,
        locale_selector=lambda: str(current_language().locale),
        default_translation_directories=str(ROOT / "translations"),
    )
    # Flask-Babel asks for the language at every sentence; a page has one, and some forty sentences.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja's i18n extension adds it
        lambda sentence: _catalogue().ugettext(sentence),
        lambda one, many, n: _catalogue().ungettext(one, many, n),
        newstyle=True,
    )
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    app.after_request(_remember_language)
    # Globals, not context: macros in other files see only those.
    app.jinja_env.globals.update(
        language=LocalProxy(current_language),
        language_links=LocalProxy(_language_links),
        direction_of=direction_of,
        name_of=name_of,
    )


def _catalogue() -> Translations:
    """The catalogue of this page's language, looked up once a request."""
    if "catalogue" not in g:
        g.catalogue = get_translations()
    catalogue: Translations = g.catalogue
    return catalogue


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is None or "language" not in values:
        return
    tag = values.pop("language")
    if tag not in LANGUAGES:
        abort(404)
    g.language = LANGUAGES[tag]


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = current_language().tag


def _remember_language(response: Response) -> Response:
    language = g.get("language")
    # In a frame on another site a cookie is lost, or follows people about: that page sets none.
    if language and not g.get("may_be_framed") and request.cookies.get(LANGUAGE_COOKIE) != language.tag:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language.tag,
            max_age=A_YEAR_IN_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _language_links() -> list[LanguageLink]:
    here = current_language()
    endpoint, values = _page_to_translate()
    # The query is the visitor's own: it goes behind the address, never into url_for's arguments.
    query = f"?{urlencode(list(request.args.items(multi=True)))}" if request.args else ""
    return [
        LanguageLink(
            tag=language.tag,
            name=language.name,
            url=url_for(endpoint, **{**values, "language": language.tag}) + query,
            current=language == here,
        )
        for language in LANGUAGES.values()
    ]


def _page_to_translate() -> tuple[str, dict[str, Any]]:
    """The page at this address, or the nearest one where the address only takes forms."""
    values = dict(request.view_args or {})
    if request.url_rule is None or g.get("language") is None:
        return "consultations.home", {}
    if "GET" in (request.url_rule.methods or ()):
        return request.url_rule.endpoint, values
    return (
        ("consultations.show", {"slug": values["slug"]}) if "slug" in values else ("consultations.home", {})
    )
