"""The published report: its latest version, and each version by its number; and its draft for invited readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from participation.consultations.queries import consultation_by_id
from participation.extensions import limiter
from participation.i18n import LANGUAGES, best_of
from participation.opinions.map_drawing import draw_map
from participation.opinions.models import Place
from participation.outcomes.actions import ReportPreviewGoneError, draft_facts
from participation.outcomes.facts import languages_in
from participation.outcomes.queries import latest_report, removed_since, report_numbered, versions_of
from participation.outcomes.removal import removed_from, words_without
from participation.outcomes.words import words_in
from participation.permissions import anyone, for_consultation
from participation.previews.actions import comment
from participation.previews.forms import CommentForm
from participation.previews.queries import link_by_id
from participation.previews.tokens import read_link

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.opinions.map_drawing import MapDrawing
    from participation.outcomes.models import Report
    from participation.previews.models import PreviewLink

pages = Blueprint("reports", __name__, url_prefix="/<language>")


@pages.get("/c/<slug>/report")
@for_consultation()
def latest(consultation: Consultation) -> str | Response:
    """The version that holds; before there is one, what is known so far."""
    report = latest_report(consultation.id)
    if report is None:
        return redirect(url_for("outcomes.show", slug=consultation.slug))
    return _page(consultation, report)


@pages.get("/c/<slug>/report/<int:number>")
@for_consultation()
def version(consultation: Consultation, number: int) -> str:
    return _page(consultation, report_numbered(consultation.id, number) or abort(404))


@pages.route("/report-draft/<token>", methods=["GET", "POST"])
@limiter.limit("60 per hour", methods=["POST"])
@anyone
def review(token: str) -> str | Response | tuple[str, int]:
    """The draft of a report to read and to comment on, for whoever has the link, until it is published."""
    link_id = read_link(token)
    link = link_by_id(link_id) if link_id is not None else None
    consultation = consultation_by_id(link.consultation_id) if link else None
    if link is None or consultation is None or is_over(link, consultation):
        raise ReportPreviewGoneError
    form = CommentForm()
    if form.validate_on_submit():
        comment(consultation, link, str(form.name.data), str(form.text.data))
        flash(_("Thank you. Those who run the consultation can read your comment now."))
        return redirect(url_for(".review", token=token, _anchor="comments"))
    return draft_page(consultation, link=link, form=form), 400 if form.errors else 200


def draft_page(
    consultation: Consultation, *, link: PreviewLink | None = None, form: CommentForm | None = None
) -> str:
    """The report as it would be published now; for a reviewer with room for comments."""
    facts = draft_facts(consultation)
    tags = languages_in(facts, LANGUAGES)
    tag = best_of(tags, otherwise=tags[0])
    return render_template(
        "outcomes/draft.html",
        consultation=consultation,
        words=words_in(facts, tag),
        tag=tag,
        drawn=drawn,
        link=link,
        form=form,
    )


def is_over(link: PreviewLink, consultation: Consultation) -> bool:
    """Whether a link opens no draft any more: taken back, or what it showed is published."""
    if link.revoked_at or not consultation.is_closed or not link.is_of_report(consultation):
        return True
    report = latest_report(consultation.id)
    return report is not None and report.published_at >= link.made_at


def _page(consultation: Consultation, report: Report) -> str:
    versions, removed = versions_of(consultation.id), removed_since(consultation.id)
    main = consultation.main_language
    tag = best_of(report.words, otherwise=main if main in report.words else min(report.words))
    return render_template(
        "outcomes/report.html",
        consultation=consultation,
        report=report,
        versions=versions,
        successor=next((each for each in versions if each.number == report.number + 1), None),
        latest=versions[-1],
        drawn=drawn,
        words=words_without(report.words[tag], removed),
        removed=removed_from(report.facts, removed),
        tag=tag,
    )


def drawn(block: dict[str, Any]) -> MapDrawing | None:
    """The map of a report as shapes. Its marks are of people, none of whom is anybody's row."""
    return draw_map(
        [
            Place(participant_id=place, x=x, y=y, error=0.0, group_index=group)
            for place, (x, y, group) in enumerate(block["points"])
        ],
        None,
        number_of_groups=len(block["groups"]),
    )
