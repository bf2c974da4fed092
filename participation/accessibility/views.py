"""The accessibility statement, which every page links to, and the form that completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.accessibility.actions import complete_statement
from participation.accessibility.forms import ASSESSED_BY, CONFORMANCE, FACTS, TEXTS, AccessibilityForm
from participation.accessibility.queries import accessibility_statement
from participation.i18n import best_of, current_language
from participation.permissions import Permission, anyone, may_anywhere, requires

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.accessibility.models import AccessibilityStatement

pages = Blueprint("accessibility", __name__, url_prefix="/<language>/accessibility")


@pages.get("")
@anyone
def show() -> str:
    statement = accessibility_statement()
    return render_template(
        "accessibility/show.html",
        statement=statement,
        text=statement.texts[best_of(statement.texts, otherwise=next(iter(statement.texts)))]
        if statement
        else None,
        conformance=CONFORMANCE,
        assessed_by=ASSESSED_BY,
        may_complete=may_anywhere(Permission.ACCESSIBILITY_DECLARE),
    )


@pages.route("/edit", methods=["GET", "POST"])
@requires(Permission.ACCESSIBILITY_DECLARE)
def complete() -> str | Response:
    """The form, with the texts in the language of the page."""
    statement = accessibility_statement()
    form = AccessibilityForm() if request.method == "POST" or not statement else _form_of(statement)
    if not form.validate_on_submit():
        return render_template("accessibility/complete.html", form=form)
    complete_statement(form.facts(), form.text(), current_language().tag)
    flash(_("The statement is published."))
    return redirect(url_for(".show"))


def _form_of(statement: AccessibilityStatement) -> AccessibilityForm:
    text = statement.texts.get(current_language().tag)
    facts = {name: getattr(statement, name) for name in FACTS}
    choices = {name: facts[name].value for name in ("conformance", "assessed_by")}
    texts = {name: getattr(text, name) for name in TEXTS} if text else {}
    return AccessibilityForm(data=facts | choices | texts)
