"""One question to a service that speaks the protocol of LibreTranslate, and every way in which it may go wrong.

The protocol: https://docs.libretranslate.com/guides/api_usage/. An error is a status with {"error": "..."}.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from participation.translation.models import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from http.client import HTTPResponse

    from participation.translation.settings import TranslateSettings

# For one answer, from the first byte sent to the last one read.
SECONDS_TO_ANSWER = 15.0
LONGEST_ANSWER = 1024 * 1024
LONGEST_REST = timedelta(hours=1)
WRONG_KEY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
COME_BACK_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


class TranslationError(Exception):
    """The service has not translated. `rest` is how long it asks us to wait, if it says so."""

    def __init__(self, problem: Problem, rest: timedelta | None = None) -> None:
        super().__init__(problem.value)
        self.problem, self.rest = problem, rest


class _NoRedirects(HTTPRedirectHandler):
    """Texts and key go to the address in the configuration and nowhere else."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def translate(
    texts: Sequence[str],
    source: str,
    target: str,
    settings: TranslateSettings,
    *,
    seconds: float = SECONDS_TO_ANSWER,
) -> list[str]:
    """Plain texts in another language, in the same order.

    Args:
        source, target: BCP 47 tags, of which LibreTranslate takes most as they are.

    Raises:
        TranslationError: with the reason; no text was translated.

    """
    question = {"q": list(texts), "source": source, "target": target, "format": "text"}
    if settings.key:
        question["api_key"] = settings.key
    request = Request(  # noqa: S310 - the settings refuse other schemes than http and https
        f"{settings.url}/translate",
        data=json.dumps(question).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    ends_at = time.monotonic() + seconds
    try:
        with build_opener(_NoRedirects).open(request, timeout=seconds) as answer:
            said = _read(answer, ends_at)
    except HTTPError as error:
        with error:
            raise _problem_with(error) from error
    except (OSError, HTTPException) as error:
        raise TranslationError(Problem.UNREACHABLE) from error
    return _translations_in(said, len(texts))


def _read(answer: HTTPResponse, ends_at: float) -> bytes:
    """The whole answer. The time-out of a socket begins anew with every byte; a slow trickle ends here."""
    read = b""
    while piece := answer.read1(65536):
        read += piece
        if len(read) > LONGEST_ANSWER:
            raise TranslationError(Problem.UNREADABLE)
        if time.monotonic() > ends_at:
            raise TranslationError(Problem.UNREACHABLE)
    return read


def _problem_with(error: HTTPError) -> TranslationError:
    if error.code in WRONG_KEY:
        return TranslationError(Problem.BAD_KEY)
    if error.code in COME_BACK_LATER:
        return TranslationError(Problem.BUSY, _rest(error.headers.get("Retry-After", "")))
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return TranslationError(Problem.UNREACHABLE)
    return TranslationError(Problem.REFUSED)


def _rest(said: str) -> timedelta | None:
    """What Retry-After asks for (RFC 9110, 10.2.3: seconds, or a date), an hour at most."""
    try:
        wait = (
            timedelta(seconds=min(int(said), 10**6))
            if said.isdecimal()
            else parsedate_to_datetime(said).astimezone(UTC) - datetime.now(UTC)
        )
    except ValueError:
        return None
    return min(max(wait, timedelta(0)), LONGEST_REST)


def _translations_in(said: bytes, number: int) -> list[str]:
    try:
        answer: Any = json.loads(said)
        texts = answer["translatedText"]
    except (ValueError, TypeError, KeyError) as error:
        raise TranslationError(Problem.UNREADABLE) from error
    if not isinstance(texts, list) or len(texts) != number or not all(isinstance(one, str) for one in texts):
        raise TranslationError(Problem.UNREADABLE)
    return texts
