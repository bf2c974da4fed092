"""A service that translates may refuse, be busy, talk nonsense or say nothing: each is told apart."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from participation.config import Config, ConfigError
from participation.translation.libretranslate import TranslationError, translate
from participation.translation.models import Problem
from participation.translation.settings import TranslateSettings

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Service

TEXTS = ["A person should decide.", "It costs too much."]


def problem(settings: TranslateSettings, *, seconds: float = 5.0) -> TranslationError:
    with pytest.raises(TranslationError) as caught:
        translate(TEXTS, "en", "ar", settings, seconds=seconds)
    return caught.value


def test_texts_come_back_in_order_and_the_question_follows_the_protocol(service: Service) -> None:
    assert translate(TEXTS, "en", "ar", service.settings) == [f"ar: {text}" for text in TEXTS]
    assert service.asked == [
        {"q": TEXTS, "source": "en", "target": "ar", "format": "text", "api_key": "the key of this site"}
    ]


def test_a_wrong_key_is_told_apart(service: Service) -> None:
    assert problem(replace(service.settings, key="another")).problem is Problem.BAD_KEY
    assert problem(replace(service.settings, key="")).problem is Problem.BAD_KEY
    assert "api_key" not in service.asked[-1]


def test_a_language_that_it_does_not_know_is_told_apart(service: Service) -> None:
    service.answers(400, {"error": "xx is not supported"})
    assert problem(service.settings).problem is Problem.REFUSED


@pytest.mark.parametrize(
    ("said", "rest"),
    [("7", 7), ("0", 0), ("999999", 3600), ("soon", None), ("", None), ("-3", None)],
)
def test_a_busy_service_says_how_long_to_wait(service: Service, said: str, rest: int | None) -> None:
    service.answers(429, {"error": "Slowdown"}, Retry_After=said)
    error = problem(service.settings)
    assert error.problem is Problem.BUSY
    assert error.rest == (None if rest is None else timedelta(seconds=rest))


def test_it_may_also_say_until_when(service: Service) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    service.answers(503, {}, Retry_After=until)
    error = problem(service.settings)
    assert timedelta(minutes=4) < error.rest <= timedelta(minutes=5)


@pytest.mark.parametrize(
    "said",
    [
        b"<html>Welcome!</html>",
        b"\xff\xfe",
        [],
        {},
        {"translatedText": "one text for two"},
        {"translatedText": ["one"]},
        {"translatedText": ["one", None]},
        {"translatedText": ["x" * 2**20, "too much"]},
    ],
    ids=lambda said: str(said)[:30],
)
def test_nonsense_is_told_apart(service: Service, said: object) -> None:
    service.answers(200, said)
    assert problem(service.settings).problem is Problem.UNREADABLE


def test_a_failing_service_and_none_at_all_are_unreachable(service: Service) -> None:
    service.answers(500, {"error": "Cannot translate text"})
    assert problem(service.settings).problem is Problem.UNREACHABLE
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = TranslateSettings(f"http://127.0.0.1:{free.getsockname()[1]}")
    assert problem(nobody).problem is Problem.UNREACHABLE


def test_nobody_waits_for_a_service_that_hangs_or_drips(service: Service) -> None:
    began = time.monotonic()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        hanging = TranslateSettings(f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert problem(hanging, seconds=0.3).problem is Problem.UNREACHABLE
    service.drips = 0.1
    assert problem(service.settings, seconds=0.5).problem is Problem.UNREACHABLE
    assert time.monotonic() - began < 3


def test_texts_and_key_are_not_sent_on_to_another_address(service: Service) -> None:
    service.answers(307, b"", Location=f"{service.settings.url}/translate")
    assert problem(service.settings).problem is Problem.REFUSED
    assert len(service.asked) == 1


def test_off_by_default_and_loud_when_wrong(tmp_path: Path) -> None:
    here = {"BARAZA_INSTANCE": str(tmp_path)}
    assert Config.from_environment(here).translate is None
    url = "https://translate.city.example/"
    on = Config.from_environment(here | {"BARAZA_TRANSLATE_URL": url, "BARAZA_TRANSLATE_KEY": "k"}).translate
    assert on == TranslateSettings("https://translate.city.example", "k")
    assert on.host == "translate.city.example"
    assert "key" not in repr(on)
    for wrong in (
        {"BARAZA_TRANSLATE_KEY": "k"},
        *(
            {"BARAZA_TRANSLATE_URL": bad}
            for bad in ("city.example", "ftp://a.example", "https://u:p@a.example", "https://")
        ),
    ):
        with pytest.raises(ConfigError, match="BARAZA_TRANSLATE"):
            Config.from_environment(here | wrong)
