"""Which languages there are, which one a page speaks, and in which direction it runs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from babel import Locale
from flask import abort, current_app, g, has_request_context, request, url_for
from werkzeug.local import LocalProxy

from participation.config import ROOT
from participation.extensions import babel

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"


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


def preferred_language() -> Language:
    """What this visitor chose before, or else what their browser asks for."""
    chosen = LANGUAGES.get(request.cookies.get(LANGUAGE_COOKIE, ""))
    return chosen or LANGUAGES[request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE.tag)]


@lru_cache(maxsize=256)
def direction_of(tag: str) -> str:
    """The direction of a text in any language, also one the interface does not speak."""
    try:
        return "rtl" if Locale.parse(tag, sep="-").text_direction == "rtl" else "ltr"
    except ValueError:
        return "auto"


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
    if language and request.cookies.get(LANGUAGE_COOKIE) != language.tag:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language.tag,
            max_age=A_YEAR_IN_SECONDS,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def _language_links() -> list[LanguageLink]:
    here = current_language()
    endpoint, values = request.endpoint, dict(request.view_args or {})
    if endpoint is None or g.get("language") is None:
        endpoint, values = "consultations.home", {}
    # After a refused form the same address answers to GET only where the form itself is.
    query = request.args.to_dict() if request.method == "GET" else {}
    return [
        LanguageLink(
            tag=language.tag,
            name=language.name,
            url=url_for(endpoint, **{**query, **values, "language": language.tag}),
            current=language == here,
        )
        for language in LANGUAGES.values()
    ]
