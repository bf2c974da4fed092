"""The demonstration's dossier in two versions, as dossier.json has it, with days that fit whenever it is set up."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from participation.deployments.models import Content

DOSSIER_FILE = Path(__file__).with_name("dossier.json")
IN_DAYS = re.compile(r"([+-]\d+) days")


def load_dossier(today: date) -> tuple[Content, Content]:
    """The first version and the one that people read. Days in the file count from today."""
    raw = _dated(json.loads(DOSSIER_FILE.read_text(encoding="utf-8")), today)
    latest: Content = raw["dossier"]
    fields = {
        key: value for key, value in {**latest["fields"], **raw["first_version"]}.items() if value is not None
    }
    return {**latest, "fields": fields}, latest


def _dated(value: Any, today: date) -> Any:  # noqa: ANN401 - JSON in, JSON out
    if isinstance(value, dict):
        return {key: _dated(part, today) for key, part in value.items()}
    if isinstance(value, list):
        return [_dated(part, today) for part in value]
    if isinstance(value, str) and (match := IN_DAYS.fullmatch(value)):
        return (today + timedelta(days=int(match[1]))).isoformat()
    return value
