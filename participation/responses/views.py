"""Pages about what the authority answered and did."""

from __future__ import annotations

from flask import Blueprint

from participation.responses import actions  # noqa: F401

pages = Blueprint("responses", __name__, url_prefix="/<language>/c/<slug>")
