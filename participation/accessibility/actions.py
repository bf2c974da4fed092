"""What the organiser does with the accessibility statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.accessibility.models import AccessibilityStatement, AccessibilityText
from participation.accessibility.queries import accessibility_statement
from participation.database import db

if TYPE_CHECKING:
    from collections.abc import Mapping


def complete_statement(facts: Mapping[str, object], text: Mapping[str, str], language: str) -> None:
    """Keep the facts, which hold in every language, and the text of one language."""
    statement = accessibility_statement() or AccessibilityStatement(id=1)
    for name, value in facts.items():
        setattr(statement, name, value)
    statement.texts[language] = db.session.merge(AccessibilityText(statement_id=1, language=language, **text))
    db.session.add(statement)
    db.session.commit()
