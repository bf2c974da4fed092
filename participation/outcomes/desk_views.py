"""Where the organiser prepares the report: words of their own, links for reviewers, the draft, and publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.opinions.queries import snapshot_of
from participation.outcomes.actions import (
    PublishedMeanwhileError,
    ReportNotReadyError,
    TextEditedMeanwhileError,
    publish_report,
    save_text,
)
from participation.outcomes.blockers import blockers_of, hints_of
from participation.outcomes.forms import SectionTextForm, publish_form, reasons_in
from participation.outcomes.queries import latest_report, texts_of, versions_of
from participation.outcomes.report_views import draft_page, is_over
from participation.outcomes.sections import SECTIONS, WRITABLE
from participation.permissions import Permission, for_consultation
from participation.previews.actions import make_link, revoke_link
from participation.previews.forms import LinkForm
from participation.previews.queries import links_of
from participation.previews.tokens import sign_link

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.outcomes.forms import PublishForm

pages = Blueprint("report_desk", __name__, url_prefix="/<language>/desk/c/<slug>/report")
BY_KEY = {section.KEY: section for section in SECTIONS if section.KEY in WRITABLE}
Answer = tuple[str, int]


@pages.get("")
@for_consultation(Permission.CONSULTATION_MANAGE)
def overview(consultation: Consultation) -> str:
    """What is written, who reviews it, and what blocks publishing."""
    return _overview_page(consultation, LinkForm())


@pages.post("/links")
@for_consultation(Permission.CONSULTATION_MANAGE)
def invite(consultation: Consultation) -> Response | Answer:
    form = LinkForm()
    if not form.validate_on_submit():
        return _overview_page(consultation, form), 400
    make_link(consultation, str(form.recipient.data))
    flash(_("The link is there. Copy it from the list below and send it."))
    return redirect(url_for(".overview", slug=consultation.slug, _anchor="reviewers"))


@pages.post("/links/<int:number>/revoke")
@for_consultation(Permission.CONSULTATION_MANAGE)
def revoke(consultation: Consultation, number: int) -> Response:
    revoke_link(consultation, number)
    flash(_("The link opens nothing any more. Its comments stay here."))
    return redirect(url_for(".overview", slug=consultation.slug, _anchor="reviewers"))


@pages.route("/texts/<key>/<tag>", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def text(consultation: Consultation, key: str, tag: str) -> str | Response | Answer:
    """The organiser's words in one section and language. The script asks for the answer in words, by a header."""
    if key not in BY_KEY or tag not in consultation.texts:
        abort(404)
    held = texts_of(consultation.id).get((key, tag))
    form = SectionTextForm(text=held.text if held else "", revision=str(held.edition if held else 0))
    if not form.is_submitted():
        return _text_page(consultation, form, key, tag)
    is_autosave = request.headers.get("X-Autosave") == "1"
    if not form.validate():
        words = _("Not saved: something has to be corrected. Press Save to see what.")
        return _in_words(words, 422) if is_autosave else (_text_page(consultation, form, key, tag), 422)
    try:
        edition = save_text(consultation, key, tag, form.text.data or "", edition=form.read_edition())
    except TextEditedMeanwhileError as error:
        if is_autosave:
            words = _("Somebody else has changed this text too. Press Save to see both.")
            return _in_words(words, error.status)
        theirs = texts_of(consultation.id)[key, tag]
        form.revision.data = str(theirs.edition)
        return _text_page(consultation, form, key, tag, theirs=theirs.text), error.status
    if is_autosave:
        return _in_words(_("Saved in the draft"), 200, revision=edition)
    flash(_("Saved."))
    return redirect(url_for(".overview", slug=consultation.slug, _anchor="texts"))


@pages.get("/preview")
@for_consultation(Permission.CONSULTATION_MANAGE)
def preview(consultation: Consultation) -> str | Response:
    """The draft as it would be published now."""
    if snapshot_of(consultation.id) is None or not consultation.is_closed:
        return redirect(url_for(".overview", slug=consultation.slug))
    return draft_page(consultation)


@pages.route("/publish", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def publish(consultation: Consultation) -> str | Response | Answer:
    """Say once more what publishing means, then publish."""
    latest = latest_report(consultation.id)
    form = publish_form(consultation, corrects=latest.number if latest else 0)
    if not form.is_submitted():
        return _publish_page(consultation, form)
    if not form.validate():
        return _publish_page(consultation, form), 422
    try:
        report = publish_report(consultation, reasons_in(form, consultation), seen=form.read_seen())
    except (ReportNotReadyError, PublishedMeanwhileError) as error:
        form.seen.data = str(latest.number if latest else 0)
        return _publish_page(consultation, form, refused=str(error.message)), error.status
    flash(_("The report is published. Those who follow the consultation are told."), "success")
    return redirect(url_for("reports.version", slug=consultation.slug, number=report.number))


def _overview_page(consultation: Consultation, form: LinkForm) -> str:
    return render_template(
        "outcomes/desk.html",
        consultation=consultation,
        blockers=blockers_of(consultation),
        hints=hints_of(consultation),
        has_draft=consultation.is_closed and snapshot_of(consultation.id) is not None,
        versions=versions_of(consultation.id),
        sections=list(BY_KEY.values()),
        texts=texts_of(consultation.id),
        form=form,
        links=[
            (
                link,
                url_for("reports.review", token=sign_link(link.id), _external=True),
                is_over(link, consultation),
            )
            for link in links_of(consultation, of_report=True)
        ],
    )


def _text_page(
    consultation: Consultation, form: SectionTextForm, key: str, tag: str, theirs: str | None = None
) -> str:
    return render_template(
        "outcomes/text.html",
        consultation=consultation,
        form=form,
        section=BY_KEY[key],
        tag=tag,
        theirs=theirs,
    )


def _publish_page(consultation: Consultation, form: PublishForm, refused: str = "") -> str:
    return render_template(
        "outcomes/publish.html",
        consultation=consultation,
        form=form,
        blockers=blockers_of(consultation),
        hints=hints_of(consultation),
        versions=versions_of(consultation.id),
        refused=refused,
    )


def _in_words(words: str, status: int, **more: object) -> Response:
    answer: Response = jsonify(said=words, **more)
    answer.status_code = status
    return answer
