"""Logs that operators can search: one JSON object a line in production, without any trace of a person."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from flask import Flask

# Whoever adds one of these to a log line finds it struck out: what is not written cannot leak.
STRUCK = "[struck out]"
# PostgreSQL explains a refused row with the values in it.
DETAIL_OF_A_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)
NEVER_LOGGED = frozenset({"email", "ip", "remote_addr", "password", "secret", "choice", "participant"})


def set_up(app: Flask) -> None:
    """Send every log through structlog to standard error."""
    production = app.extensions["baraza_config"].production
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # A traceback as plain text: the prettier kinds print the values of variables, and so a person's vote.
        structlog.processors.format_exc_info,
        strike_out,
    ]
    last = structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    logging.getLogger().handlers = [handler]
    logging.getLogger().setLevel(logging.INFO)


def strike_out(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Remove what could lead to a person or a vote: by the name of a field, and in what a database says."""
    struck = {key: STRUCK if key in NEVER_LOGGED else value for key, value in event.items()}
    if "exception" in struck:
        struck["exception"] = DETAIL_OF_A_ROW.sub(f"DETAIL: {STRUCK}", struck["exception"])
    return struck
