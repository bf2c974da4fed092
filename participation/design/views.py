"""The design system on one page: every component, looked at by people and by the tests."""

from __future__ import annotations

from flask import Blueprint, render_template

from participation.permissions import anyone

pages = Blueprint("design", __name__, url_prefix="/<language>")


@pages.get("/design")
@anyone
def design() -> str:
    return render_template("design/index.html")
