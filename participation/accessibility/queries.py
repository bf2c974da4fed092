"""Questions about the accessibility statement."""

from __future__ import annotations

from participation.accessibility.models import AccessibilityStatement
from participation.database import db


def accessibility_statement() -> AccessibilityStatement | None:
    """The statement of this installation; None until the organiser has completed it."""
    return db.session.get(AccessibilityStatement, 1)
