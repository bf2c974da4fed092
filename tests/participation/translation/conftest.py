"""A small server that speaks the protocol of LibreTranslate, in good moods and bad ones."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from participation.translation.settings import TranslateSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

KEY = "the key of this site"
Answer = tuple[int, dict[str, str], bytes]


class Service(ThreadingHTTPServer):
    """Translates by putting the language before each text, unless told to answer otherwise."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        #: What it answers instead, by the question; None for a translation.
        self.otherwise: Callable[[dict[str, Any]], Answer | None] = lambda _question: None
        #: Seconds between the parts of its answer.
        self.drips = 0.0
        self.settings = TranslateSettings(f"http://127.0.0.1:{self.server_address[1]}", KEY)

    def answers(self, status: int, said: object, **headers: str) -> None:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.otherwise = lambda _question: (status, headers, body)

    def answer_to(self, question: dict[str, Any]) -> Answer:
        self.asked.append(question)
        if question.get("api_key") != KEY:
            return 403, {}, b'{"error": "Invalid API key"}'
        if special := self.otherwise(question):
            return special
        texts = [f"{question['target']}: {text}" for text in question["q"]]
        return 200, {}, json.dumps({"translatedText": texts}).encode()

    @property
    def texts(self) -> list[str]:
        """Every text that it was sent."""
        return [text for question in self.asked for text in question["q"]]


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/translate"
        status, headers, body = self.server.answer_to(question)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for place in range(0, len(body), 4) if self.server.drips else ():
                time.sleep(self.server.drips)
                self.wfile.write(body[place : place + 4])
            if not self.server.drips:
                self.wfile.write(body)
        except OSError:
            pass  # The one who asked has hung up.

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def app_with_machine(app: Flask, service: Service, monkeypatch: pytest.MonkeyPatch) -> Flask:
    config = replace(app.extensions["baraza_config"], translate=service.settings)
    monkeypatch.setitem(app.extensions, "baraza_config", config)
    return app
